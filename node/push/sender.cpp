#include "node/push/sender.hpp"

#include "base/core/log.hpp"
#include "base/crypto/encoding.hpp"
#include "config/limits/push.hpp"
#include "node/push/encryption.hpp"
#include "node/push/letter.hpp"
#include "storage/repo/accounts.hpp"
#include "storage/repo/notifications.hpp"
#include "storage/repo/relations.hpp"

#include <utility>

namespace kith::push {

using model::PushPolicy;
using model::PushSubscription;
using repo::DuePush;
using sql::Tx;

namespace {

constexpr std::size_t salt_bytes = 16;

Result<bool> allows(Tx& tx, const PushSubscription& subscription, Id from) {
    const auto follows = [&](Id follower, Id followed) -> Result<bool> {
        const auto follow = TRY(repo::find_follow(tx, follower, followed));
        return follow && follow->state == model::FollowState::accepted;
    };
    switch (subscription.policy) {
        case PushPolicy::all:
            return true;
        case PushPolicy::followed:
            return follows(subscription.owner_id, from);
        case PushPolicy::followers:
            return follows(from, subscription.owner_id);
        case PushPolicy::nobody:
            break;
    }
    return false;
}

}  // namespace

void Sender::start() {
    thread_ = Thread("push", [this] { run(); });
}

void Sender::stop() {
    std::unique_lock lock(mutex_);
    stopping_ = true;
    changed_.notify_all();
    lock.unlock();
    thread_.join();
    // The transport answers each request; what is under way points here.
    lock.lock();
    changed_.wait(lock, [this] { return under_way_ == 0; });
}

void Sender::notify() {
    std::lock_guard lock(mutex_);
    notified_ = true;
    changed_.notify_all();
}

void Sender::run() {
    for (;;) {
        if (auto done = step(); !done)
            log::warn("push.failed", {{"error", done.error().safe_text}, {"detail", done.error().detail}});
        std::unique_lock lock(mutex_);
        const auto& clock = parts_.context.clock;
        clock.wait_until(changed_, lock, clock.now_ms() + limits::push_poll_ms,
                         [this] { return notified_ || stopping_ || !answers_.empty(); });
        if (stopping_) return;
        notified_ = false;
    }
}

Result<> Sender::step() {
    std::vector<Answer> answers;
    int free = 0;
    {
        std::lock_guard lock(mutex_);
        answers.swap(answers_);
        free = limits::push_at_once_max - under_way_;
    }
    for (const auto& answer : answers) TRY(settle(answer));
    auto& context = parts_.context;
    const auto now = context.clock.now_ms();
    if (free <= 0 || !TRY(context.db.read([now](Tx& tx) { return repo::has_due_pushes(tx, now); }))) return {};
    const auto due = TRY(context.db.write([=](Tx& tx) {
        return repo::claim_pushes(tx, now, now + limits::push_lease_ms, free);
    }));
    for (const auto& push : due) TRY(send(push));
    return {};
}

Result<> Sender::send(const DuePush& push) {
    auto request = request_for(push);
    if (!request || !*request) {
        if (!request) log::warn("push.unsendable", {{"error", request.error().safe_text}, {"detail", request.error().detail}});
        return parts_.context.db.write([&](Tx& tx) {
            return repo::finish_push(tx, push.subscription_id, push.notification_id);
        });
    }
    {
        std::lock_guard lock(mutex_);
        ++under_way_;
    }
    parts_.transport.send(std::move(**request), [this, push](const client::Outcome& outcome) {
        std::lock_guard lock(mutex_);
        --under_way_;
        answers_.push_back({push, outcome ? outcome->status : 0});
        changed_.notify_all();
    });
    return {};
}

// Nothing where there is nothing to send: the notification or the subscription is gone, or its policy
// leaves this one out.
Result<std::optional<client::Request>> Sender::request_for(const DuePush& push) {
    auto& context = parts_.context;
    using Found = std::optional<std::pair<PushSubscription, community::NotificationView>>;
    std::string language;
    auto found = TRY(context.db.read([&](Tx& tx) -> Result<Found> {
        const auto subscription = TRY(repo::find_push_subscription(tx, push.subscription_id));
        if (!subscription) return Found{};
        const auto row = TRY(repo::find_notification(tx, subscription->owner_id, push.notification_id));
        if (!row || !TRY(allows(tx, *subscription, row->from_id))) return Found{};
        auto views = TRY(community::load_notifications(tx, context, subscription->owner_id, {*row}));
        if (views.empty()) return Found{};
        if (const auto user = TRY(repo::find_user_by_actor(tx, subscription->owner_id))) language = user->language;
        return Found({*subscription, std::move(views.front())});
    }));
    if (!found) return std::optional<client::Request>{};
    return std::optional(TRY(sealed(found->first, found->second, language)));
}

Result<client::Request> Sender::sealed(const PushSubscription& subscription, const community::NotificationView& view,
                                       std::string_view language) {
    auto& context = parts_.context;
    const auto text = letter(context, view, parts_.type_of(view.notification.kind), language);
    std::string salt(salt_bytes, '\0');
    context.random.fill({reinterpret_cast<std::uint8_t*>(salt.data()), salt.size()});
    const auto once = TRY(crypto::P256Key::generate());
    const Recipient to{subscription.p256dh, subscription.auth};
    auto message = TRY(subscription.standard ? seal(text, to, once, salt) : seal_as_draft(text, to, once, salt));

    client::Request request;
    request.method = client::Method::post;
    request.url = TRY(Url::parse(subscription.endpoint));
    const auto contact = context.config.server.contact_email;
    const auto token = TRY(vapid_token(parts_.key, request.url.origin(),
                                       contact.empty() ? context.urls.base() : "mailto:" + contact,
                                       (context.clock.now_ms() + limits::vapid_token_ms) / 1000));
    const auto key = crypto::base64url_encode(TRY(parts_.key.public_point()));
    request.headers = std::move(message.headers);
    request.headers.add("Content-Type", "application/octet-stream");
    request.headers.add("TTL", std::to_string(limits::push_ttl_seconds));
    request.headers.add("Urgency", "normal");
    if (subscription.standard) {
        request.headers.add("Authorization", "vapid t=" + token + ", k=" + key);
    } else {
        request.headers.add("Authorization", "WebPush " + token);
        request.headers.add("Crypto-Key", message.crypto_key + "p256ecdsa=" + key);
    }
    request.body = std::make_shared<const std::string>(std::move(message.body));
    request.timeout_ms = limits::push_timeout_ms;
    request.oversize = client::Oversize::cut;
    return request;
}

Result<> Sender::settle(const Answer& answer) {
    const auto& [push, status] = answer;
    const auto now = parts_.context.clock.now_ms();
    return parts_.context.db.write([&](Tx& tx) -> Result<> {
        // RFC 8030 5, 7.3: it is over with this subscription.
        if (status == 404 || status == 410) return repo::remove_push_subscription(tx, push.subscription_id);
        const bool again = status == 0 || status == 429 || status >= 500;
        if (again && push.attempts < limits::push_attempts_max)
            return repo::postpone_push(tx, push.subscription_id, push.notification_id,
                                       now + (limits::push_retry_ms << (push.attempts - 1)));
        if (status < 200 || status >= 300)
            log::info("push.given_up", {{"subscription", push.subscription_id}, {"status", status}});
        return repo::finish_push(tx, push.subscription_id, push.notification_id);
    });
}

}  // namespace kith::push
