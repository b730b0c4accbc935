#include "storage/repo/schema/schema.hpp"

// More to say about hosts: what is refused of a host short of suspending it, hosts that are allowed
// where only such are spoken with, and lists of others that blocks come from. Blocks get an id, which
// clients name them by.
const std::string_view kith::repo::schema_text::domain_policies = R"sql(
ALTER TABLE domain_block ADD COLUMN id BIGINT NOT NULL DEFAULT 0;
ALTER TABLE domain_block ADD COLUMN reject_media BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE domain_block ADD COLUMN reject_reports BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE domain_block ADD COLUMN note TEXT NOT NULL DEFAULT '';
ALTER TABLE domain_block ADD COLUMN obfuscate BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE domain_block ADD COLUMN list_id BIGINT;
UPDATE domain_block SET id = (SELECT COUNT(*) FROM domain_block o WHERE o.host <= domain_block.host);
CREATE INDEX domain_block_id ON domain_block (id);

CREATE TABLE domain_allow (
  host TEXT NOT NULL PRIMARY KEY,
  id BIGINT NOT NULL UNIQUE,
  created_at BIGINT NOT NULL
);

ALTER TABLE actor ADD COLUMN media_rejected BOOLEAN NOT NULL DEFAULT FALSE;
CREATE INDEX actor_media_rejected ON actor (id) WHERE media_rejected;

CREATE TABLE blocklist (
  id BIGINT PRIMARY KEY,
  url TEXT NOT NULL UNIQUE,
  severity_max INTEGER NOT NULL,
  created_at BIGINT NOT NULL,
  next_at BIGINT NOT NULL,
  fetched_at BIGINT,
  last_error TEXT NOT NULL DEFAULT ''
);

CREATE TABLE blocklist_entry (
  list_id BIGINT NOT NULL REFERENCES blocklist (id) ON DELETE CASCADE,
  host TEXT NOT NULL,
  severity INTEGER NOT NULL,
  reason TEXT NOT NULL,
  reject_media BOOLEAN NOT NULL,
  reject_reports BOOLEAN NOT NULL,
  seen_at BIGINT NOT NULL,
  PRIMARY KEY (list_id, host)
);
CREATE INDEX blocklist_entry_host ON blocklist_entry (host);
)sql";
