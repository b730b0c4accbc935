#include "storage/repo/schema/schema.hpp"

// Community operations keep a stream of their own, projected from `event`: kinds stand in
// node/insight. Only what federation and local posting delivered; nothing of who opted out.
const std::string_view kith::repo::schema_text::insight = R"sql(
CREATE TABLE ops_event (
  id BIGINT PRIMARY KEY,
  group_id BIGINT NOT NULL REFERENCES actor (id),
  actor_id BIGINT NOT NULL REFERENCES actor (id),
  kind BIGINT NOT NULL,
  object_id BIGINT,
  object_ap_id TEXT NOT NULL,
  parent_id BIGINT,
  target_actor_id BIGINT,
  at BIGINT NOT NULL,
  received_at BIGINT NOT NULL,
  origin TEXT NOT NULL
);
CREATE INDEX ops_event_group ON ops_event (group_id, at);
CREATE INDEX ops_event_object ON ops_event (object_id) WHERE object_id IS NOT NULL;
CREATE INDEX ops_event_actor ON ops_event (actor_id);
CREATE INDEX ops_event_object_ap_id ON ops_event (object_ap_id);
CREATE INDEX ops_event_parent ON ops_event (parent_id) WHERE parent_id IS NOT NULL;

CREATE TABLE ops_optout (
  group_id BIGINT NOT NULL REFERENCES actor (id),
  actor_id BIGINT NOT NULL REFERENCES actor (id),
  at BIGINT NOT NULL,
  PRIMARY KEY (group_id, actor_id)
);

CREATE TABLE ops_flag (
  actor_id BIGINT PRIMARY KEY REFERENCES actor (id),
  bot BOOLEAN NOT NULL,
  at BIGINT NOT NULL
);
)sql";
