#include "storage/repo/schema/schema.hpp"

// What is prepared for reading. `home_entry.id` is the post's id, or the boost's where it is one;
// `group_entry.id` is drawn when the group takes the post in (architecture: Timelines).
const std::string_view kith::repo::schema_text::timelines = R"sql(
CREATE TABLE home_entry (
  owner_id BIGINT NOT NULL REFERENCES actor (id) ON DELETE CASCADE,
  id BIGINT NOT NULL,
  post_id BIGINT NOT NULL REFERENCES post (id) ON DELETE CASCADE,
  boost_id BIGINT REFERENCES boost (id) ON DELETE CASCADE,
  PRIMARY KEY (owner_id, id)
);
CREATE INDEX home_entry_post ON home_entry (post_id);
CREATE INDEX home_entry_boost ON home_entry (boost_id) WHERE boost_id IS NOT NULL;

CREATE TABLE group_entry (
  group_id BIGINT NOT NULL REFERENCES actor (id),
  id BIGINT NOT NULL UNIQUE,
  post_id BIGINT NOT NULL REFERENCES post (id) ON DELETE CASCADE,
  ap_id TEXT NOT NULL,
  PRIMARY KEY (group_id, id),
  UNIQUE (group_id, post_id)
);
CREATE INDEX group_entry_post ON group_entry (post_id);
CREATE INDEX group_entry_ap_id ON group_entry (ap_id);

CREATE TABLE notification (
  id BIGINT PRIMARY KEY,
  owner_id BIGINT NOT NULL REFERENCES actor (id) ON DELETE CASCADE,
  kind BIGINT NOT NULL,
  from_id BIGINT NOT NULL REFERENCES actor (id),
  post_id BIGINT REFERENCES post (id) ON DELETE CASCADE,
  created_at BIGINT NOT NULL
);
CREATE INDEX notification_owner ON notification (owner_id, id);
CREATE INDEX notification_post ON notification (post_id) WHERE post_id IS NOT NULL;
CREATE UNIQUE INDEX notification_once ON notification (owner_id, kind, from_id, post_id) WHERE post_id IS NOT NULL;

CREATE TABLE event (
  id BIGINT PRIMARY KEY,
  kind BIGINT NOT NULL,
  actor_id BIGINT NOT NULL,
  local BOOLEAN NOT NULL,
  post_id BIGINT,
  target_id BIGINT,
  group_id BIGINT,
  object_ap_id TEXT NOT NULL,
  payload TEXT NOT NULL,
  at BIGINT NOT NULL
);

CREATE TABLE event_todo (
  consumer BIGINT NOT NULL,
  event_id BIGINT NOT NULL REFERENCES event (id) ON DELETE CASCADE,
  lease_until BIGINT NOT NULL,
  attempts BIGINT NOT NULL,
  PRIMARY KEY (consumer, event_id)
);
CREATE INDEX event_todo_event ON event_todo (event_id);
)sql";
