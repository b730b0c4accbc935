#include "storage/repo/schema/schema.hpp"

// What moderators do in groups, in the open; who moderates the groups of other hosts.
const std::string_view kith::repo::schema_text::moderation = R"sql(
ALTER TABLE post ADD COLUMN removed_at BIGINT;
ALTER TABLE post ADD COLUMN locked BOOLEAN NOT NULL DEFAULT FALSE;

CREATE TABLE group_act (
  id BIGINT PRIMARY KEY,
  kind BIGINT NOT NULL,
  group_id BIGINT NOT NULL REFERENCES actor (id),
  moderator_id BIGINT NOT NULL REFERENCES actor (id),
  post_id BIGINT REFERENCES post (id) ON DELETE SET NULL,
  target_id BIGINT REFERENCES actor (id),
  reason TEXT NOT NULL,
  expires_at BIGINT,
  with_posts BOOLEAN NOT NULL,
  ap_id TEXT NOT NULL UNIQUE,
  undoes_id BIGINT,
  at BIGINT NOT NULL
);
CREATE INDEX group_act_group ON group_act (group_id, id);
CREATE INDEX group_act_post ON group_act (post_id, id) WHERE post_id IS NOT NULL;
CREATE INDEX group_act_target ON group_act (target_id, id) WHERE target_id IS NOT NULL;

CREATE TABLE group_ban (
  group_id BIGINT NOT NULL REFERENCES actor (id),
  actor_id BIGINT NOT NULL REFERENCES actor (id),
  ap_id TEXT NOT NULL,
  expires_at BIGINT,
  at BIGINT NOT NULL,
  PRIMARY KEY (group_id, actor_id)
);
CREATE INDEX group_ban_actor ON group_ban (actor_id);

CREATE TABLE remote_moderator (
  group_id BIGINT NOT NULL REFERENCES actor (id) ON DELETE CASCADE,
  actor_id BIGINT NOT NULL REFERENCES actor (id) ON DELETE CASCADE,
  position BIGINT NOT NULL,
  PRIMARY KEY (group_id, actor_id)
);
CREATE INDEX remote_moderator_actor ON remote_moderator (actor_id);

CREATE INDEX actor_group_featured ON actor (featured_url) WHERE kind = 1;
CREATE INDEX actor_group_moderators ON actor (moderators_url) WHERE kind = 1;

ALTER TABLE report ADD COLUMN rule_ids TEXT NOT NULL DEFAULT '[]';
)sql";
