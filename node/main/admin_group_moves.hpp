#pragma once
#include "node/main/admin.hpp"

#include <string_view>

namespace kith {

// kith group move NAME --to URL: as `kith user move`, the target is asked at its origin now.
inline constexpr std::string_view group_move_command = "group move";
Result<std::string> group_move(community::Context&, const AdminRequest&);
// kith group take-over NAME --from ACTOR.
Result<std::string> group_take_over(community::Context&, const AdminRequest&);
// kith group moves.
Result<std::string> group_moves(community::Context&, const AdminRequest&);

}  // namespace kith
