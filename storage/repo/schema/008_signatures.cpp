#include "storage/repo/schema/schema.hpp"

// How peers want requests to be signed.
const std::string_view kith::repo::schema_text::signatures = R"sql(
CREATE TABLE peer_signature (
  host TEXT NOT NULL PRIMARY KEY,
  flavour BIGINT NOT NULL,
  learned_at BIGINT NOT NULL
);
)sql";
