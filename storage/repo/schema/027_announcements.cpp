#include "storage/repo/schema/schema.hpp"

// What the operators say to all: rules, documents, announcements. And whom members do not want suggested.
const std::string_view kith::repo::schema_text::announcements = R"sql(
CREATE TABLE node_rule (
  id BIGINT PRIMARY KEY,
  text TEXT NOT NULL,
  hint TEXT NOT NULL
);

CREATE TABLE node_document (
  kind BIGINT NOT NULL,
  effective_at BIGINT NOT NULL,
  text TEXT NOT NULL,
  updated_at BIGINT NOT NULL,
  PRIMARY KEY (kind, effective_at)
);

CREATE TABLE announcement (
  id BIGINT PRIMARY KEY,
  text TEXT NOT NULL,
  starts_at BIGINT,
  ends_at BIGINT,
  all_day BOOLEAN NOT NULL,
  published_at BIGINT NOT NULL
);

CREATE TABLE announcement_read (
  actor_id BIGINT NOT NULL REFERENCES actor (id) ON DELETE CASCADE,
  announcement_id BIGINT NOT NULL REFERENCES announcement (id) ON DELETE CASCADE,
  PRIMARY KEY (actor_id, announcement_id)
);
CREATE INDEX announcement_read_of ON announcement_read (announcement_id);

CREATE TABLE announcement_reaction (
  announcement_id BIGINT NOT NULL REFERENCES announcement (id) ON DELETE CASCADE,
  actor_id BIGINT NOT NULL REFERENCES actor (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  id BIGINT NOT NULL,
  PRIMARY KEY (announcement_id, name, actor_id)
);
CREATE INDEX announcement_reaction_actor ON announcement_reaction (actor_id);

CREATE TABLE suggestion_dismissal (
  actor_id BIGINT NOT NULL REFERENCES actor (id) ON DELETE CASCADE,
  target_id BIGINT NOT NULL REFERENCES actor (id),
  PRIMARY KEY (actor_id, target_id)
);
CREATE INDEX actor_directory_active ON actor (last_post_at) WHERE discoverable;
CREATE INDEX actor_directory_new ON actor (id) WHERE discoverable;
)sql";
