#include "storage/repo/schema/schema.hpp"

// Relays of LitePub's kind beside Mastodon's (FEP-ae0c). Those that are there are of Mastodon's.
const std::string_view kith::repo::schema_text::relay_kinds = R"sql(
ALTER TABLE relay ADD COLUMN kind BIGINT NOT NULL DEFAULT 0;
)sql";
