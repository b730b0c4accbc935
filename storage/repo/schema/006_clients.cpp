#include "storage/repo/schema/schema.hpp"

// OAuth: every secret is stored as its SHA-256.
const std::string_view kith::repo::schema_text::clients = R"sql(
CREATE TABLE oauth_app (
  id BIGINT PRIMARY KEY,
  client_id TEXT NOT NULL UNIQUE,
  secret_hash TEXT NOT NULL,
  name TEXT NOT NULL,
  website TEXT NOT NULL,
  redirect_uris TEXT NOT NULL,
  scopes TEXT NOT NULL,
  created_at BIGINT NOT NULL
);

CREATE TABLE oauth_code (
  code_hash TEXT NOT NULL PRIMARY KEY,
  app_id BIGINT NOT NULL REFERENCES oauth_app (id) ON DELETE CASCADE,
  user_id BIGINT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  redirect_uri TEXT NOT NULL,
  scopes TEXT NOT NULL,
  challenge TEXT NOT NULL,
  expires_at BIGINT NOT NULL,
  used_at BIGINT,
  token_id BIGINT NOT NULL
);

CREATE TABLE oauth_token (
  id BIGINT PRIMARY KEY,
  token_hash TEXT NOT NULL UNIQUE,
  app_id BIGINT NOT NULL REFERENCES oauth_app (id) ON DELETE CASCADE,
  user_id BIGINT REFERENCES account (id) ON DELETE CASCADE,
  scopes TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  last_used_at BIGINT,
  revoked_at BIGINT
);
CREATE INDEX oauth_token_user ON oauth_token (user_id);
)sql";
