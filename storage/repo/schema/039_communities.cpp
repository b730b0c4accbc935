#include "storage/repo/schema/schema.hpp"

// What groups say of themselves, the labels of their threads, and collections of groups. `thread.scaled` is
// `hot` less what is usual in a group of this size; threads from before get it with their next vote.
const std::string_view kith::repo::schema_text::communities = R"sql(
CREATE TABLE group_profile (
  group_id BIGINT PRIMARY KEY REFERENCES actor (id) ON DELETE CASCADE,
  visibility BIGINT NOT NULL,
  restricted BOOLEAN NOT NULL,
  brief TEXT NOT NULL,
  languages TEXT NOT NULL,
  sensitive BOOLEAN NOT NULL,
  archived_at BIGINT,
  welcome TEXT NOT NULL,
  default_order TEXT NOT NULL,
  questions TEXT NOT NULL
);

CREATE TABLE group_rule (
  id BIGINT PRIMARY KEY,
  group_id BIGINT NOT NULL REFERENCES actor (id) ON DELETE CASCADE,
  position BIGINT NOT NULL,
  text TEXT NOT NULL
);
CREATE INDEX group_rule_of ON group_rule (group_id, position);

CREATE TABLE group_founder (
  group_id BIGINT NOT NULL REFERENCES actor (id) ON DELETE CASCADE,
  actor_id BIGINT NOT NULL REFERENCES actor (id) ON DELETE CASCADE,
  position BIGINT NOT NULL,
  PRIMARY KEY (group_id, actor_id)
);

CREATE TABLE join_answer (
  group_id BIGINT NOT NULL REFERENCES actor (id) ON DELETE CASCADE,
  actor_id BIGINT NOT NULL REFERENCES actor (id) ON DELETE CASCADE,
  answers TEXT NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (group_id, actor_id)
);

CREATE TABLE group_tag (
  id BIGINT PRIMARY KEY,
  group_id BIGINT NOT NULL REFERENCES actor (id) ON DELETE CASCADE,
  ap_id TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  display_name TEXT NOT NULL,
  summary TEXT NOT NULL,
  color BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT,
  deleted_at BIGINT
);
CREATE INDEX group_tag_of ON group_tag (group_id, id);

CREATE TABLE post_group_tag (
  post_id BIGINT NOT NULL REFERENCES post (id) ON DELETE CASCADE,
  tag_id BIGINT NOT NULL REFERENCES group_tag (id) ON DELETE CASCADE,
  PRIMARY KEY (post_id, tag_id)
);
CREATE INDEX post_group_tag_tag ON post_group_tag (tag_id, post_id);

CREATE TABLE multi_community (
  actor_id BIGINT PRIMARY KEY REFERENCES actor (id) ON DELETE CASCADE,
  creator_id BIGINT REFERENCES actor (id) ON DELETE SET NULL,
  brief TEXT NOT NULL
);
CREATE INDEX multi_community_creator ON multi_community (creator_id);

CREATE TABLE multi_community_entry (
  multi_id BIGINT NOT NULL REFERENCES actor (id) ON DELETE CASCADE,
  group_id BIGINT NOT NULL REFERENCES actor (id) ON DELETE CASCADE,
  position BIGINT NOT NULL,
  PRIMARY KEY (multi_id, group_id)
);
CREATE INDEX multi_community_entry_group ON multi_community_entry (group_id);

CREATE TABLE group_activity (
  group_id BIGINT PRIMARY KEY REFERENCES actor (id) ON DELETE CASCADE,
  people BIGINT NOT NULL,
  at BIGINT NOT NULL
);
CREATE INDEX media_owner ON media (owner_id, id);
ALTER TABLE thread ADD COLUMN scaled DOUBLE PRECISION NOT NULL DEFAULT 0;
UPDATE thread SET scaled = hot;
CREATE INDEX thread_scaled ON thread (group_id, scaled);
CREATE INDEX thread_all_scaled ON thread (scaled);
)sql";
