#include "storage/repo/schema/schema.hpp"

// Relays subscribed to (FEP-ae0c). A few rows.
const std::string_view kith::repo::schema_text::relays = R"sql(
CREATE TABLE relay (
  id BIGINT PRIMARY KEY,
  inbox TEXT NOT NULL UNIQUE,
  host TEXT NOT NULL,
  actor_ap_id TEXT NOT NULL,
  state BIGINT NOT NULL,
  follow_ap_id TEXT NOT NULL UNIQUE,
  created_at BIGINT NOT NULL,
  answered_at BIGINT
);
)sql";
