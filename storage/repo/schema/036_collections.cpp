#include "storage/repo/schema/schema.hpp"

// Collections of accounts that members recommend, and what was asked of those in them; what a member's
// year was; which languages a follow is for; what a poll's options were before an edit.
const std::string_view kith::repo::schema_text::collections = R"sql(
CREATE TABLE collection (
  id BIGINT PRIMARY KEY,
  owner_id BIGINT NOT NULL REFERENCES actor (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  description TEXT NOT NULL,
  language TEXT NOT NULL,
  tag_id BIGINT REFERENCES tag (id),
  sensitive BOOLEAN NOT NULL,
  discoverable BOOLEAN NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);
CREATE INDEX collection_owner ON collection (owner_id, id);

CREATE TABLE collection_item (
  id BIGINT PRIMARY KEY,
  collection_id BIGINT NOT NULL REFERENCES collection (id) ON DELETE CASCADE,
  actor_id BIGINT NOT NULL REFERENCES actor (id) ON DELETE CASCADE,
  state BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  UNIQUE (collection_id, actor_id)
);
CREATE INDEX collection_item_actor ON collection_item (actor_id, collection_id);

ALTER TABLE notification ADD COLUMN collection_id BIGINT REFERENCES collection (id) ON DELETE CASCADE;
CREATE UNIQUE INDEX notification_collection ON notification (collection_id, owner_id, kind)
  WHERE collection_id IS NOT NULL;

CREATE TABLE annual_report (
  actor_id BIGINT NOT NULL REFERENCES actor (id) ON DELETE CASCADE,
  year BIGINT NOT NULL,
  data TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  viewed_at BIGINT,
  PRIMARY KEY (actor_id, year)
);

ALTER TABLE follow ADD COLUMN languages TEXT NOT NULL DEFAULT '';
ALTER TABLE post_edit ADD COLUMN poll_options TEXT NOT NULL DEFAULT '';

CREATE TABLE report_collection (
  report_id BIGINT NOT NULL REFERENCES report (id) ON DELETE CASCADE,
  collection_id BIGINT NOT NULL REFERENCES collection (id) ON DELETE CASCADE,
  PRIMARY KEY (report_id, collection_id)
);
CREATE INDEX report_collection_collection ON report_collection (collection_id);
)sql";
