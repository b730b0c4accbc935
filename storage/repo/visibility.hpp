#pragma once
#include <string>
#include <string_view>

namespace kith::repo {

// The SQL form of community::can_see: a predicate over the post aliased `post_alias`, true where
// the viewer whose actor id is parameter $n (NULL = nobody) may see it. Joined by every statement
// that reads posts for somebody; nothing filters afterwards.
std::string visible_to(std::string_view post_alias, int viewer_parameter);

// The SQL condition that a follow is no follow of a private group by somebody whom it banned for good: their server is
// sent nothing of it, and nobody reads there for them. The group hears of them still, and they of an end of the ban.
std::string reads_followed(std::string_view follow_alias);

}  // namespace kith::repo
