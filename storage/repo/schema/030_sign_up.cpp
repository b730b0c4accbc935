#include "storage/repo/schema/schema.hpp"

// Who signs up, and who may not.
const std::string_view kith::repo::schema_text::sign_up = R"sql(
CREATE TABLE sign_up (
  user_id BIGINT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  actor_id BIGINT NOT NULL UNIQUE REFERENCES actor (id) ON DELETE CASCADE,
  reason TEXT NOT NULL,
  ip TEXT NOT NULL,
  app_id BIGINT NOT NULL,
  invite_id BIGINT,
  confirm_hash TEXT NOT NULL,
  email_confirmed_at BIGINT,
  approved_at BIGINT,
  mailed_at BIGINT NOT NULL,
  PRIMARY KEY (user_id)
);
CREATE INDEX sign_up_confirm ON sign_up (confirm_hash) WHERE confirm_hash <> '';
CREATE INDEX sign_up_waiting ON sign_up (user_id) WHERE approved_at IS NULL;

ALTER TABLE actor ADD COLUMN limited BOOLEAN NOT NULL DEFAULT FALSE;

CREATE TABLE invite (
  id BIGINT PRIMARY KEY,
  code_hash TEXT NOT NULL UNIQUE,
  uses_max BIGINT,
  uses BIGINT NOT NULL,
  expires_at BIGINT,
  created_at BIGINT NOT NULL
);

CREATE TABLE email_domain_block (
  id BIGINT PRIMARY KEY,
  domain TEXT NOT NULL UNIQUE,
  with_approval BOOLEAN NOT NULL,
  created_at BIGINT NOT NULL
);

CREATE TABLE ip_block (
  id BIGINT PRIMARY KEY,
  network TEXT NOT NULL UNIQUE,
  severity BIGINT NOT NULL,
  comment TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT
);

CREATE TABLE canonical_email_block (
  id BIGINT PRIMARY KEY,
  hash TEXT NOT NULL UNIQUE,
  created_at BIGINT NOT NULL
);
)sql";
