#include "storage/repo/schema/schema.hpp"

// Notifications from whom the owner does not know: rules, and what waits for a decision.
const std::string_view kith::repo::schema_text::notification_policy = R"sql(
ALTER TABLE notification ADD COLUMN filtered BOOLEAN NOT NULL DEFAULT FALSE;
CREATE INDEX notification_filtered ON notification (owner_id, from_id) WHERE filtered;
CREATE INDEX notification_group ON notification (owner_id, kind, post_id, created_at);

CREATE TABLE notification_policy (
  owner_id BIGINT NOT NULL REFERENCES actor (id) ON DELETE CASCADE,
  not_following BIGINT NOT NULL,
  not_followers BIGINT NOT NULL,
  new_accounts BIGINT NOT NULL,
  private_mentions BIGINT NOT NULL,
  limited_accounts BIGINT NOT NULL,
  PRIMARY KEY (owner_id)
);

CREATE TABLE notification_permission (
  owner_id BIGINT NOT NULL REFERENCES actor (id) ON DELETE CASCADE,
  from_id BIGINT NOT NULL REFERENCES actor (id),
  PRIMARY KEY (owner_id, from_id)
);

CREATE TABLE notification_request (
  id BIGINT PRIMARY KEY,
  owner_id BIGINT NOT NULL REFERENCES actor (id) ON DELETE CASCADE,
  from_id BIGINT NOT NULL REFERENCES actor (id),
  last_post_id BIGINT REFERENCES post (id) ON DELETE SET NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  UNIQUE (owner_id, from_id)
);
CREATE INDEX notification_request_page ON notification_request (owner_id, id);
CREATE INDEX notification_request_post ON notification_request (last_post_id);
)sql";
