#include "storage/repo/schema/schema.hpp"

// Votes, emoji and reactions with an emoji.
const std::string_view kith::repo::schema_text::polls = R"sql(
)sql";
