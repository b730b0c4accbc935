#pragma once
#include "base/json/writer.hpp"
#include "node/community/trends.hpp"

#include <vector>

namespace kith::mastodon {

// The member `history` of a Tag.
void write_history(json::Writer&, const std::vector<community::TagDay>&);

}  // namespace kith::mastodon
