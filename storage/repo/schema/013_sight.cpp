#include "storage/repo/schema/schema.hpp"

// What operators and authors look at: which software a peer runs, and why a post did not get somewhere.
const std::string_view kith::repo::schema_text::sight = R"sql(
ALTER TABLE peer ADD COLUMN software TEXT NOT NULL DEFAULT '';
ALTER TABLE peer ADD COLUMN software_asked_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE post_reach ADD COLUMN error TEXT NOT NULL DEFAULT '';
CREATE INDEX refusal_host ON refusal (host, id);
)sql";
