#include "storage/repo/schema/schema.hpp"

// Followers synchronisation, and what was withdrawn before it came.
const std::string_view kith::repo::schema_text::repair = R"sql(
-- Moves with every change of who follows the actor: what was computed from its followers is stale.
ALTER TABLE actor ADD COLUMN followers_version BIGINT NOT NULL DEFAULT 0;

-- Activities whose Undo came first.
CREATE TABLE withdrawn (
  actor_id BIGINT NOT NULL REFERENCES actor (id),
  ap_id TEXT NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (actor_id, ap_id)
);
CREATE INDEX withdrawn_age ON withdrawn (at);
)sql";
