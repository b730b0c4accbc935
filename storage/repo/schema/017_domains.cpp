#include "storage/repo/schema/schema.hpp"

// What domain blocks do to relations: hosts whose people are silenced, and follows that a suspension
// ended, with their names, so that members can look.
const std::string_view kith::repo::schema_text::domains = R"sql(
ALTER TABLE actor ADD COLUMN silenced BOOLEAN NOT NULL DEFAULT FALSE;
CREATE INDEX actor_silenced ON actor (id) WHERE silenced;

CREATE TABLE severance (
  id BIGINT PRIMARY KEY,
  host TEXT NOT NULL,
  at BIGINT NOT NULL
);

CREATE TABLE severed_follow (
  severance_id BIGINT NOT NULL REFERENCES severance (id) ON DELETE CASCADE,
  follower_id BIGINT NOT NULL REFERENCES actor (id),
  followed_id BIGINT NOT NULL REFERENCES actor (id),
  PRIMARY KEY (severance_id, follower_id, followed_id)
);
CREATE INDEX severed_follow_followed ON severed_follow (severance_id, followed_id);

ALTER TABLE notification ADD COLUMN severance_id BIGINT;
)sql";
