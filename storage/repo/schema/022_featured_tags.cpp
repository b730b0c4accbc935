#include "storage/repo/schema/schema.hpp"

// Hashtags that people show on their profile (Mastodon: `featuredTags`), local ones and remote ones.
const std::string_view kith::repo::schema_text::featured_tags = R"sql(
CREATE TABLE featured_tag (
  id BIGINT PRIMARY KEY,
  actor_id BIGINT NOT NULL REFERENCES actor (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  display TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  UNIQUE (actor_id, name)
);
)sql";
