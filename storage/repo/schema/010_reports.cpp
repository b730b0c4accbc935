#include "storage/repo/schema/schema.hpp"

// Reports to the moderators, and the posts that each is about.
const std::string_view kith::repo::schema_text::reports = R"sql(
CREATE TABLE report (
  id BIGINT PRIMARY KEY,
  ap_id TEXT NOT NULL,
  origin_host TEXT NOT NULL,
  reporter_id BIGINT NOT NULL REFERENCES actor (id),
  target_id BIGINT NOT NULL REFERENCES actor (id),
  category TEXT NOT NULL,
  comment TEXT NOT NULL,
  forwarded BOOLEAN NOT NULL,
  assigned_id BIGINT REFERENCES actor (id),
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  resolved_at BIGINT,
  resolved_by_id BIGINT REFERENCES actor (id)
);
CREATE UNIQUE INDEX report_ap_id ON report (ap_id, target_id) WHERE ap_id <> '';
CREATE INDEX report_target ON report (target_id, id);
CREATE INDEX report_open ON report (origin_host) WHERE resolved_at IS NULL;

CREATE TABLE report_post (
  report_id BIGINT NOT NULL REFERENCES report (id) ON DELETE CASCADE,
  post_id BIGINT NOT NULL REFERENCES post (id) ON DELETE CASCADE,
  PRIMARY KEY (report_id, post_id)
);
CREATE INDEX report_post_post ON report_post (post_id);

ALTER TABLE notification ADD COLUMN report_id BIGINT;
)sql";
