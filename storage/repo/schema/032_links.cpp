#include "storage/repo/schema/schema.hpp"

// Pages that posts link to and what they say about themselves (state 0 = not read yet, 1 = read,
// 2 = nothing to show), and what a profile says beside the actor: who may name it as their author.
const std::string_view kith::repo::schema_text::links = R"sql(
CREATE TABLE link (
  id BIGINT PRIMARY KEY,
  url TEXT NOT NULL UNIQUE,
  state BIGINT NOT NULL DEFAULT 0,
  kind BIGINT NOT NULL DEFAULT 0,
  title TEXT NOT NULL DEFAULT '',
  description TEXT NOT NULL DEFAULT '',
  language TEXT NOT NULL DEFAULT '',
  author_name TEXT NOT NULL DEFAULT '',
  author_url TEXT NOT NULL DEFAULT '',
  author_id BIGINT REFERENCES actor (id) ON DELETE SET NULL,
  provider_name TEXT NOT NULL DEFAULT '',
  provider_url TEXT NOT NULL DEFAULT '',
  html TEXT NOT NULL DEFAULT '',
  width BIGINT NOT NULL DEFAULT 0,
  height BIGINT NOT NULL DEFAULT 0,
  image_url TEXT NOT NULL DEFAULT '',
  image_description TEXT NOT NULL DEFAULT '',
  embed_url TEXT NOT NULL DEFAULT '',
  published_at BIGINT,
  read_at BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX link_author ON link (author_id);

CREATE TABLE post_link (
  post_id BIGINT PRIMARY KEY REFERENCES post (id) ON DELETE CASCADE,
  link_id BIGINT NOT NULL REFERENCES link (id) ON DELETE CASCADE
);
CREATE INDEX post_link_link ON post_link (link_id, post_id);

CREATE TABLE link_todo (
  link_id BIGINT PRIMARY KEY REFERENCES link (id) ON DELETE CASCADE,
  not_before BIGINT NOT NULL,
  attempts BIGINT NOT NULL
);
CREATE INDEX link_todo_due ON link_todo (not_before);

CREATE TABLE profile (
  actor_id BIGINT PRIMARY KEY REFERENCES actor (id) ON DELETE CASCADE,
  show_media BOOLEAN NOT NULL,
  show_media_replies BOOLEAN NOT NULL,
  show_featured BOOLEAN NOT NULL
);

CREATE TABLE attribution_domain (
  actor_id BIGINT NOT NULL REFERENCES actor (id) ON DELETE CASCADE,
  position BIGINT NOT NULL,
  domain TEXT NOT NULL,
  PRIMARY KEY (actor_id, position)
);

CREATE INDEX reaction_created ON reaction (created_at);

ALTER TABLE actor ADD COLUMN avatar_description TEXT NOT NULL DEFAULT '';
ALTER TABLE actor ADD COLUMN header_description TEXT NOT NULL DEFAULT '';
ALTER TABLE actor ADD COLUMN sensitized BOOLEAN NOT NULL DEFAULT FALSE;
)sql";
