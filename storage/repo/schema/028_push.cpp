#include "storage/repo/schema/schema.hpp"

// Where notifications are sent to, and what is still to be sent. `vapid_key` has one row.
const std::string_view kith::repo::schema_text::push = R"sql(
CREATE TABLE vapid_key (
  id BIGINT PRIMARY KEY,
  secret TEXT NOT NULL,
  created_at BIGINT NOT NULL
);

CREATE TABLE push_subscription (
  id BIGINT PRIMARY KEY,
  owner_id BIGINT NOT NULL REFERENCES actor (id) ON DELETE CASCADE,
  token_id BIGINT NOT NULL UNIQUE REFERENCES oauth_token (id) ON DELETE CASCADE,
  endpoint TEXT NOT NULL,
  p256dh TEXT NOT NULL,
  auth TEXT NOT NULL,
  alerts BIGINT NOT NULL,
  policy BIGINT NOT NULL,
  standard BOOLEAN NOT NULL,
  created_at BIGINT NOT NULL
);
CREATE INDEX push_subscription_owner ON push_subscription (owner_id);

CREATE TABLE push_todo (
  subscription_id BIGINT NOT NULL REFERENCES push_subscription (id) ON DELETE CASCADE,
  notification_id BIGINT NOT NULL REFERENCES notification (id) ON DELETE CASCADE,
  not_before BIGINT NOT NULL,
  attempts BIGINT NOT NULL,
  PRIMARY KEY (subscription_id, notification_id)
);
CREATE INDEX push_todo_due ON push_todo (not_before);
CREATE INDEX push_todo_notification ON push_todo (notification_id);
)sql";
