#include "node/stream/feed.hpp"

#include "base/core/log.hpp"
#include "config/limits/stream.hpp"
#include "node/community/notifications.hpp"
#include "node/stream/audience.hpp"
#include "storage/repo/posts.hpp"
#include "storage/repo/relations.hpp"
#include "storage/repo/streams.hpp"

#include <algorithm>

namespace kith::stream {

using community::Entry;
using model::Event;
using model::EventKind;
using sql::Tx;

namespace {

constexpr Channel homes{.kind = ChannelKind::user, .tag = {}};
constexpr Channel notices{.kind = ChannelKind::user_notification, .tag = {}};
constexpr Channel conversations{.kind = ChannelKind::direct, .tag = {}};

}  // namespace

void Feed::start() {
    thread_ = Thread("stream-feed", [this] { run(); });
}

void Feed::stop() {
    {
        std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    changed_.notify_all();
    thread_.join();
}

void Feed::notify() {
    {
        std::lock_guard lock(mutex_);
        notified_ = true;
    }
    changed_.notify_all();
}

void Feed::run() {
    for (;;) {
        if (auto done = step(); !done)
            log::warn("stream.failed", {{"error", done.error().safe_text}, {"detail", done.error().detail}});
        std::unique_lock lock(mutex_);
        context_.clock.wait_until(changed_, lock, context_.clock.now_ms() + limits::stream_poll_ms,
                                  [this] { return notified_ || stopping_; });
        if (stopping_) return;
        notified_ = false;
    }
}

Result<> Feed::step() {
    if (listeners_.empty()) {
        const auto news = TRY(context_.db.read([](Tx& tx) { return repo::last_news(tx); }));
        // Who began to listen meanwhile loses nothing: what they may have missed is read again.
        if (listeners_.empty()) {
            last_event_ = news.event;
            last_notification_ = news.notification;
        }
        return {};
    }
    TRY(check_tokens());
    announcements_.clear();
    TRY(context_.db.read([this](Tx& tx) -> Result<> {
        TRY(read_events(tx));
        return read_notifications(tx);
    }));
    for (const auto id : announcements_)
        if (const auto text = voice_.announcement(id); !text.empty()) tell_all_members("announcement", text);
    return {};
}

Result<> Feed::check_tokens() {
    const auto now = context_.clock.now_ms();
    if (now < tokens_checked_at_ + limits::stream_token_check_ms) return {};
    tokens_checked_at_ = now;
    const auto listening = listeners_.tokens();
    std::vector<Id> tokens;
    for (const auto& [session, token] : listening) tokens.push_back(token);
    const auto good = TRY(context_.db.read([&](Tx& tx) { return repo::good_tokens(tx, tokens); }));
    const std::set<Id> known(good.begin(), good.end());
    std::vector<SessionId> over;
    for (const auto& [session, token] : listening)
        if (!known.contains(token)) over.push_back(session);
    if (!over.empty()) outlet_.cut_off(std::move(over));
    return {};
}

// Ids of one process rise with its commits, those of several need not: there what is a little older
// than the newest is read again.
Result<> Feed::read_events(Tx& tx) {
    const bool several = tx.dialect().engine() == sql::Engine::postgres;
    const auto margin = several ? first_id_at(id_time_ms(last_event_) - limits::stream_overtaken_ms) : last_event_;
    for (const auto& event : TRY(repo::events_since(tx, std::min(margin, last_event_), limits::stream_events_max))) {
        if (several && !told_.insert(event.id).second) continue;
        last_event_ = std::max(last_event_, event.id);
        // What cannot be told is passed over, not tried for ever.
        if (auto told = tell(tx, event); !told)
            log::warn("stream.event_failed", {{"event", event.id}, {"error", told.error().safe_text},
                                              {"detail", told.error().detail}});
    }
    told_.erase(told_.begin(), told_.lower_bound(std::min(margin, last_event_)));
    return {};
}

Result<> Feed::tell(Tx& tx, const Event& event) {
    switch (event.kind) {
        case EventKind::post_created:
            return tell_post(tx, event, "update");
        case EventKind::post_updated:
            return tell_post(tx, event, "status.update");
        case EventKind::post_deleted:
            return tell_deletion(tx, event);
        case EventKind::boost_added:
            return tell_boost(tx, event);
        case EventKind::filters_changed:
            return tell_account(event.actor_id, "filters_changed", ""), Result<>{};
        case EventKind::notifications_merged:
            return tell_account(event.actor_id, "notifications_merged", "1"), Result<>{};
        case EventKind::announcement_added:
            return announcements_.push_back(event.target_id.value_or(0)), Result<>{};
        case EventKind::announcement_removed:
            return tell_all_members("announcement.delete", std::to_string(event.target_id.value_or(0))), Result<>{};
        case EventKind::announcement_reacted:
            return tell_all_members("announcement.reaction", event.payload), Result<>{};
        default:
            return {};
    }
}

Result<> Feed::tell_post(Tx& tx, const Event& event, std::string_view name) {
    const auto post = TRY(repo::find_post(tx, event.post_id.value_or(0)));
    if (!post || post->deleted_at) return {};
    const bool created = event.kind == EventKind::post_created;
    if (created && post->published_at < context_.clock.now_ms() - limits::stream_post_age_ms) return {};
    const Showing showing{tx, context_, listeners_, voice_, outlet_};
    TRY(show_everywhere(showing, name, *post));
    for (const auto& entry : TRY(repo::group_entries_of(tx, post->id)))
        TRY(show_in_homes(showing, name,
                          Entry{.id = entry.id, .post_id = post->id, .boost_id = {}, .group_id = entry.group_id}, *post));
    if (!created || post->visibility != model::Visibility::direct) return {};
    for (const auto& row : TRY(repo::conversations_ending_with(tx, post->id, listeners_.accounts(conversations)))) {
        const auto view = TRY(community::load_conversation(tx, row.owner_id, row.id));
        outlet_.send(listeners_.sessions(conversations, {row.owner_id}),
                     make_message(conversations, "conversation", voice_.conversation(row.owner_id, view)));
    }
    return {};
}

Result<> Feed::tell_boost(Tx& tx, const Event& event) {
    const auto post = TRY(repo::find_post(tx, event.post_id.value_or(0)));
    const auto boost = TRY(repo::find_boost(tx, event.actor_id, event.post_id.value_or(0)));
    if (!post || post->deleted_at || !boost) return {};
    return show_in_homes({tx, context_, listeners_, voice_, outlet_}, "update",
                         Entry{.id = boost->id, .post_id = post->id, .boost_id = boost->id, .group_id = {}}, *post);
}

// Of a post that was open everybody may hear that it is gone; of another one those who could see it.
Result<> Feed::tell_deletion(Tx& tx, const Event& event) {
    const auto post = TRY(repo::find_post(tx, event.post_id.value_or(0)));
    if (!post) return {};
    const auto id = std::to_string(post->id);
    const bool open =
        post->visibility == model::Visibility::public_ || post->visibility == model::Visibility::unlisted;
    if (open) {
        for (const auto& channel : listeners_.channels())
            if (channel != notices && channel != conversations)
                outlet_.send(listeners_.sessions(channel), make_message(channel, "delete", id));
        return {};
    }
    auto concerned = TRY(repo::audience_of(tx, post->id));
    concerned.push_back(post->actor_id);
    const auto listening = listeners_.accounts(homes);
    const auto followed = post->visibility == model::Visibility::group ? post->group_id : std::optional(post->actor_id);
    if (post->visibility != model::Visibility::direct && followed)
        for (const auto account : TRY(repo::followers_among(tx, *followed, listening))) concerned.push_back(account);
    outlet_.send(listeners_.sessions(homes, {concerned.begin(), concerned.end()}), make_message(homes, "delete", id));
    return {};
}

Result<> Feed::read_notifications(Tx& tx) {
    const bool several = tx.dialect().engine() == sql::Engine::postgres;
    const auto margin =
        several ? first_id_at(id_time_ms(last_notification_) - limits::stream_overtaken_ms) : last_notification_;
    for (const auto& row :
         TRY(repo::notifications_since(tx, std::min(margin, last_notification_), limits::stream_events_max))) {
        if (several && !told_.insert(row.id).second) continue;
        last_notification_ = std::max(last_notification_, row.id);
        if (auto told = tell_notification(tx, row); !told)
            log::warn("stream.notification_failed", {{"notification", row.id}, {"error", told.error().safe_text},
                                                     {"detail", told.error().detail}});
    }
    return {};
}

Result<> Feed::tell_notification(Tx& tx, const model::Notification& row) {
    std::vector<Channel> channels;
    for (const auto& channel : {homes, notices})
        if (!listeners_.sessions(channel, {row.owner_id}).empty()) channels.push_back(channel);
    if (channels.empty()) return {};
    const auto views = TRY(community::load_notifications(tx, context_, row.owner_id, {row}));
    if (views.empty()) return {};
    const auto text = voice_.notification(row.owner_id, views.front());
    for (const auto& channel : channels)
        outlet_.send(listeners_.sessions(channel, {row.owner_id}), make_message(channel, "notification", text));
    return {};
}

void Feed::tell_all_members(std::string_view event, std::string_view payload) {
    outlet_.send(listeners_.sessions(homes), make_message(homes, event, payload));
}

void Feed::tell_account(Id account, std::string_view event, std::string_view payload) {
    outlet_.send(listeners_.sessions(homes, {account}), make_message(homes, event, payload));
}

}  // namespace kith::stream
