#include "storage/repo/schema/schema.hpp"

// Hosts that wait to be asked, looked for at each piece of news.
const std::string_view kith::repo::schema_text::due_hosts = R"sql(
CREATE INDEX catch_up_host_due ON catch_up_host (not_before) WHERE finished_at IS NULL;
)sql";
