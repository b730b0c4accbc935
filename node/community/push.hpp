#pragma once
#include "base/crypto/p256.hpp"
#include "node/community/context.hpp"
#include "storage/model/push.hpp"

#include <string>
#include <string_view>

// Where clients want their members' notifications to be sent (Web Push, RFC 8030).
namespace kith::community {

// Makes the node's key at its first start (VAPID, RFC 8292: by it push services know who sends).
Result<> ensure_vapid_key(Context&);
Result<crypto::P256Key> vapid_key(Context&);
// As clients want it: base64url, padded. "" before the first start.
std::string vapid_public_key(Context&);

struct NewPushSubscription {
    std::string endpoint;
    std::string p256dh, auth;  // as given: base64, of either alphabet
    std::int64_t alerts = 0;
    model::PushPolicy policy = model::PushPolicy::all;
    bool standard = false;
};
// In the place of the token's old one. Code::unprocessable for an endpoint that is no https URL and for
// keys that are none.
Result<model::PushSubscription> subscribe_push(Context&, Id owner, Id token, const NewPushSubscription&);
// Code::not_found where the token has none.
Result<model::PushSubscription> push_subscription(Context&, Id token);
Result<model::PushSubscription> change_push(Context&, Id token, std::int64_t alerts, model::PushPolicy);
Result<> unsubscribe_push(Context&, Id token);

}  // namespace kith::community
