#pragma once
#include <span>
#include <string>
#include <string_view>

namespace kith::config {

// "; did you mean NAME?" for the known name nearest to what was written, or nothing where none is
// near. A key in the wrong section ("listen", "federation.listen") is found by its last part.
std::string suggestion(std::string_view written, std::span<const std::string_view> known);

}  // namespace kith::config
