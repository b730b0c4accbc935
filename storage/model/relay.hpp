#pragma once
#include "base/core/ids.hpp"

#include <optional>
#include <string>

namespace kith::model {

enum class RelayState { pending = 0, accepted = 1, refused = 2 };

// mastodon: we follow Public at its inbox, and it forwards whole activities. litepub: it and the
// instance actor follow each other, and both announce posts by their ids.
enum class RelayKind { mastodon = 0, litepub = 1 };

// A relay that this node subscribes to (FEP-ae0c): it gets our public posts and sends those of others.
struct Relay {
    Id id = 0;
    std::string inbox, host;
    std::string actor_ap_id;     // who answered; of Mastodon's kind "" before
    RelayState state = RelayState::pending;
    std::string follow_ap_id;    // our Follow of Public, or of the relay's actor
    TimeMs created_at = 0;
    std::optional<TimeMs> answered_at;
    RelayKind kind = RelayKind::mastodon;
};

}  // namespace kith::model
