#pragma once
#include <string>
#include <string_view>
#include <vector>

// Cuts text for full-text search, in the same way for both database engines, which then only have
// to split at spaces: words are runs of letters, digits and marks, folded (fold_accents) and cut to
// limits::search_token_chars_max code points. Scripts written without spaces (Chinese, Japanese,
// Korean, Thai, Lao, Khmer, Burmese) give pairs of neighbours instead of words.
namespace kith::text {

// What is stored of a text, in its order. Of scripts without spaces single characters and pairs.
std::vector<std::string> search_tokens(std::string_view text);

// What has to be found for a query, all of it. Of scripts without spaces pairs; a single character
// where it stands alone.
std::vector<std::string> query_tokens(std::string_view query);

}  // namespace kith::text
