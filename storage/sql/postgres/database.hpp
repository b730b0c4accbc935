#pragma once
#include "storage/sql/db.hpp"

namespace kith::sql::postgres {

// `settings.url` is what libpq takes. See Db::open.
Result<std::unique_ptr<Db>> open_database(const Settings& settings);

}  // namespace kith::sql::postgres
