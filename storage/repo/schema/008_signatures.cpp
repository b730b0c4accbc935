#include "storage/repo/schema/schema.hpp"

// How peers sign and what they can verify; keys that were replaced.
const std::string_view kith::repo::schema_text::signatures = R"sql(
)sql";
