#include "storage/repo/schema/schema.hpp"

const std::string_view kith::repo::schema_text::polls = "";
