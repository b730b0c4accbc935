#include "storage/repo/schema/schema.hpp"

// Followers synchronisation, catching up after downtime, conversations.
const std::string_view kith::repo::schema_text::repair = R"sql(
-- Moves with every change of who follows the actor: what was computed from its followers is stale.
ALTER TABLE actor ADD COLUMN followers_version BIGINT NOT NULL DEFAULT 0;
)sql";
