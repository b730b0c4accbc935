#pragma once
#include "storage/model/post.hpp"

#include <string>

namespace kith::community {

// The language that a post's title, warning and text are most likely in, as BCP 47; "" where that is
// not sure. For posts whose author names none: the one place that guesses.
std::string likely_language(const model::Post&);

}  // namespace kith::community
