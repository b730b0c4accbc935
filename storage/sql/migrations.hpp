#pragma once
#include "storage/sql/db.hpp"

#include <span>
#include <string_view>

namespace kith::sql {

// One step of the schema, forward only. Numbers run 1, 2, 3 … without a gap; a released step never
// changes.
struct Migration {
    int number;
    std::string_view name;
    std::string_view text;  // statements separated by ';' at line ends, in the common dialect
};

// Brings the schema up, each step in a transaction of its own together with its row in
// `schema_migration(number, name, applied_at)`. Refuses (Code::conflict) a database with a step
// that `steps` does not know: it was written by a newer kith. Returns how many steps were applied.
Result<int> migrate(Db&, std::span<const Migration> steps, TimeMs now_ms);

// Code::conflict where steps are missing or unknown; what `serve` checks before it starts.
Result<> check_schema(Db&, std::span<const Migration> steps);

}  // namespace kith::sql
