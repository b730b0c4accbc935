#include "storage/repo/schema/schema.hpp"

// What members want to be told by mail, and when it is due. A letter names a token that ends them all;
// only its hash is kept.
const std::string_view kith::repo::schema_text::mail_wishes = R"sql(
CREATE TABLE mail_wish (
  actor_id BIGINT PRIMARY KEY REFERENCES actor (id) ON DELETE CASCADE,
  kinds BIGINT NOT NULL,
  digest_every_ms BIGINT NOT NULL,
  notices_due BIGINT,
  digest_due BIGINT,
  told_until BIGINT NOT NULL,
  digest_since BIGINT NOT NULL
);
CREATE INDEX mail_wish_notices ON mail_wish (notices_due) WHERE notices_due IS NOT NULL;
CREATE INDEX mail_wish_digest ON mail_wish (digest_due) WHERE digest_due IS NOT NULL;
CREATE TABLE mail_stop (
  token_hash TEXT PRIMARY KEY,
  actor_id BIGINT NOT NULL REFERENCES actor (id) ON DELETE CASCADE,
  expires_at BIGINT NOT NULL
);
CREATE INDEX mail_stop_actor ON mail_stop (actor_id);
CREATE INDEX mail_stop_expires ON mail_stop (expires_at);
)sql";
