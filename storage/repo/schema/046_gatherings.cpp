#include "storage/repo/schema/schema.hpp"

// Events that people answer to. The numbers stand in storage/model/gathering.hpp; group_id is that of the post,
// kept beside the start so that a group's next events are one walk of an index.
const std::string_view kith::repo::schema_text::gatherings = R"sql(
CREATE TABLE gathering (
  post_id BIGINT PRIMARY KEY REFERENCES post (id) ON DELETE CASCADE,
  group_id BIGINT REFERENCES actor (id),
  starts_at BIGINT,
  ends_at BIGINT,
  shows_end BOOLEAN NOT NULL,
  utc_offset BIGINT NOT NULL,
  time_zone TEXT NOT NULL,
  place TEXT NOT NULL,
  address TEXT NOT NULL,
  latitude DOUBLE PRECISION,
  longitude DOUBLE PRECISION,
  online_url TEXT NOT NULL,
  status BIGINT NOT NULL,
  join_mode BIGINT NOT NULL,
  participation_url TEXT NOT NULL,
  capacity BIGINT,
  attendees BIGINT NOT NULL DEFAULT 0,
  sequence BIGINT NOT NULL,
  organizer TEXT NOT NULL,
  count_due BOOLEAN NOT NULL DEFAULT FALSE
);
CREATE INDEX gathering_of_group ON gathering (group_id, starts_at, post_id) WHERE starts_at IS NOT NULL;
CREATE INDEX gathering_start ON gathering (starts_at, post_id) WHERE starts_at IS NOT NULL;

CREATE TABLE rsvp (
  post_id BIGINT NOT NULL REFERENCES gathering (post_id) ON DELETE CASCADE,
  actor_id BIGINT NOT NULL REFERENCES actor (id),
  id BIGINT NOT NULL,
  state BIGINT NOT NULL,
  join_ap_id TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (post_id, actor_id)
);
CREATE INDEX rsvp_state ON rsvp (post_id, state, id);
CREATE INDEX rsvp_actor ON rsvp (actor_id);
CREATE INDEX rsvp_join ON rsvp (join_ap_id) WHERE join_ap_id <> '';
)sql";
