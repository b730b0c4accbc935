#pragma once
#include "base/core/ids.hpp"

#include <optional>
#include <string>

namespace kith::model {

// A picture that a host's people write as ":shortcode:" (FEP-9098).
struct CustomEmoji {
    Id id = 0;
    std::string host;
    std::string shortcode;  // without colons
    std::string url;
    TimeMs updated_at = 0;  // as its host says; 0 = it does not
    std::string category;   // of ours, in pickers
    std::string alt_text;   // of ours: what it shows, in words
    std::string keywords = "[]";  // of ours: JSON array of words that find it
};

// What somebody feels about a post, beside likes and dislikes (FEP-c0e0). A person can give
// several.
struct EmojiReaction {
    Id id = 0;
    Id actor_id = 0, post_id = 0;
    std::string name;            // an emoji, or ":shortcode:"
    std::optional<Id> emoji_id;  // of a custom one
    std::string ap_id;
    TimeMs created_at = 0;
};

}  // namespace kith::model
