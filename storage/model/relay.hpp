#pragma once
#include "base/core/ids.hpp"

#include <optional>
#include <string>

namespace kith::model {

enum class RelayState { pending = 0, accepted = 1, refused = 2 };

// A relay that this node subscribes to (FEP-ae0c, Mastodon's kind): it gets our public posts and
// sends those of others.
struct Relay {
    Id id = 0;
    std::string inbox, host;
    std::string actor_ap_id;     // who answered; "" before
    RelayState state = RelayState::pending;
    std::string follow_ap_id;    // our Follow of Public
    TimeMs created_at = 0;
    std::optional<TimeMs> answered_at;
};

}  // namespace kith::model
