#pragma once
#include <string>
#include <string_view>

namespace kith::repo {

// The SQL form of community::can_see: a predicate over the post aliased `post_alias`, true where
// the viewer whose actor id is parameter $n (NULL = nobody) may see it. Joined by every statement
// that reads posts for somebody; nothing filters afterwards.
std::string visible_to(std::string_view post_alias, int viewer_parameter);

}  // namespace kith::repo
