#include "storage/repo/schema/schema.hpp"

// Groups that move to another host or come from one, and what comes along and cannot be put in its place
// yet: members who have not followed so far, posts whose origin did not answer, votes of people who are
// not known here.
const std::string_view kith::repo::schema_text::group_moves = R"sql(
CREATE TABLE group_move (
  group_id BIGINT PRIMARY KEY REFERENCES actor (id),
  arrives BOOLEAN NOT NULL,
  other_id BIGINT NOT NULL REFERENCES actor (id),
  state BIGINT NOT NULL,
  ap_id TEXT NOT NULL,
  part BIGINT NOT NULL,
  page TEXT NOT NULL,
  attempts BIGINT NOT NULL,
  copied BIGINT NOT NULL,
  error TEXT NOT NULL,
  started_at BIGINT NOT NULL,
  moved_at BIGINT
);
CREATE INDEX group_move_other ON group_move (other_id);
CREATE INDEX group_move_ap_id ON group_move (ap_id);

CREATE TABLE expected_member (
  group_id BIGINT NOT NULL REFERENCES actor (id) ON DELETE CASCADE,
  ap_id TEXT NOT NULL,
  role BIGINT NOT NULL,
  joined_at BIGINT NOT NULL,
  PRIMARY KEY (group_id, ap_id)
);

CREATE TABLE awaited_post (
  group_id BIGINT NOT NULL REFERENCES actor (id) ON DELETE CASCADE,
  ap_id TEXT NOT NULL,
  item TEXT NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (group_id, ap_id)
);

CREATE TABLE carried_vote (
  post_ap_id TEXT NOT NULL,
  actor_ap_id TEXT NOT NULL,
  kind BIGINT NOT NULL,
  ap_id TEXT NOT NULL,
  at BIGINT NOT NULL,
  counted BOOLEAN NOT NULL,
  PRIMARY KEY (post_ap_id, actor_ap_id)
);
CREATE INDEX carried_vote_ap_id ON carried_vote (ap_id);

CREATE INDEX post_context ON post (context_url) WHERE context_url <> '' AND thread_id = id;

CREATE TABLE moved_thread (
  post_id BIGINT NOT NULL REFERENCES post (id) ON DELETE CASCADE,
  from_group_id BIGINT NOT NULL REFERENCES actor (id) ON DELETE CASCADE,
  at BIGINT NOT NULL,
  PRIMARY KEY (post_id, from_group_id)
);
)sql";
