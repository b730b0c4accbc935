#include "storage/repo/schema/schema.hpp"

// The last Move of an account (FEP-7628), in either direction.
const std::string_view kith::repo::schema_text::moves = R"sql(
CREATE TABLE move (
  actor_id BIGINT PRIMARY KEY REFERENCES actor (id),
  target_id BIGINT NOT NULL REFERENCES actor (id),
  ap_id TEXT NOT NULL,
  at BIGINT NOT NULL
);
)sql";
