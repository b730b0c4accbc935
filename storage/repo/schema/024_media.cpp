#include "storage/repo/schema/schema.hpp"

// Pictures of members: those that hang on no post yet (their id becomes that of the attachment), and
// every file that was made, so that what nothing names any more can be found.
const std::string_view kith::repo::schema_text::media = R"sql(
CREATE TABLE media (
  id BIGINT PRIMARY KEY,
  owner_id BIGINT NOT NULL REFERENCES actor (id),
  media_type TEXT NOT NULL,
  url TEXT NOT NULL,
  preview_url TEXT NOT NULL,
  description TEXT NOT NULL,
  blurhash TEXT NOT NULL,
  width BIGINT NOT NULL,
  height BIGINT NOT NULL,
  focus_x DOUBLE PRECISION,
  focus_y DOUBLE PRECISION,
  expires_at BIGINT NOT NULL
);
CREATE INDEX media_expiry ON media (expires_at);

CREATE TABLE media_file (
  name TEXT NOT NULL PRIMARY KEY,
  media_id BIGINT,
  actor_id BIGINT,
  created_at BIGINT NOT NULL
);
CREATE INDEX media_file_created ON media_file (created_at);
)sql";
