#include "storage/repo/schema/schema.hpp"

// What members keep for themselves: nobody else is told of any of it.
const std::string_view kith::repo::schema_text::personal = R"sql(
CREATE TABLE bookmark (
  actor_id BIGINT NOT NULL REFERENCES actor (id),
  post_id BIGINT NOT NULL REFERENCES post (id) ON DELETE CASCADE,
  id BIGINT NOT NULL,
  PRIMARY KEY (actor_id, post_id)
);
CREATE INDEX bookmark_page ON bookmark (actor_id, id);
CREATE INDEX bookmark_post ON bookmark (post_id);
CREATE INDEX reaction_actor ON reaction (actor_id, kind, id);

CREATE TABLE thread_mute (
  actor_id BIGINT NOT NULL REFERENCES actor (id),
  thread_id BIGINT NOT NULL,
  PRIMARY KEY (actor_id, thread_id)
);

CREATE TABLE account_note (
  actor_id BIGINT NOT NULL REFERENCES actor (id),
  target_id BIGINT NOT NULL REFERENCES actor (id),
  text TEXT NOT NULL,
  PRIMARY KEY (actor_id, target_id)
);

CREATE TABLE endorsement (
  actor_id BIGINT NOT NULL REFERENCES actor (id),
  target_id BIGINT NOT NULL REFERENCES actor (id),
  id BIGINT NOT NULL,
  PRIMARY KEY (actor_id, target_id)
);

CREATE TABLE own_domain_block (
  actor_id BIGINT NOT NULL REFERENCES actor (id),
  host TEXT NOT NULL,
  id BIGINT NOT NULL,
  PRIMARY KEY (actor_id, host)
);

CREATE TABLE marker (
  actor_id BIGINT NOT NULL REFERENCES actor (id),
  timeline TEXT NOT NULL,
  last_read_id BIGINT NOT NULL,
  version BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  PRIMARY KEY (actor_id, timeline)
);

CREATE TABLE tag_follow (
  actor_id BIGINT NOT NULL REFERENCES actor (id),
  tag_id BIGINT NOT NULL REFERENCES tag (id),
  id BIGINT NOT NULL,
  PRIMARY KEY (actor_id, tag_id)
);

CREATE TABLE list (
  id BIGINT PRIMARY KEY,
  owner_id BIGINT NOT NULL REFERENCES actor (id) ON DELETE CASCADE,
  title TEXT NOT NULL,
  replies BIGINT NOT NULL,
  exclusive BOOLEAN NOT NULL
);
CREATE INDEX list_owner ON list (owner_id, id);

CREATE TABLE list_member (
  list_id BIGINT NOT NULL REFERENCES list (id) ON DELETE CASCADE,
  actor_id BIGINT NOT NULL REFERENCES actor (id),
  id BIGINT NOT NULL,
  PRIMARY KEY (list_id, actor_id)
);
CREATE INDEX list_member_actor ON list_member (actor_id);

CREATE TABLE conversation (
  id BIGINT PRIMARY KEY,
  owner_id BIGINT NOT NULL REFERENCES actor (id),
  thread_id BIGINT NOT NULL,
  last_post_id BIGINT NOT NULL REFERENCES post (id) ON DELETE CASCADE,
  unread BOOLEAN NOT NULL,
  UNIQUE (owner_id, thread_id)
);
CREATE INDEX conversation_page ON conversation (owner_id, last_post_id);
CREATE INDEX conversation_last ON conversation (last_post_id);

CREATE TABLE scheduled_post (
  id BIGINT PRIMARY KEY,
  actor_id BIGINT NOT NULL REFERENCES actor (id),
  app_id BIGINT NOT NULL,
  due_at BIGINT NOT NULL,
  params TEXT NOT NULL
);
CREATE INDEX scheduled_post_actor ON scheduled_post (actor_id, id);
CREATE INDEX scheduled_post_due ON scheduled_post (due_at);
)sql";
