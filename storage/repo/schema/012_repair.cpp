#include "storage/repo/schema/schema.hpp"

// Followers synchronisation, catching up after downtime, conversations.
const std::string_view kith::repo::schema_text::repair = R"sql(
)sql";
