#include "storage/repo/schema/schema.hpp"

// How groups are found: what they are about, which are like which, and who would help to look after them.
const std::string_view kith::repo::schema_text::discovery = R"sql(
ALTER TABLE group_profile ADD COLUMN seeks_moderators BOOLEAN NOT NULL DEFAULT FALSE;
CREATE TABLE group_compared (
  group_id BIGINT PRIMARY KEY REFERENCES actor (id) ON DELETE CASCADE,
  at BIGINT NOT NULL
);
CREATE INDEX group_compared_at ON group_compared (at);
CREATE TABLE group_topic (
  group_id BIGINT NOT NULL REFERENCES actor (id) ON DELETE CASCADE,
  tag_id BIGINT NOT NULL REFERENCES tag (id),
  people BIGINT NOT NULL,
  PRIMARY KEY (group_id, tag_id)
);
CREATE INDEX group_topic_tag ON group_topic (tag_id, group_id);
CREATE TABLE similar_group (
  group_id BIGINT NOT NULL REFERENCES actor (id) ON DELETE CASCADE,
  other_id BIGINT NOT NULL REFERENCES actor (id) ON DELETE CASCADE,
  likeness DOUBLE PRECISION NOT NULL,
  PRIMARY KEY (group_id, other_id)
);
CREATE TABLE help_offer (
  group_id BIGINT NOT NULL REFERENCES actor (id) ON DELETE CASCADE,
  actor_id BIGINT NOT NULL REFERENCES actor (id) ON DELETE CASCADE,
  text TEXT NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (group_id, actor_id)
);
)sql";
