#include "storage/repo/schema/schema.hpp"

// Policies about hosts. An actor in host_suspension is suspended because of
// its host and for no other reason, so that the end of the block can take exactly that back.
const std::string_view kith::repo::schema_text::policies = R"sql(
CREATE TABLE host_suspension (
  actor_id BIGINT NOT NULL PRIMARY KEY REFERENCES actor (id) ON DELETE CASCADE
);
)sql";
