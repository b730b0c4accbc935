#include "storage/repo/schema/schema.hpp"

// Quotes and their consent; who may interact with a post. The numbers stand in
// storage/model/quote.hpp.
const std::string_view kith::repo::schema_text::quotes = R"sql(
CREATE TABLE quote (
  post_id BIGINT PRIMARY KEY REFERENCES post (id) ON DELETE CASCADE,
  quoted_id BIGINT REFERENCES post (id),
  quoted_ap_id TEXT NOT NULL,
  quoted_actor_id BIGINT REFERENCES actor (id),
  state BIGINT NOT NULL,
  stamp_ap_id TEXT NOT NULL,
  request_ap_id TEXT NOT NULL,
  created_at BIGINT NOT NULL
);
CREATE INDEX quote_quoted ON quote (quoted_id, post_id) WHERE quoted_id IS NOT NULL;
CREATE INDEX quote_unknown ON quote (quoted_ap_id) WHERE quoted_id IS NULL;
CREATE INDEX quote_stamp ON quote (stamp_ap_id) WHERE stamp_ap_id <> '';
CREATE INDEX quote_request ON quote (request_ap_id) WHERE request_ap_id <> '';

CREATE TABLE interaction_rule (
  post_id BIGINT NOT NULL REFERENCES post (id) ON DELETE CASCADE,
  kind BIGINT NOT NULL,
  automatic BIGINT NOT NULL,
  manual BIGINT NOT NULL,
  PRIMARY KEY (post_id, kind)
);
)sql";
