#pragma once
#include "base/core/result.hpp"
#include "base/json/view.hpp"

#include <string>

namespace kith::vocab::test {

// Everything that was read of an activity, and of what it carries, one line a value:
// "post.attachment.description: a heron". What is empty has no line. An activity inside another is
// indented under it.
Result<std::string> record_of(json::View activity);

}  // namespace kith::vocab::test
