#include "storage/repo/schema/schema.hpp"

// What readers of threads keep for themselves: what they have read, and what they do not want to see.
const std::string_view kith::repo::schema_text::post_marks = R"sql(
CREATE TABLE post_mark (
  actor_id BIGINT NOT NULL REFERENCES actor (id) ON DELETE CASCADE,
  post_id BIGINT NOT NULL REFERENCES post (id) ON DELETE CASCADE,
  read_at BIGINT,
  hidden_at BIGINT,
  PRIMARY KEY (actor_id, post_id)
);
CREATE INDEX post_mark_post ON post_mark (post_id);
CREATE INDEX post_mark_read ON post_mark (actor_id, read_at) WHERE read_at IS NOT NULL;
CREATE INDEX post_mark_hidden ON post_mark (actor_id, hidden_at) WHERE hidden_at IS NOT NULL;
)sql";
