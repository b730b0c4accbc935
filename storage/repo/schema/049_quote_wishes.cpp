#include "storage/repo/schema/schema.hpp"

// Who may quote what a member writes, where a post does not say: model::Audience.
const std::string_view kith::repo::schema_text::quote_wishes = R"sql(
ALTER TABLE profile ADD COLUMN quote_audience BIGINT NOT NULL DEFAULT 1;
)sql";
