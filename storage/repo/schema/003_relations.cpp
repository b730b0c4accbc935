#include "storage/repo/schema/schema.hpp"

// Who follows, blocks, mutes, likes and boosts.
const std::string_view kith::repo::schema_text::relations = R"sql(
CREATE TABLE follow (
  id BIGINT PRIMARY KEY,
  follower_id BIGINT NOT NULL REFERENCES actor (id),
  followed_id BIGINT NOT NULL REFERENCES actor (id),
  state BIGINT NOT NULL,
  ap_id TEXT NOT NULL,
  show_boosts BOOLEAN NOT NULL,
  notify BOOLEAN NOT NULL,
  created_at BIGINT NOT NULL,
  accepted_at BIGINT,
  UNIQUE (follower_id, followed_id)
);
CREATE INDEX follow_followed ON follow (followed_id, state, id);
CREATE INDEX follow_follower ON follow (follower_id, state, id);
CREATE INDEX follow_ap_id ON follow (ap_id);

CREATE TABLE block (
  actor_id BIGINT NOT NULL REFERENCES actor (id),
  target_id BIGINT NOT NULL REFERENCES actor (id),
  id BIGINT NOT NULL,
  ap_id TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (actor_id, target_id)
);
CREATE INDEX block_target ON block (target_id);
CREATE INDEX block_ap_id ON block (ap_id);

CREATE TABLE mute (
  actor_id BIGINT NOT NULL REFERENCES actor (id),
  target_id BIGINT NOT NULL REFERENCES actor (id),
  id BIGINT NOT NULL,
  hide_notifications BOOLEAN NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT,
  PRIMARY KEY (actor_id, target_id)
);

CREATE TABLE domain_block (
  host TEXT NOT NULL PRIMARY KEY,
  severity BIGINT NOT NULL,
  reason TEXT NOT NULL,
  created_at BIGINT NOT NULL
);

CREATE TABLE reaction (
  actor_id BIGINT NOT NULL REFERENCES actor (id),
  post_id BIGINT NOT NULL REFERENCES post (id) ON DELETE CASCADE,
  id BIGINT NOT NULL,
  kind BIGINT NOT NULL,
  ap_id TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (actor_id, post_id)
);
CREATE INDEX reaction_post ON reaction (post_id, kind, id);
CREATE INDEX reaction_ap_id ON reaction (ap_id);

CREATE TABLE boost (
  id BIGINT PRIMARY KEY,
  actor_id BIGINT NOT NULL REFERENCES actor (id),
  post_id BIGINT NOT NULL REFERENCES post (id) ON DELETE CASCADE,
  ap_id TEXT NOT NULL UNIQUE,
  visibility BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  UNIQUE (actor_id, post_id)
);
CREATE INDEX boost_actor ON boost (actor_id, id);
CREATE INDEX boost_post ON boost (post_id, id);
)sql";
