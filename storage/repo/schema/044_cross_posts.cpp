#include "storage/repo/schema/schema.hpp"

// Threads that share one link.
const std::string_view kith::repo::schema_text::cross_posts = R"sql(
CREATE INDEX post_shared_link ON post (link_url, id) WHERE link_url <> '' AND group_id IS NOT NULL;
)sql";
