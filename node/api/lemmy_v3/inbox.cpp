// Answers, mentions and messages.
#include "config/limits/lemmy_api.hpp"
#include "node/api/lemmy/entities.hpp"
#include "node/api/lemmy/messages.hpp"
#include "node/api/lemmy_v3/routes.hpp"
#include "node/api/lemmy_v3/shape.hpp"
#include "node/api/lemmy_v3/words.hpp"
#include "node/community/accounts.hpp"
#include "node/community/messages.hpp"
#include "node/community/notifications.hpp"

#include <array>

namespace kith::lemmy::v3 {

namespace {

using community::NotificationView;
using community::PageRequest;
using community::Viewer;
using http::Exchange;
using json::Writer;

struct Member {
    http::Caller caller;
    model::Actor actor;
    Id read_until = 0;  // those of which nothing else was said
};
Result<Member> member_of(const ApiContext& api, Exchange& exchange) {
    Member out;
    out.caller = TRY(require_member(api, exchange));
    out.actor = TRY(community::actor_by_id(api.community, out.caller.account_id));
    out.read_until = TRY(api.community.db.read([&](sql::Tx& tx) { return community::last_read_notification(tx, out.actor.id); }));
    return out;
}

std::string_view record_of(Told told) { return told == Told::reply ? "comment_reply" : "person_mention"; }

// CommentReplyView or PersonMentionView; v3 has these of comments only.
bool write_told(Writer& w, const ApiContext& api, const Member& member, const NotificationView& view, bool read, Told told) {
    const auto viewer = Viewer::actor(member.actor.id);
    const auto& post = view.post->post;
    const auto comment = community::group_comment(api.community, viewer, post.id);
    const auto thread = community::group_thread(api.community, viewer, post.thread_id);
    if (!comment || !thread) return false;
    w.object().key(record_of(told)).object().member("id", view.notification.id).member("recipient_id", member.actor.id);
    w.member("comment_id", post.id).member("read", read);
    w.member("published", format_iso8601(view.notification.created_at)).end();
    write_comment_members(w, api, *comment, *thread);
    w.key("recipient");
    write_person(w, api, member.actor);
    w.end();
    return true;
}

Result<community::Page<NotificationView>> told_to(const ApiContext& api, const Member& member, bool unread_only, const PageRequest& request) {
    community::NotificationFilter filter{.types = {model::NotificationKind::mention}, .exclude_types = {}, .from_id = {}};
    if (unread_only) filter.unread_above = member.read_until;
    return community::notifications(api.community, member.actor.id, filter, request);
}

Result<> list(const ApiContext& api, Exchange& exchange, Told kind, std::string_view name) {
    const auto member = TRY(member_of(api, exchange));
    const auto& params = *TRY(exchange.params());
    const bool unread_only = params.flag_or("unread_only", false);
    const auto views = TRY(numbered_page<NotificationView>(
        params, [&](const PageRequest& request) { return told_to(api, member, unread_only, request); },
        [&](const NotificationView& view) { return told_by(view, member.actor.id) == kind && view.post->post.is_reply(); }));
    Writer w;
    w.object().key(name).array();
    const auto read = TRY(community::notifications_read(api.community, member.actor.id, views));
    for (std::size_t i = 0; i < views.size(); ++i) write_told(w, api, member, views[i], read[i], kind);
    w.end().end();
    return exchange.json(200, w.take());
}
Result<> replies(const ApiContext& api, Exchange& x) { return list(api, x, Told::reply, "replies"); }
Result<> mentions(const ApiContext& api, Exchange& x) { return list(api, x, Told::mention, "mentions"); }

Result<> mark_told(const ApiContext& api, Exchange& exchange, Told kind, std::string_view key, std::string_view name) {
    const auto member = TRY(member_of(api, exchange));
    const auto& params = *TRY(exchange.params());
    const auto view = TRY(community::notification(api.community, member.actor.id, params.id(key).value_or(0)));
    if (told_by(view, member.actor.id) != kind) return fail(Code::not_found, "Record not found");
    const bool read = params.flag_or("read", true);
    TRY(community::set_notification_seen(api.community, member.actor.id, view.notification.id, read));
    Writer w;
    w.object().key(name);
    if (!write_told(w, api, member, view, read, kind)) return fail(Code::not_found, "Record not found");
    w.end();
    return exchange.json(200, w.take());
}
Result<> mark_reply(const ApiContext& api, Exchange& x) { return mark_told(api, x, Told::reply, "comment_reply_id", "comment_reply_view"); }
Result<> mark_mention(const ApiContext& api, Exchange& x) { return mark_told(api, x, Told::mention, "person_mention_id", "person_mention_view"); }

Result<> mark_all(const ApiContext& api, Exchange& exchange) {
    const auto caller = TRY(require_member(api, exchange));
    TRY(community::see_all_notifications(api.community, caller.account_id));
    return exchange.json(200, R"({"replies":[]})");  // those that are still unread
}

// Each kind for itself, counted up to a bound.
Result<> unread(const ApiContext& api, Exchange& exchange) {
    const auto member = TRY(member_of(api, exchange));
    std::array<int, 3> counts{};
    auto page = TRY(told_to(api, member, true, {.limit = limits::lemmy_v3_unread_counted_max}));
    for (const auto& view : TRY(shown_of(api, member.actor.id, std::move(page.items))))
        if (const auto told = told_by(view, member.actor.id)) {
            const bool of_thread = *told != Told::message && !view.post->post.is_reply();
            if (!of_thread) ++counts[std::size_t(*told)];
        }
    Writer w;
    w.object().member("replies", counts[std::size_t(Told::reply)]).member("mentions", counts[std::size_t(Told::mention)]);
    w.member("private_messages", counts[std::size_t(Told::message)]).end();
    return exchange.json(200, w.take());
}

Result<> messages(const ApiContext& api, Exchange& exchange) {
    const auto caller = TRY(require_member(api, exchange));
    const auto& params = *TRY(exchange.params());
    const auto from = params.id("creator_id");
    const bool unread_only = params.flag_or("unread_only", false);
    Writer w;
    w.object().key("private_messages").array();
    for (const auto& message : TRY(numbered_page<community::Message>(
             params, [&](const PageRequest& request) { return community::messages(api.community, caller.account_id, request); },
             [&](const community::Message& each) { return (!from || each.view.author.id == *from) && (!unread_only || !each.read); })))
        write_message_view(w, api, message.view, caller.account_id);
    w.end().end();
    return exchange.json(200, w.take());
}

Result<> mark_message(const ApiContext& api, Exchange& exchange) {
    const auto caller = TRY(require_member(api, exchange));
    const auto& params = *TRY(exchange.params());
    const auto message = TRY(community::message(api.community, caller.account_id, params.id("private_message_id").value_or(0)));
    if (message.notification_id)
        TRY(community::set_notification_seen(api.community, caller.account_id, *message.notification_id, params.flag_or("read", true)));
    Writer w;
    w.object().key("private_message_view");
    write_message_view(w, api, message.view, caller.account_id);
    w.end();
    return exchange.json(200, w.take());
}

}  // namespace

void add_inbox_routes(http::Router& router, const ApiContext& api) {
    add_endpoints(router, api,
                  {{"GET", "/api/v3/user/replies", replies},
                   {"POST", "/api/v3/comment/mark_as_read", mark_reply},
                   {"GET", "/api/v3/user/mention", mentions},
                   {"POST", "/api/v3/user/mention/mark_as_read", mark_mention},
                   {"POST", "/api/v3/user/mark_all_as_read", mark_all},
                   {"GET", "/api/v3/user/unread_count", unread},
                   {"GET", "/api/v3/private_message/list", messages},
                   {"POST", "/api/v3/private_message/mark_as_read", mark_message}});
}

}  // namespace kith::lemmy::v3
