#pragma once
#include "base/core/clock.hpp"
#include "base/core/ids.hpp"
#include "base/core/result.hpp"
#include "storage/sql/db.hpp"

#include <string_view>

// Activities whose Undo came before them.
namespace kith::repo {

// Remembers it, unless the activity itself was dealt with before: what its Undo finds nothing of
// any more is over, and some servers use its id again.
Result<> add_withdrawn(sql::Tx&, Id actor, std::string_view activity_ap_id, TimeMs at);
Result<bool> is_withdrawn(sql::Tx&, Id actor, std::string_view activity_ap_id);
Result<> trim_withdrawn(sql::Tx&, TimeMs before, int limit);

}  // namespace kith::repo
