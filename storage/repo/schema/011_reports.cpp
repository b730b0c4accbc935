#include "storage/repo/schema/schema.hpp"

// Reports, moved accounts, featured tags.
const std::string_view kith::repo::schema_text::reports = R"sql(
)sql";
