#include "storage/repo/schema/schema.hpp"

// Groups and their teams: reports to them, roles with little power, appeals, notes, rules that act by
// themselves, posts that wait to be looked at, and bans that wait for a second moderator.
const std::string_view kith::repo::schema_text::group_teams = R"sql(
ALTER TABLE report ADD COLUMN group_id BIGINT REFERENCES actor (id);
ALTER TABLE report ADD COLUMN flag_actor TEXT NOT NULL DEFAULT '';
CREATE INDEX report_group ON report (group_id, id) WHERE group_id IS NOT NULL;
ALTER TABLE report_post ADD COLUMN title TEXT NOT NULL DEFAULT '';
ALTER TABLE report_post ADD COLUMN text TEXT NOT NULL DEFAULT '';

ALTER TABLE group_act ADD COLUMN rule TEXT NOT NULL DEFAULT '';
ALTER TABLE group_act ADD COLUMN role BIGINT NOT NULL DEFAULT 0;
ALTER TABLE group_act ADD COLUMN given_role BIGINT NOT NULL DEFAULT 0;
ALTER TABLE group_act ADD COLUMN quiet BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE notification ADD COLUMN act_id BIGINT;

CREATE TABLE group_team (
  group_id BIGINT NOT NULL REFERENCES actor (id) ON DELETE CASCADE,
  actor_id BIGINT NOT NULL REFERENCES actor (id) ON DELETE CASCADE,
  role BIGINT NOT NULL,
  given_at BIGINT NOT NULL,
  PRIMARY KEY (group_id, actor_id)
);
CREATE INDEX group_team_actor ON group_team (actor_id);

CREATE TABLE group_appeal (
  id BIGINT PRIMARY KEY,
  act_id BIGINT NOT NULL UNIQUE REFERENCES group_act (id) ON DELETE CASCADE,
  group_id BIGINT NOT NULL REFERENCES actor (id),
  actor_id BIGINT NOT NULL REFERENCES actor (id),
  text TEXT NOT NULL,
  at BIGINT NOT NULL,
  decided_at BIGINT,
  decided_by_id BIGINT REFERENCES actor (id),
  accepted BOOLEAN NOT NULL DEFAULT FALSE,
  answer TEXT NOT NULL DEFAULT ''
);
CREATE INDEX group_appeal_group ON group_appeal (group_id, id);

CREATE TABLE group_note (
  id BIGINT PRIMARY KEY,
  group_id BIGINT NOT NULL REFERENCES actor (id) ON DELETE CASCADE,
  actor_id BIGINT NOT NULL REFERENCES actor (id) ON DELETE CASCADE,
  author_id BIGINT NOT NULL REFERENCES actor (id),
  text TEXT NOT NULL,
  at BIGINT NOT NULL
);
CREATE INDEX group_note_about ON group_note (group_id, actor_id, id);

CREATE TABLE ban_proposal (
  id BIGINT PRIMARY KEY,
  group_id BIGINT NOT NULL REFERENCES actor (id),
  target_id BIGINT NOT NULL REFERENCES actor (id),
  act_id BIGINT NOT NULL REFERENCES group_act (id) ON DELETE CASCADE,
  proposer_id BIGINT NOT NULL REFERENCES actor (id),
  at BIGINT NOT NULL,
  decided_at BIGINT,
  decided_by_id BIGINT REFERENCES actor (id)
);
CREATE UNIQUE INDEX ban_proposal_open ON ban_proposal (group_id, target_id) WHERE decided_at IS NULL;
CREATE INDEX ban_proposal_group ON ban_proposal (group_id, id);

CREATE TABLE group_care (
  group_id BIGINT PRIMARY KEY REFERENCES actor (id) ON DELETE CASCADE,
  first_posts_held BIGINT NOT NULL
);

CREATE TABLE auto_rule (
  id BIGINT PRIMARY KEY,
  group_id BIGINT NOT NULL REFERENCES actor (id) ON DELETE CASCADE,
  kind BIGINT NOT NULL,
  action BIGINT NOT NULL,
  terms TEXT NOT NULL,
  days BIGINT NOT NULL,
  posts BIGINT NOT NULL,
  reason TEXT NOT NULL,
  enabled BOOLEAN NOT NULL,
  tried_at BIGINT,
  at BIGINT NOT NULL
);
CREATE INDEX auto_rule_group ON auto_rule (group_id, id);

CREATE TABLE held_post (
  post_id BIGINT PRIMARY KEY REFERENCES post (id) ON DELETE CASCADE,
  group_id BIGINT NOT NULL REFERENCES actor (id),
  refused BOOLEAN NOT NULL,
  why TEXT NOT NULL,
  rule_id BIGINT,
  activity_id TEXT NOT NULL DEFAULT '',
  activity TEXT NOT NULL DEFAULT '',
  at BIGINT NOT NULL
);
CREATE INDEX held_post_group ON held_post (group_id, post_id);
)sql";
