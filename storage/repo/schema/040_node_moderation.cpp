#include "storage/repo/schema/schema.hpp"

// What the node's own moderators do in the open, what its admins set while it runs, and what members set
// about notifications and by whom they are not bothered.
const std::string_view kith::repo::schema_text::node_moderation = R"sql(
CREATE TABLE node_act (
  id BIGINT PRIMARY KEY,
  kind BIGINT NOT NULL,
  reverts BOOLEAN NOT NULL,
  moderator_id BIGINT NOT NULL REFERENCES actor (id),
  target_id BIGINT REFERENCES actor (id),
  host TEXT NOT NULL,
  reason TEXT NOT NULL,
  expires_at BIGINT,
  at BIGINT NOT NULL
);
CREATE INDEX node_act_target ON node_act (target_id, id) WHERE target_id IS NOT NULL;
CREATE INDEX node_act_moderator ON node_act (moderator_id, id);

CREATE TABLE person_ban (
  actor_id BIGINT NOT NULL REFERENCES actor (id) ON DELETE CASCADE,
  with_posts BOOLEAN NOT NULL,
  expires_at BIGINT,
  at BIGINT NOT NULL,
  PRIMARY KEY (actor_id)
);
CREATE INDEX person_ban_expiry ON person_ban (expires_at) WHERE expires_at IS NOT NULL;

CREATE TABLE domain_block_expiry (
  host TEXT NOT NULL PRIMARY KEY,
  expires_at BIGINT NOT NULL
);

CREATE TABLE tagline (
  id BIGINT PRIMARY KEY,
  content TEXT NOT NULL,
  published_at BIGINT NOT NULL,
  updated_at BIGINT
);

ALTER TABLE custom_emoji ADD COLUMN alt_text TEXT NOT NULL DEFAULT '';
ALTER TABLE custom_emoji ADD COLUMN keywords TEXT NOT NULL DEFAULT '[]';

CREATE TABLE captcha (
  id TEXT NOT NULL PRIMARY KEY,
  answer_hash TEXT NOT NULL,
  expires_at BIGINT NOT NULL
);
CREATE INDEX captcha_expiry ON captcha (expires_at);

ALTER TABLE sign_up ADD COLUMN denied_at BIGINT;
ALTER TABLE sign_up ADD COLUMN deny_reason TEXT NOT NULL DEFAULT '';
ALTER TABLE sign_up ADD COLUMN decided_by BIGINT REFERENCES actor (id) ON DELETE SET NULL;

ALTER TABLE invite ADD COLUMN maker_id BIGINT REFERENCES actor (id) ON DELETE CASCADE;
CREATE INDEX invite_maker ON invite (maker_id) WHERE maker_id IS NOT NULL;

ALTER TABLE notification ADD COLUMN seen BOOLEAN;

CREATE TABLE group_notice (
  actor_id BIGINT NOT NULL REFERENCES actor (id) ON DELETE CASCADE,
  group_id BIGINT NOT NULL REFERENCES actor (id) ON DELETE CASCADE,
  mode BIGINT NOT NULL,
  PRIMARY KEY (actor_id, group_id)
);
CREATE INDEX group_notice_group ON group_notice (group_id, mode);

CREATE TABLE thread_notice (
  actor_id BIGINT NOT NULL REFERENCES actor (id) ON DELETE CASCADE,
  post_id BIGINT NOT NULL REFERENCES post (id) ON DELETE CASCADE,
  mode BIGINT NOT NULL,
  PRIMARY KEY (actor_id, post_id)
);
CREATE INDEX thread_notice_post ON thread_notice (post_id, mode);

CREATE TABLE own_group_host_block (
  actor_id BIGINT NOT NULL REFERENCES actor (id) ON DELETE CASCADE,
  host TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (actor_id, host)
);

ALTER TABLE post ADD COLUMN distinguished BOOLEAN NOT NULL DEFAULT FALSE;

CREATE TABLE report_conclusion (
  report_id BIGINT NOT NULL REFERENCES report (id) ON DELETE CASCADE,
  conclusion TEXT NOT NULL,
  PRIMARY KEY (report_id)
);

CREATE TABLE member_preference (
  actor_id BIGINT NOT NULL REFERENCES actor (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (actor_id, name)
);
)sql";
