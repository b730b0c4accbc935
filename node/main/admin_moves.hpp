#pragma once
#include "node/main/admin.hpp"

#include <string_view>

namespace kith {

// kith user alias add|remove NAME ACTOR.
Result<std::string> alias_add(community::Context&, const AdminRequest&);
Result<std::string> alias_remove(community::Context&, const AdminRequest&);

// kith user move NAME TARGET: whether the target names the account is asked at its origin now, which
// only a running node can; it says so by the second of these.
inline constexpr std::string_view move_command = "user move";
inline constexpr std::string_view target_was_asked = "--target-was-asked";
Result<std::string> user_move(community::Context&, const AdminRequest&);

}  // namespace kith
