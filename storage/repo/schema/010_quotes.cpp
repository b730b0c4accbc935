#include "storage/repo/schema/schema.hpp"

// Quotes and their consent; who may interact with a post.
const std::string_view kith::repo::schema_text::quotes = R"sql(
)sql";
