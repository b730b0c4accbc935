#include "storage/repo/schema/schema.hpp"

// Policies about hosts, relays and addresses.
const std::string_view kith::repo::schema_text::policies = R"sql(
)sql";
