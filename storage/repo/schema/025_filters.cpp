#include "storage/repo/schema/schema.hpp"

// What members do not want to read unasked.
const std::string_view kith::repo::schema_text::filters = R"sql(
CREATE TABLE post_filter (
  id BIGINT PRIMARY KEY,
  owner_id BIGINT NOT NULL REFERENCES actor (id) ON DELETE CASCADE,
  title TEXT NOT NULL,
  contexts BIGINT NOT NULL,
  action BIGINT NOT NULL,
  expires_at BIGINT
);
CREATE INDEX post_filter_owner ON post_filter (owner_id, id);

CREATE TABLE post_filter_keyword (
  id BIGINT PRIMARY KEY,
  filter_id BIGINT NOT NULL REFERENCES post_filter (id) ON DELETE CASCADE,
  keyword TEXT NOT NULL,
  folded TEXT NOT NULL,
  whole_word BOOLEAN NOT NULL
);
CREATE INDEX post_filter_keyword_filter ON post_filter_keyword (filter_id, id);

CREATE TABLE post_filter_post (
  id BIGINT PRIMARY KEY,
  filter_id BIGINT NOT NULL REFERENCES post_filter (id) ON DELETE CASCADE,
  post_id BIGINT NOT NULL REFERENCES post (id) ON DELETE CASCADE,
  UNIQUE (filter_id, post_id)
);
CREATE INDEX post_filter_post_post ON post_filter_post (post_id);
)sql";
