#include "storage/repo/schema/schema.hpp"

// Uploads whose file is still to be made (state 1 = waits, 2 = failed), what is known of videos and sounds,
// what files weigh, and files of other servers that are kept for a while (no name: there was nothing to be
// had, and until when nobody asks again).
const std::string_view kith::repo::schema_text::recordings = R"sql(
ALTER TABLE attachment ADD COLUMN details TEXT NOT NULL DEFAULT '';
ALTER TABLE media ADD COLUMN details TEXT NOT NULL DEFAULT '';
ALTER TABLE media ADD COLUMN duration_s DOUBLE PRECISION;
ALTER TABLE media ADD COLUMN state BIGINT NOT NULL DEFAULT 0;
ALTER TABLE media ADD COLUMN source TEXT NOT NULL DEFAULT '';
ALTER TABLE media ADD COLUMN problem TEXT NOT NULL DEFAULT '';
ALTER TABLE media ADD COLUMN attempts BIGINT NOT NULL DEFAULT 0;
ALTER TABLE media ADD COLUMN not_before BIGINT NOT NULL DEFAULT 0;
CREATE INDEX media_waiting ON media (not_before) WHERE state = 1;
ALTER TABLE media_file ADD COLUMN bytes BIGINT NOT NULL DEFAULT 0;
CREATE INDEX media_file_unmeasured ON media_file (name) WHERE bytes = 0;

ALTER TABLE link ADD COLUMN image_blurhash TEXT NOT NULL DEFAULT '';

CREATE TABLE remote_file (
  url TEXT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  media_type TEXT NOT NULL,
  bytes BIGINT NOT NULL,
  retry_at BIGINT NOT NULL,
  used_at BIGINT NOT NULL
);
CREATE INDEX remote_file_used ON remote_file (used_at);
)sql";
