#include "storage/repo/schema/schema.hpp"

// The words of posts that somebody may search for, cut by text::search_tokens; rowid is the post's id.
const std::string_view kith::repo::schema_text::search = R"sql(
CREATE SEARCH TABLE post_search;
)sql";
