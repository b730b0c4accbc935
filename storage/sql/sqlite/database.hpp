#pragma once
#include "storage/sql/db.hpp"

namespace kith::sql::sqlite {

// `path` is a file or ":memory:". See Db::open.
Result<std::unique_ptr<Db>> open_database(const std::string& path, const Settings&);

}  // namespace kith::sql::sqlite
