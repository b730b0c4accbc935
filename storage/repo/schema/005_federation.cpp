#include "storage/repo/schema/schema.hpp"

// What came in and what goes out (architecture: Two ways through the house; Delivery).
const std::string_view kith::repo::schema_text::federation = R"sql(
CREATE TABLE inbox_activity (
  id BIGINT PRIMARY KEY,
  actor_ap_id TEXT NOT NULL,
  ap_id TEXT NOT NULL,
  type TEXT NOT NULL,
  lane TEXT NOT NULL,
  body TEXT,
  body_hash TEXT NOT NULL,
  state BIGINT NOT NULL,
  phase TEXT NOT NULL,
  reason TEXT NOT NULL,
  attempts BIGINT NOT NULL,
  received_at BIGINT NOT NULL,
  not_before BIGINT NOT NULL,
  UNIQUE (actor_ap_id, ap_id)
);
CREATE INDEX inbox_open ON inbox_activity (id) WHERE state = 0;
CREATE INDEX inbox_age ON inbox_activity (received_at);

CREATE TABLE refusal (
  id BIGINT PRIMARY KEY,
  at BIGINT NOT NULL,
  phase TEXT NOT NULL,
  reason TEXT NOT NULL,
  status BIGINT NOT NULL,
  host TEXT NOT NULL,
  key_id TEXT NOT NULL,
  actor_ap_id TEXT NOT NULL,
  activity_ap_id TEXT NOT NULL
);

CREATE TABLE activity (
  id BIGINT PRIMARY KEY,
  actor_id BIGINT NOT NULL REFERENCES actor (id),
  ap_id TEXT NOT NULL UNIQUE,
  type TEXT NOT NULL,
  body TEXT NOT NULL,
  audience TEXT NOT NULL,
  created_at BIGINT NOT NULL
);
CREATE INDEX activity_actor ON activity (actor_id, id);
CREATE INDEX activity_age ON activity (created_at);

CREATE TABLE delivery (
  id BIGINT PRIMARY KEY,
  host TEXT NOT NULL,
  activity_id BIGINT NOT NULL REFERENCES activity (id),
  inbox TEXT NOT NULL,
  ordering TEXT NOT NULL,
  attempts BIGINT NOT NULL,
  not_before BIGINT NOT NULL,
  last_error TEXT NOT NULL,
  UNIQUE (activity_id, inbox)
);
CREATE INDEX delivery_host ON delivery (host, id);

CREATE TABLE delivery_result (
  activity_id BIGINT NOT NULL,
  inbox TEXT NOT NULL,
  host TEXT NOT NULL,
  outcome BIGINT NOT NULL,
  at BIGINT NOT NULL,
  error TEXT NOT NULL,
  PRIMARY KEY (activity_id, inbox)
);
CREATE INDEX delivery_result_age ON delivery_result (at);

CREATE TABLE peer (
  host TEXT NOT NULL PRIMARY KEY,
  state BIGINT NOT NULL,
  next_at BIGINT NOT NULL,
  lease_until BIGINT NOT NULL,
  lease_owner TEXT NOT NULL,
  fail_count BIGINT NOT NULL,
  first_fail_at BIGINT,
  last_success_at BIGINT,
  resume_after BIGINT,
  last_error TEXT NOT NULL,
  answered_streak BIGINT NOT NULL
);

CREATE TABLE post_reach (
  post_id BIGINT NOT NULL REFERENCES post (id) ON DELETE CASCADE,
  host TEXT NOT NULL,
  inbox TEXT NOT NULL,
  state BIGINT NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (post_id, host)
);

CREATE TABLE job (
  id BIGINT PRIMARY KEY,
  kind TEXT NOT NULL,
  payload TEXT NOT NULL,
  attempts BIGINT NOT NULL,
  not_before BIGINT NOT NULL,
  lease_until BIGINT NOT NULL,
  last_error TEXT NOT NULL,
  created_at BIGINT NOT NULL
);
CREATE INDEX job_due ON job (not_before);
)sql";
