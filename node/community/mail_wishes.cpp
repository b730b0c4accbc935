#include "node/community/mail_wishes.hpp"

#include "base/crypto/digest.hpp"
#include "base/html/to_text.hpp"
#include "base/text/utf8.hpp"
#include "config/limits/mail.hpp"
#include "node/community/accounts.hpp"
#include "node/community/mail.hpp"
#include "node/community/notifications.hpp"
#include "storage/repo/accounts.hpp"
#include "storage/repo/actors.hpp"
#include "storage/repo/mail_wishes.hpp"
#include "storage/repo/threads.hpp"

#include <algorithm>
#include <map>

namespace kith::community {

using model::NotificationKind;
using repo::MailWish;
using sql::Tx;

namespace {

TimeMs period_of(Digest digest) {
    return digest == Digest::daily ? day_ms : digest == Digest::weekly ? 7 * day_ms : 0;
}

Result<std::int64_t> bits_of(const std::vector<std::string>& names) {
    std::int64_t bits = 0;
    for (const auto& name : names) {
        const auto found = std::ranges::find(mail_notice_kinds, name, &MailNoticeKind::name);
        if (found == mail_notice_kinds.end())
            return fail(Code::unprocessable, "Validation failed: there are no letters about " + name);
        bits |= MailWish::bit(found->kind);
    }
    return bits;
}

std::string excerpt(const PostView& view) {
    const auto text = view.post.summary.empty() ? html::to_text(view.post.content) : view.post.summary;
    auto line = std::string(utf8::truncate(text, limits::mail_excerpt_characters));
    std::ranges::replace(line, '\n', ' ');
    return line;
}

std::string_view deed_of(NotificationKind kind) {
    switch (kind) {
        case NotificationKind::mention: return "wrote to you";
        case NotificationKind::quote: return "quoted you";
        case NotificationKind::follow: return "follows you";
        case NotificationKind::follow_request: return "asks to follow you";
        case NotificationKind::favourite: return "likes what you wrote";
        case NotificationKind::reblog: return "showed others what you wrote";
        case NotificationKind::poll: return "has a poll that ended";
        default: return "wrote something new";
    }
}

std::string line_of(const Context& context, const NotificationView& view) {
    auto line = "* @" + acct_of(context, view.from) + " " + std::string(deed_of(view.notification.kind)) + "\n";
    if (view.post) line += "  " + excerpt(*view.post) + "\n  " + context.urls.post(view.post->post.id) + "\n";
    return line;
}

// Its own notifications that are new since the last letter, and that the member has not read here.
Result<std::vector<NotificationView>> untold(Tx& tx, const Context& context, const MailWish& wish) {
    NotificationFilter filter;
    for (const auto& known : mail_notice_kinds)
        if (wish.kinds & MailWish::bit(known.kind)) filter.types.push_back(known.kind);
    if (filter.types.empty()) return std::vector<NotificationView>();
    const repo::Window window{.above = std::max(wish.told_until, TRY(last_read_notification(tx, wish.actor_id))),
                              .limit = limits::mail_notices_max};
    const auto rows = TRY(repo::notifications_page(tx, wish.actor_id, rows_of(filter), context.clock.now_ms(), window));
    return load_notifications(tx, context, wish.actor_id, rows);
}

// What the member's groups talked about since the last digest, what met with most agreement first.
Result<std::vector<PostView>> talked_about(Tx& tx, const MailWish& wish) {
    const repo::ThreadQuery query{.follower_id = wish.actor_id,
                                  .order = repo::ThreadOrder::top,
                                  .since = wish.digest_since,
                                  .limit = limits::mail_threads_max};
    std::vector<Entry> entries;
    for (const auto& row : TRY(repo::threads_page(tx, wish.actor_id, query)))
        entries.push_back({.id = row.post_id, .post_id = row.post_id});
    auto views = TRY(load_views(tx, Viewer::actor(wish.actor_id), entries));
    std::erase_if(views, [&](const PostView& view) { return view.author.id == wish.actor_id; });
    return views;
}

std::string thread_line(const Context& context, const PostView& view) {
    const auto title = view.post.title.empty() ? excerpt(view) : view.post.title;
    return "* " + title + "\n  @" + acct_of(context, view.author) + (view.group ? " in " + view.group->username : "") + ", " +
           std::to_string(view.post.replies_count) + " replies, " + std::to_string(view.post.likes_count) + " likes\n  " +
           context.urls.post(view.post.id) + "\n";
}

Result<std::string> stop_link(Tx& tx, const Context& context, Id actor) {
    const auto token = context.random.token(32);
    TRY(repo::add_mail_stop(tx, crypto::hash_secret(token), actor, context.clock.now_ms() + limits::mail_stop_ms));
    return context.urls.base() + "/mail/stop?token=" + token;
}

Result<> send(Tx& tx, const Context& context, const model::User& user, const std::string& subject, std::string text) {
    const auto stop = TRY(stop_link(tx, context, user.actor_id));
    text += "\nNo more of these letters: " + stop + "\n";
    return queue_mail(tx, context, {.to = user.email, .subject = subject, .text = text, .stop_url = stop});
}

Result<> write_notices(Tx& tx, const Context& context, const model::User& user, MailWish& wish) {
    wish.notices_due.reset();
    const auto views = TRY(untold(tx, context, wish));
    if (views.empty()) return {};
    wish.told_until = views.front().notification.id;
    std::string text;
    for (const auto& view : views) text += line_of(context, view);
    const auto count = views.size();
    const auto subject = count == 1 ? "@" + acct_of(context, views[0].from) + " " + std::string(deed_of(views[0].notification.kind))
                                    : std::to_string(count) + " things happened on " + context.config.server.title;
    return send(tx, context, user, subject, text);
}

Result<> write_digest(Tx& tx, const Context& context, const model::User& user, MailWish& wish) {
    const auto now = context.clock.now_ms();
    wish.digest_due = now + wish.digest_every_ms;
    const auto threads = TRY(talked_about(tx, wish));
    wish.digest_since = now;
    if (threads.empty()) return {};
    std::string text = "What your groups talked about:\n\n";
    for (const auto& view : threads) text += thread_line(context, view);
    return send(tx, context, user, "What your groups talk about", text);
}

// Who cannot sign in, or has not confirmed the address, is sent nothing.
bool may_be_written_to(const std::optional<model::User>& user, const std::optional<model::Actor>& actor) {
    return user && actor && !user->email.empty() && user->confirmed_at && !user->disabled_at && !actor->suspended_at &&
           !actor->deleted_at;
}

Result<> write_letters(Tx& tx, const Context& context, MailWish wish) {
    const auto now = context.clock.now_ms();
    const auto user = TRY(repo::find_user_by_actor(tx, wish.actor_id));
    if (!may_be_written_to(user, TRY(repo::find_actor(tx, wish.actor_id)))) return repo::remove_mail_wish(tx, wish.actor_id);
    if (wish.notices_due && *wish.notices_due <= now) TRY(write_notices(tx, context, *user, wish));
    if (wish.digest_due && *wish.digest_due <= now) TRY(write_digest(tx, context, *user, wish));
    return repo::put_mail_wish(tx, wish);
}

}  // namespace

Result<MailWishes> mail_wishes(Context& context, Id actor) {
    const auto wish = TRY(context.db.read([&](Tx& tx) { return repo::find_mail_wish(tx, actor); }));
    MailWishes out;
    if (!wish) return out;
    for (const auto& known : mail_notice_kinds)
        if (wish->kinds & MailWish::bit(known.kind)) out.notices.emplace_back(known.name);
    out.digest = wish->digest_every_ms == 0 ? Digest::never : wish->digest_every_ms == day_ms ? Digest::daily : Digest::weekly;
    return out;
}

Result<> set_mail_wishes(Context& context, Id actor, const MailWishes& wanted) {
    const auto bits = TRY(bits_of(wanted.notices));
    const auto every = period_of(wanted.digest);
    if ((bits || every) && context.config.mail.server.empty())
        return fail(Code::unsupported, "This server sends no mail");
    return context.db.write([&context, actor, bits, every](Tx& tx) -> Result<> {
        if (!bits && !every) return repo::remove_mail_wish(tx, actor);
        const auto now = context.clock.now_ms();
        auto wish = TRY(repo::find_mail_wish(tx, actor)).value_or(MailWish{.actor_id = actor, .digest_since = now});
        if (!wish.kinds && bits) wish.told_until = TRY(last_read_notification(tx, actor));
        wish.kinds = bits;
        if (wish.digest_every_ms != every) wish.digest_due = every ? std::optional(now + every) : std::nullopt;
        wish.digest_every_ms = every;
        return repo::put_mail_wish(tx, wish);
    });
}

Result<> stop_mail(Context& context, std::string_view token) {
    const auto hash = crypto::hash_secret(token);
    return context.db.write([&context, hash](Tx& tx) -> Result<> {
        const auto actor = TRY(repo::actor_of_mail_stop(tx, hash, context.clock.now_ms()));
        if (!actor) return fail(Code::not_found, "This link is not good any more. The newest letter has one that works.");
        return repo::remove_mail_wish(tx, *actor);
    });
}

Result<> write_due_mail(Context& context) {
    const auto now = context.clock.now_ms();
    const auto due = TRY(context.db.read([&](Tx& tx) { return repo::due_mail_wishes(tx, now, limits::mail_wishes_at_once); }));
    for (const auto& wish : due) TRY(context.db.write([&](Tx& tx) { return write_letters(tx, context, wish); }));
    return context.db.write([now](Tx& tx) { return repo::trim_mail_stops(tx, now); });
}

}  // namespace kith::community
