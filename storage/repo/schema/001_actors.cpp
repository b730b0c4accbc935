#include "storage/repo/schema/schema.hpp"

// Who can act, their keys, local accounts and what signs in to them; local groups and their members.
const std::string_view kith::repo::schema_text::actors = R"sql(
CREATE TABLE actor (
  id BIGINT PRIMARY KEY,
  kind BIGINT NOT NULL,
  local BOOLEAN NOT NULL,
  username TEXT NOT NULL,
  username_folded TEXT NOT NULL,
  host TEXT NOT NULL,
  name TEXT NOT NULL,
  summary TEXT NOT NULL,
  source TEXT NOT NULL,
  ap_id TEXT NOT NULL UNIQUE,
  url TEXT NOT NULL,
  inbox TEXT NOT NULL,
  shared_inbox TEXT NOT NULL,
  outbox TEXT NOT NULL,
  followers_url TEXT NOT NULL,
  following_url TEXT NOT NULL,
  featured_url TEXT NOT NULL,
  moderators_url TEXT NOT NULL,
  avatar_url TEXT NOT NULL,
  header_url TEXT NOT NULL,
  locked BOOLEAN NOT NULL,
  bot BOOLEAN NOT NULL,
  discoverable BOOLEAN,
  indexable BOOLEAN,
  fields TEXT NOT NULL,
  also_known_as TEXT NOT NULL,
  moved_to TEXT NOT NULL,
  followers_count BIGINT NOT NULL,
  following_count BIGINT NOT NULL,
  posts_count BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  fetched_at BIGINT NOT NULL,
  last_post_at BIGINT,
  suspended_at BIGINT,
  deleted_at BIGINT
);
CREATE UNIQUE INDEX actor_local_name ON actor (username_folded) WHERE host = '';
CREATE INDEX actor_name ON actor (username_folded, host);
CREATE INDEX actor_host ON actor (host);
CREATE INDEX actor_followers ON actor (followers_url) WHERE followers_url <> '';

CREATE TABLE actor_key (
  key_id TEXT NOT NULL PRIMARY KEY,
  actor_id BIGINT NOT NULL REFERENCES actor (id) ON DELETE CASCADE,
  algorithm BIGINT NOT NULL,
  public_pem TEXT NOT NULL,
  private_pem TEXT NOT NULL,
  fetched_at BIGINT NOT NULL
);
CREATE INDEX actor_key_actor ON actor_key (actor_id);

CREATE TABLE key_pool (
  id BIGINT PRIMARY KEY,
  algorithm BIGINT NOT NULL,
  public_pem TEXT NOT NULL,
  private_pem TEXT NOT NULL
);

CREATE TABLE account (
  id BIGINT PRIMARY KEY,
  actor_id BIGINT NOT NULL UNIQUE REFERENCES actor (id),
  email TEXT NOT NULL,
  email_folded TEXT NOT NULL UNIQUE,
  password_hash TEXT NOT NULL,
  role BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  confirmed_at BIGINT,
  last_seen_at BIGINT,
  disabled_at BIGINT,
  default_visibility TEXT NOT NULL,
  default_sensitive BOOLEAN NOT NULL,
  language TEXT NOT NULL
);

CREATE TABLE session (
  id BIGINT PRIMARY KEY,
  user_id BIGINT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  token_hash TEXT NOT NULL UNIQUE,
  csrf_token TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  last_used_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  user_agent TEXT NOT NULL
);
CREATE INDEX session_by_user ON session (user_id);

CREATE TABLE community (
  group_id BIGINT PRIMARY KEY REFERENCES actor (id),
  posting BIGINT NOT NULL,
  owner_id BIGINT NOT NULL REFERENCES actor (id),
  created_at BIGINT NOT NULL
);

CREATE TABLE membership (
  group_id BIGINT NOT NULL REFERENCES actor (id),
  actor_id BIGINT NOT NULL REFERENCES actor (id),
  role BIGINT NOT NULL,
  joined_at BIGINT NOT NULL,
  left_at BIGINT,
  PRIMARY KEY (group_id, actor_id)
);
CREATE INDEX membership_actor ON membership (actor_id);

CREATE TABLE setting (
  name TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL
);

CREATE TABLE process_lease (
  number BIGINT PRIMARY KEY,
  owner TEXT NOT NULL,
  lease_until BIGINT NOT NULL
);
)sql";
