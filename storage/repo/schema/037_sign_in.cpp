#include "storage/repo/schema/schema.hpp"

// Second factors and what belongs to them, forgotten passwords, and what a token was made with.
const std::string_view kith::repo::schema_text::sign_in = R"sql(
CREATE TABLE second_factor (
  user_id BIGINT PRIMARY KEY REFERENCES account (id) ON DELETE CASCADE,
  secret BYTEA NOT NULL,
  offered_at BIGINT NOT NULL,
  enabled_at BIGINT,
  last_step BIGINT NOT NULL
);

CREATE TABLE recovery_code (
  user_id BIGINT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  code_hash TEXT NOT NULL,
  used_at BIGINT,
  PRIMARY KEY (user_id, code_hash)
);

CREATE TABLE pending_sign_in (
  token_hash TEXT NOT NULL PRIMARY KEY,
  user_id BIGINT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  expires_at BIGINT NOT NULL
);
CREATE INDEX pending_sign_in_user ON pending_sign_in (user_id);

CREATE TABLE password_reset (
  user_id BIGINT PRIMARY KEY REFERENCES account (id) ON DELETE CASCADE,
  token_hash TEXT NOT NULL UNIQUE,
  mailed_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL
);

ALTER TABLE oauth_token ADD COLUMN user_agent TEXT NOT NULL DEFAULT '';
)sql";
