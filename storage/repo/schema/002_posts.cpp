#include "storage/repo/schema/schema.hpp"

// Posts and all that hangs on one. The numbers of the enums stand in storage/model/post.hpp.
const std::string_view kith::repo::schema_text::posts = R"sql(
CREATE TABLE post (
  id BIGINT PRIMARY KEY,
  ap_id TEXT NOT NULL UNIQUE,
  url TEXT NOT NULL,
  actor_id BIGINT NOT NULL REFERENCES actor (id),
  local BOOLEAN NOT NULL,
  kind BIGINT NOT NULL,
  visibility BIGINT NOT NULL,
  group_id BIGINT REFERENCES actor (id),
  in_reply_to_id BIGINT REFERENCES post (id),
  in_reply_to_ap_id TEXT NOT NULL,
  in_reply_to_actor_id BIGINT REFERENCES actor (id),
  thread_id BIGINT NOT NULL,
  title TEXT NOT NULL,
  content TEXT NOT NULL,
  source TEXT NOT NULL,
  source_type TEXT NOT NULL,
  summary TEXT NOT NULL,
  sensitive BOOLEAN NOT NULL,
  language TEXT NOT NULL,
  link_url TEXT NOT NULL,
  context_url TEXT NOT NULL,
  published_at BIGINT NOT NULL,
  received_at BIGINT NOT NULL,
  edited_at BIGINT,
  deleted_at BIGINT,
  replies_count BIGINT NOT NULL,
  likes_count BIGINT NOT NULL,
  dislikes_count BIGINT NOT NULL,
  boosts_count BIGINT NOT NULL,
  app_id BIGINT NOT NULL
);
CREATE INDEX post_actor ON post (actor_id, id);
CREATE INDEX post_thread ON post (thread_id, id);
CREATE INDEX post_parent ON post (in_reply_to_id) WHERE in_reply_to_id IS NOT NULL;
CREATE INDEX post_orphan ON post (in_reply_to_ap_id) WHERE in_reply_to_ap_id <> '';
CREATE INDEX post_public ON post (id)
  WHERE visibility = 0 AND deleted_at IS NULL AND in_reply_to_id IS NULL AND in_reply_to_ap_id = '';
CREATE INDEX post_public_local ON post (id)
  WHERE visibility = 0 AND deleted_at IS NULL AND in_reply_to_id IS NULL AND in_reply_to_ap_id = '' AND local;
CREATE INDEX post_url ON post (url);

CREATE TABLE post_audience (
  post_id BIGINT NOT NULL REFERENCES post (id) ON DELETE CASCADE,
  actor_id BIGINT NOT NULL REFERENCES actor (id),
  PRIMARY KEY (post_id, actor_id)
);
CREATE INDEX post_audience_actor ON post_audience (actor_id, post_id);

CREATE TABLE post_mention (
  post_id BIGINT NOT NULL REFERENCES post (id) ON DELETE CASCADE,
  actor_id BIGINT NOT NULL REFERENCES actor (id),
  name TEXT NOT NULL,
  PRIMARY KEY (post_id, actor_id)
);

CREATE TABLE tag (
  id BIGINT PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  display TEXT NOT NULL
);

CREATE TABLE post_tag (
  tag_id BIGINT NOT NULL REFERENCES tag (id),
  post_id BIGINT NOT NULL REFERENCES post (id) ON DELETE CASCADE,
  PRIMARY KEY (tag_id, post_id)
);
CREATE INDEX post_tag_post ON post_tag (post_id);

CREATE TABLE attachment (
  id BIGINT PRIMARY KEY,
  post_id BIGINT NOT NULL REFERENCES post (id) ON DELETE CASCADE,
  position BIGINT NOT NULL,
  media_type TEXT NOT NULL,
  url TEXT NOT NULL,
  preview_url TEXT NOT NULL,
  description TEXT NOT NULL,
  blurhash TEXT NOT NULL,
  width BIGINT,
  height BIGINT,
  focus_x DOUBLE PRECISION,
  focus_y DOUBLE PRECISION,
  duration_s DOUBLE PRECISION
);
CREATE INDEX attachment_post ON attachment (post_id, position);

CREATE TABLE poll (
  post_id BIGINT PRIMARY KEY REFERENCES post (id) ON DELETE CASCADE,
  multiple BOOLEAN NOT NULL,
  closes_at BIGINT,
  closed_at BIGINT,
  voters_count BIGINT
);

CREATE TABLE poll_option (
  post_id BIGINT NOT NULL REFERENCES poll (post_id) ON DELETE CASCADE,
  position BIGINT NOT NULL,
  title TEXT NOT NULL,
  votes BIGINT NOT NULL,
  PRIMARY KEY (post_id, position)
);

CREATE TABLE post_edit (
  id BIGINT PRIMARY KEY,
  post_id BIGINT NOT NULL REFERENCES post (id) ON DELETE CASCADE,
  title TEXT NOT NULL,
  content TEXT NOT NULL,
  source TEXT NOT NULL,
  summary TEXT NOT NULL,
  sensitive BOOLEAN NOT NULL,
  edited_at BIGINT NOT NULL
);
CREATE INDEX post_edit_post ON post_edit (post_id, id);

CREATE TABLE post_pin (
  actor_id BIGINT NOT NULL REFERENCES actor (id),
  post_id BIGINT NOT NULL REFERENCES post (id) ON DELETE CASCADE,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (actor_id, post_id)
);
CREATE INDEX post_pin_post ON post_pin (post_id);

CREATE TABLE tombstone (
  ap_id TEXT NOT NULL PRIMARY KEY,
  former_type TEXT NOT NULL,
  actor_ap_id TEXT NOT NULL,
  deleted_at BIGINT NOT NULL
);

CREATE TABLE idempotency (
  user_id BIGINT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  key TEXT NOT NULL,
  post_id BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (user_id, key)
);
CREATE INDEX idempotency_age ON idempotency (created_at);
)sql";
