#pragma once
#include "base/core/ids.hpp"

#include <optional>
#include <string>

namespace kith::model {

// Numbers are stored.
enum class QuoteState { pending = 0, accepted = 1, rejected = 2, revoked = 3 };

// That a post quotes another, and what the author of the other one says to it (FEP-044f).
struct Quote {
    Id post_id = 0;               // the quoting post
    std::optional<Id> quoted_id;  // nothing while the quoted post is not here
    std::string quoted_ap_id;
    std::optional<Id> quoted_actor_id;  // its author: the only one who approves and revokes
    QuoteState state = QuoteState::pending;
    std::string stamp_ap_id;    // the valid QuoteAuthorization; "" where none is needed
    std::string request_ap_id;  // the QuoteRequest, ours or theirs; "" where there is none
    TimeMs created_at = 0;
};

// Numbers are stored.
enum class Interaction { quote = 0, like = 1, reply = 2, announce = 3 };

// Sets of people, as bits.
enum Audience : int {
    audience_nobody = 0,
    audience_public = 1,
    audience_followers = 2,
    audience_following = 4,
    audience_others = 8,  // single actors, and collections that we cannot look into
};

// Who may do one thing to a post: at once, and after the author was asked. Its author always may.
struct InteractionRule {
    Id post_id = 0;
    Interaction kind = Interaction::quote;
    int automatic = audience_nobody, manual = audience_nobody;
};

}  // namespace kith::model
