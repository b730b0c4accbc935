#include "storage/repo/schema/schema.hpp"

// Custom emoji, one row for each that a host has, and reactions with emoji. `actor.emojis` is an
// array of {shortcode, url}: what the actor's name and profile use.
const std::string_view kith::repo::schema_text::emoji = R"sql(
ALTER TABLE actor ADD COLUMN emojis TEXT NOT NULL DEFAULT '[]';

CREATE TABLE custom_emoji (
  id BIGINT PRIMARY KEY,
  host TEXT NOT NULL,
  shortcode TEXT NOT NULL,
  url TEXT NOT NULL,
  updated_at BIGINT NOT NULL,
  UNIQUE (host, shortcode)
);

CREATE TABLE post_emoji (
  post_id BIGINT NOT NULL REFERENCES post (id) ON DELETE CASCADE,
  emoji_id BIGINT NOT NULL REFERENCES custom_emoji (id),
  PRIMARY KEY (post_id, emoji_id)
);

CREATE TABLE emoji_reaction (
  id BIGINT PRIMARY KEY,
  actor_id BIGINT NOT NULL REFERENCES actor (id),
  post_id BIGINT NOT NULL REFERENCES post (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  emoji_id BIGINT REFERENCES custom_emoji (id),
  ap_id TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  UNIQUE (post_id, actor_id, name)
);
CREATE INDEX emoji_reaction_ap_id ON emoji_reaction (ap_id);
)sql";
