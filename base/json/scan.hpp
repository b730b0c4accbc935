#pragma once
#include "base/core/result.hpp"

#include <string_view>

namespace kith::json {

// Reads a JSON text once from left to right, before anything is parsed, and refuses what the parser
// would pay for or let through: depth over limits::json_depth_max, more than
// limits::json_members_max members, the byte NUL (the parser takes it for the end of the text), and
// in strings \u0000 and unpaired surrogates. Needs no memory; says nothing of the rest of the
// grammar.
Result<> scan(std::string_view text);

}  // namespace kith::json
