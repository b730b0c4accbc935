#include "storage/repo/schema/schema.hpp"

// Emoji of this node's own (host ''), and what is talked about: made anew by a job.
const std::string_view kith::repo::schema_text::trends = R"sql(
ALTER TABLE custom_emoji ADD COLUMN category TEXT NOT NULL DEFAULT '';
ALTER TABLE custom_emoji ADD COLUMN retired BOOLEAN NOT NULL DEFAULT FALSE;

CREATE TABLE trend (
  kind BIGINT NOT NULL,
  place BIGINT NOT NULL,
  ref_id BIGINT NOT NULL,
  PRIMARY KEY (kind, place)
);
)sql";
