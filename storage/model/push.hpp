#pragma once
#include "storage/model/relation.hpp"

#include <string>

namespace kith::model {

enum class PushPolicy { all = 0, followed = 1, followers = 2, nobody = 3 };

// Where a client wants its member's notifications to be sent while it sleeps: one for each token.
struct PushSubscription {
    Id id = 0;
    Id owner_id = 0;
    Id token_id = 0;
    std::string endpoint;
    std::string p256dh, auth;  // the client's public point and its secret, raw
    std::int64_t alerts = 0;   // bits by NotificationKind
    PushPolicy policy = PushPolicy::all;
    bool standard = true;      // RFC 8291; else its fourth draft, which older clients speak
    TimeMs created_at = 0;

    static std::int64_t bit(NotificationKind kind) { return std::int64_t(1) << int(kind); }
    bool wants(NotificationKind kind) const { return (alerts & bit(kind)) != 0; }
};

}  // namespace kith::model
