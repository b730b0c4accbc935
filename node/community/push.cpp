#include "node/community/push.hpp"

#include "base/crypto/encoding.hpp"
#include "base/text/url.hpp"
#include "config/limits/push.hpp"
#include "storage/repo/push.hpp"

#include <algorithm>

namespace kith::community {

using model::PushSubscription;
using sql::Tx;

namespace {

constexpr std::size_t auth_bytes = 16;

Failure invalid(std::string what) { return fail(Code::unprocessable, "Validation failed: " + std::move(what)); }

// Clients write both alphabets, with and without padding.
std::string bytes_of(std::string text) {
    std::replace(text.begin(), text.end(), '+', '-');
    std::replace(text.begin(), text.end(), '/', '_');
    while (text.ends_with('=')) text.pop_back();
    return crypto::base64url_decode(text).value_or("");
}

Result<PushSubscription> own(Tx& tx, Id token) {
    auto found = TRY(repo::push_subscription_of(tx, token));
    if (!found) return fail(Code::not_found, "Record not found");
    return std::move(*found);
}

}  // namespace

Result<> ensure_vapid_key(Context& context) {
    if (TRY(context.db.read([](Tx& tx) { return repo::vapid_secret(tx); }))) return {};
    const auto secret = crypto::base64url_encode(TRY(TRY(crypto::P256Key::generate()).scalar()));
    return context.db.write([&](Tx& tx) { return repo::put_vapid_secret(tx, secret, context.clock.now_ms()); });
}

Result<crypto::P256Key> vapid_key(Context& context) {
    const auto secret = TRY(context.db.read([](Tx& tx) { return repo::vapid_secret(tx); }));
    if (!secret) return fail(Code::not_found, "this node has no key for Web Push yet");
    return crypto::P256Key::from_scalar(crypto::base64url_decode(*secret).value_or(""));
}

std::string vapid_public_key(Context& context) {
    const auto key = vapid_key(context);
    if (!key) return {};
    auto text = crypto::base64url_encode(key->public_point().value_or(""));
    while (text.size() % 4 != 0) text += '=';
    return text;
}

Result<PushSubscription> subscribe_push(Context& context, Id owner, Id token, const NewPushSubscription& asked) {
    const auto url = Url::parse(asked.endpoint);
    const bool plain = context.config.federation.allow_private_addresses && url && url->scheme() == "http";
    if (!url || (url->scheme() != "https" && !plain) || asked.endpoint.size() > limits::push_endpoint_bytes_max)
        return invalid("Endpoint is not a secure URL");
    PushSubscription made{.id = 0,
                          .owner_id = owner,
                          .token_id = token,
                          .endpoint = asked.endpoint,
                          .p256dh = bytes_of(asked.p256dh),
                          .auth = bytes_of(asked.auth),
                          .alerts = asked.alerts,
                          .policy = asked.policy,
                          .standard = asked.standard,
                          .created_at = context.clock.now_ms()};
    if (made.auth.size() != auth_bytes) return invalid("Key auth is not 16 bytes in base64");
    // What no secret can be agreed upon with is no point of the curve.
    if (!TRY(crypto::P256Key::generate()).agree(made.p256dh)) return invalid("Key p256dh is not a point of P-256");
    return context.db.write([&](Tx& tx) -> Result<PushSubscription> {
        made.id = context.ids.next();
        TRY(repo::put_push_subscription(tx, made));
        return made;
    });
}

Result<PushSubscription> push_subscription(Context& context, Id token) {
    return context.db.read([token](Tx& tx) { return own(tx, token); });
}

Result<PushSubscription> change_push(Context& context, Id token, std::int64_t alerts, model::PushPolicy policy) {
    return context.db.write([=](Tx& tx) -> Result<PushSubscription> {
        TRY(repo::set_push_alerts(tx, TRY(own(tx, token)).id, alerts, policy));
        return own(tx, token);
    });
}

Result<> unsubscribe_push(Context& context, Id token) {
    return context.db.write([=](Tx& tx) -> Result<> {
        const auto found = TRY(repo::push_subscription_of(tx, token));
        return found ? repo::remove_push_subscription(tx, found->id) : Result<>{};
    });
}

}  // namespace kith::community
