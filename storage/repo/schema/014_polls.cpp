#include "storage/repo/schema/schema.hpp"

// Votes, and what becomes of a poll in time. `slot` is 0 in a poll with one choice, else the option.
const std::string_view kith::repo::schema_text::polls = R"sql(
ALTER TABLE poll ADD COLUMN hide_totals BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE poll ADD COLUMN results_due BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE poll ADD COLUMN end_watched BOOLEAN NOT NULL DEFAULT FALSE;

CREATE TABLE poll_vote (
  post_id BIGINT NOT NULL REFERENCES poll (post_id) ON DELETE CASCADE,
  actor_id BIGINT NOT NULL REFERENCES actor (id),
  slot BIGINT NOT NULL,
  position BIGINT NOT NULL,
  id BIGINT NOT NULL,
  ap_id TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (post_id, actor_id, slot)
);
)sql";
