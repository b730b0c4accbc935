#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace kith::community {

// "@bob" or "@bob@example.org:8443" in a text, by bytes; never inside a word, an e-mail address or
// a URL.
struct MentionSpan {
    std::size_t offset = 0, length = 0;
    std::string username, host;  // as typed; host "" = here
};
std::vector<MentionSpan> find_mentions(std::string_view text);

// "#garden": letters, digits and underscores of any script, with at least one that is no digit.
struct TagSpan {
    std::size_t offset = 0, length = 0;  // with the #
    std::string name;                    // without it
};
std::vector<TagSpan> find_tags(std::string_view text);
// Whether a name without its # is one hashtag as a whole.
bool is_hashtag(std::string_view name);

// How long a text is by the rule that clients count by (Mastodon: entities/Instance,
// characters_reserved_per_url): characters, of which a URL has limits::post_url_characters whatever its
// length, and a mention has those before its host.
std::size_t counted_length(std::string_view text);

}  // namespace kith::community
