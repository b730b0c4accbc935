#include "storage/repo/schema/schema.hpp"

// When this node was last there, and whom it still has to ask what it missed since.
const std::string_view kith::repo::schema_text::catch_up = R"sql(
CREATE TABLE alive (
  id BIGINT PRIMARY KEY,
  at BIGINT NOT NULL
);

CREATE TABLE catch_up (
  kind BIGINT NOT NULL,
  subject_id BIGINT NOT NULL,
  host TEXT NOT NULL,
  weight BIGINT NOT NULL,
  since BIGINT NOT NULL,
  PRIMARY KEY (kind, subject_id)
);
CREATE INDEX catch_up_by_host ON catch_up (host, kind, weight);

CREATE TABLE catch_up_host (
  host TEXT PRIMARY KEY,
  since BIGINT NOT NULL,
  not_before BIGINT NOT NULL,
  attempts BIGINT NOT NULL DEFAULT 0,
  started_at BIGINT,
  finished_at BIGINT,
  requests BIGINT NOT NULL DEFAULT 0,
  found BIGINT NOT NULL DEFAULT 0,
  taken BIGINT NOT NULL DEFAULT 0,
  error TEXT NOT NULL DEFAULT ''
);

CREATE INDEX post_group ON post (group_id, id) WHERE group_id IS NOT NULL;
)sql";
