// What is told to members at once: streams and pushes; what links lead to; and who is woken by news.
#include "node/api/mastodon/notification.hpp"
#include "node/api/oauth/scopes.hpp"
#include "node/community/lists.hpp"
#include "node/community/push.hpp"
#include "node/main/node_parts.hpp"

namespace kith {

Result<> Node::Parts::open_news() {
    auto& s = *store;
    streams = std::make_unique<stream::Server>(
        listeners, stream::Gate{.who_holds = [this](std::string_view token) -> std::optional<http::Caller> {
                                    auto caller = authenticator->caller_of(token);
                                    return caller && !caller->waits ? std::optional(std::move(*caller)) : std::nullopt;
                                },
                                .covers = [](const http::Caller& caller, std::string_view scope) {
                                    return oauth::covers(caller.scopes, scope);
                                },
                                .owns_list = [this](const http::Caller& caller, Id list) {
                                    return community::list_by_id(context(), caller.account_id, list).has_value();
                                }});
    stream_voice = std::make_unique<StreamVoice>(context());
    feed = std::make_unique<stream::Feed>(context(), listeners, *stream_voice, *streams);
    handover = std::make_unique<StreamHandover>(*streams);
    TRY(community::ensure_vapid_key(context()));
    push_sender = std::make_unique<push::Sender>(push::SenderParts{.context = context(),
                                                                   .transport = *fetching,
                                                                   .key = TRY(community::vapid_key(context())),
                                                                   .type_of = mastodon::notification_type});
    link_reader = std::make_unique<links::Reader>(links::ReaderParts{
        .context = context(),
        .transport = *fetching,
        .suspended = [this](const std::string& host) { return blocks->suspended(host); },
        .find_account = [this](std::string_view handle) { return lookup->resolve_account(handle); },
        .look_at = [this](const std::string& url) { return look_at(url); }});
    s.db->on_news([this] {
        publisher->notify();
        feed->notify();
        push_sender->notify();
        link_reader->notify();
        catch_up->notify();
    });
    return {};
}

}  // namespace kith
