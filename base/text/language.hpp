#pragma once
#include <string>
#include <string_view>

namespace kith::text {

// The language that a plain text is most likely in, as BCP 47 ("en", "zh-Hant"); "" where that is not
// sure: short texts, mixed ones, no words at all. Links, mentions, hashtags and :shortcodes: count for
// nothing. Reads limits::language_text_bytes_max bytes at most.
std::string language_of(std::string_view text);

}  // namespace kith::text
