#include "node/community/post_steps.hpp"

#include "base/json/writer.hpp"
#include "base/text/fold.hpp"
#include "config/limits/community.hpp"
#include "config/limits/personal.hpp"
#include "node/community/conversations.hpp"
#include "node/community/inbound/stamps.hpp"
#include "node/community/notices.hpp"
#include "node/community/notifications.hpp"
#include "node/community/quote_steps.hpp"
#include "storage/repo/actors.hpp"
#include "storage/repo/conversations.hpp"
#include "storage/repo/group_acts.hpp"
#include "storage/repo/group_queue.hpp"
#include "storage/repo/groups.hpp"
#include "storage/repo/jobs.hpp"
#include "storage/repo/post_search.hpp"
#include "storage/repo/posts.hpp"
#include "storage/repo/threads.hpp"
#include "storage/repo/timelines.hpp"

#include <algorithm>

namespace kith::community {

using model::Actor;
using model::Post;
using model::Visibility;
using sql::Tx;

namespace {

Result<> fan_out_or_queue(Tx& tx, const Context& context, repo::FanOut f) {
    f.seen_since = context.clock.now_ms() - limits::home_unseen_ms;
    auto reached = TRY(repo::fan_out(tx, f, 0, limits::home_fan_out_rows_max));
    if (!reached) return {};
    json::Writer w;
    w.object().member("entry", f.entry_id).member("post", f.post_id);
    if (f.boost_id) w.member("boost", *f.boost_id);
    w.member("author", f.author_id);
    if (f.parent_author_id) w.member("parent_author", *f.parent_author_id);
    w.member("audience_only", f.audience_only).member("after", *reached).end();
    auto now = context.clock.now_ms();
    return repo::add_job(tx, {.id = context.ids.next(),
                              .kind = "fan_out",
                              .payload = w.take(),
                              .attempts = 0,
                              .not_before = now,
                              .created_at = now});
}

std::string_view type_name(model::PostKind kind) {
    switch (kind) {
        case model::PostKind::note:
            return "Note";
        case model::PostKind::article:
            return "Article";
        case model::PostKind::page:
            return "Page";
        case model::PostKind::question:
            return "Question";
        case model::PostKind::event:
            return "Event";
        case model::PostKind::video:
            return "Video";
        case model::PostKind::image:
            return "Image";
        case model::PostKind::audio:
            return "Audio";
    }
    return "Note";
}

}  // namespace

namespace {

// The bell: who asked to be told of what somebody posts is told of what begins something.
Result<> tell_subscribers(Tx& tx, const Context& context, const Post& post) {
    if (post.is_reply() || post.visibility > Visibility::followers ||
        post.published_at < context.clock.now_ms() - limits::subscribed_post_age_ms)
        return {};
    for (const auto id : TRY(repo::subscribers_of(tx, post.actor_id, limits::home_fan_out_rows_max)))
        TRY(notify(tx, context, id, model::NotificationKind::status, post.actor_id, post.id));
    return {};
}

}  // namespace

std::string language_at_home(const Post& post, std::optional<Id> boost_id) {
    return boost_id || post.visibility == Visibility::direct ? "" : post.language;
}

Result<> surface_at_home(Tx& tx, const Context& context, const Post& post) {
    TRY(enter_conversations(tx, context, post));
    TRY(tell_subscribers(tx, context, post));
    if (post.visibility == Visibility::group) return {};  // shown by the group's entries
    // A comment in a group's thread belongs to the thread, not to home (architecture: Timelines).
    if (post.group_id && post.is_reply()) return {};
    if (post.local)
        TRY(repo::add_home_entry(
            tx, post.actor_id,
            {.id = post.id, .post_id = post.id, .boost_id = {}, .group_id = {}}));
    return fan_out_or_queue(tx, context,
                            {.entry_id = post.id,
                             .post_id = post.id,
                             .boost_id = {},
                             .author_id = post.actor_id,
                             .parent_author_id = post.in_reply_to_actor_id,
                             .audience_only = post.visibility == Visibility::direct,
                             .language = language_at_home(post, {})});
}

Result<> surface_boost_at_home(Tx& tx, const Context& context, const model::Boost& boost) {
    auto actor = TRY(repo::find_actor(tx, boost.actor_id));
    if (actor && actor->local)
        TRY(repo::add_home_entry(
            tx, boost.actor_id,
            {.id = boost.id, .post_id = boost.post_id, .boost_id = boost.id, .group_id = {}}));
    return fan_out_or_queue(tx, context,
                            {.entry_id = boost.id,
                             .post_id = boost.post_id,
                             .boost_id = boost.id,
                             .author_id = boost.actor_id,
                             .parent_author_id = {}});
}

namespace {

// Whether a thread counts this comment: who took it out of the group, or its author away, counted it off already.
Result<bool> is_counted(Tx& tx, const Post& comment) {
    if (TRY(repo::post_state(tx, comment.id)).removed) return false;
    const auto author = TRY(repo::find_actor(tx, comment.actor_id));
    return author && !author->deleted_at;
}

}  // namespace

Result<> count_post(Tx& tx, const Context&, const Post& post, int by) {
    TRY(repo::add_to_counter(tx, post.actor_id, repo::ActorCounter::posts, by));
    if (by > 0) TRY(repo::set_last_post_at(tx, post.actor_id, post.published_at));
    if (post.in_reply_to_id)
        TRY(repo::add_to_counter(tx, *post.in_reply_to_id, repo::PostCounter::replies, by));
    if (post.group_id && post.is_reply() && (by > 0 || TRY(is_counted(tx, post))))
        TRY(repo::count_comment(tx, post.thread_id, post.published_at, by));
    return {};
}

model::PostEdit wording_of(const Post& post, Id id, TimeMs at, std::vector<std::string> poll_options) {
    return {.id = id,
            .post_id = post.id,
            .title = post.title,
            .content = post.content,
            .source = post.source,
            .summary = post.summary,
            .sensitive = post.sensitive,
            .edited_at = at,
            .poll_options = std::move(poll_options)};
}

Result<> attach_tags(Tx& tx, const Context& context, Id post_id,
                     const std::vector<std::string>& tags) {
    for (const auto& tag : tags) {
        auto id = TRY(repo::tag_id(tx, context.ids.next(), text::fold(tag), tag));
        TRY(repo::add_tag(tx, post_id, id));
    }
    return {};
}

Result<> enter_group(Tx& tx, const Context& context, const Post& post, std::string announce_ap_id) {
    if (!post.group_id || post.is_reply()) return {};
    repo::GroupEntry entry{.id = context.ids.next(),
                           .group_id = *post.group_id,
                           .post_id = post.id,
                           .ap_id = std::move(announce_ap_id)};
    // The id of a remote post is drawn, and may be one of this very moment.
    while (TRY(repo::find_post(tx, entry.id))) entry.id = context.ids.next();
    if (entry.ap_id.empty()) entry.ap_id = context.urls.activity(entry.id);
    TRY(repo::add_group_entry(tx, entry));
    TRY(repo::refresh_group_activity(tx, *post.group_id, context.clock.now_ms()));
    return repo::add_thread(tx, post, *post.group_id);
}

Result<bool> is_given_to(Tx& tx, const Post& post, const Actor& group) {
    if (one_origin(post.ap_id, group.ap_id)) return true;
    const auto parent = post.in_reply_to_id ? TRY(repo::find_post(tx, *post.in_reply_to_id)) : std::optional<Post>{};
    if (parent && parent->group_id == group.id) return true;
    const auto named = TRY(repo::audience_of(tx, post.id));
    return std::find(named.begin(), named.end(), group.id) != named.end();
}

Result<bool> show_in_group(Tx& tx, const Context& context, Post post, const Actor& group, std::string announce_ap_id) {
    if (post.group_id ? *post.group_id != group.id : !TRY(is_given_to(tx, post, group))) return false;
    if (!post.group_id) TRY(repo::set_post_group(tx, post.id, group.id));
    post.group_id = group.id;
    TRY(enter_group(tx, context, post, std::move(announce_ap_id)));
    return true;
}

Result<> notify_mentioned(Tx& tx, const Context& context, const Post& post,
                          const std::vector<Id>& mentioned) {
    for (auto id : mentioned)
        TRY(notify(tx, context, id, model::NotificationKind::mention, post.actor_id, post.id));
    return {};
}

Result<> notify_answered(Tx& tx, const Context& context, const Post& post, const std::vector<Id>& mentioned) {
    if (!post.group_id) return {};
    auto told = mentioned;
    const auto answered = post.in_reply_to_actor_id;
    if (answered && *answered != post.actor_id && std::find(told.begin(), told.end(), *answered) == told.end()) {
        TRY(notify(tx, context, *answered, model::NotificationKind::mention, post.actor_id, post.id));
        told.push_back(*answered);
    }
    return tell_listeners(tx, context, post, told);
}

Result<> notify_of_edit(Tx& tx, const Context& context, const Post& post) {
    for (const auto booster : TRY(repo::local_boosters(tx, post.id, limits::edit_told_max)))
        TRY(notify(tx, context, booster, model::NotificationKind::update, post.actor_id, post.id));
    return notify_quoters(tx, context, post);
}

Result<> remove_post(Tx& tx, const Context& context, const Post& post) {
    if (post.deleted_at) return {};
    auto now = context.clock.now_ms();
    auto author = TRY(repo::find_actor(tx, post.actor_id));
    if (post.visibility == Visibility::direct) TRY(repo::rewind_conversations(tx, post.id));
    TRY(repo::scrub_post(tx, post.id, now));
    TRY(repo::remove_post_words(tx, post.id));
    const bool waited = TRY(repo::find_held(tx, post.id)).has_value();
    if (waited) TRY(repo::drop_held(tx, post.id));
    if (!waited) TRY(count_post(tx, context, post, -1));  // else it was never counted
    if (post.group_id && !post.is_reply()) TRY(repo::remove_thread(tx, post.id));
    return repo::add_tombstone(tx, {.ap_id = post.ap_id,
                                    .former_type = std::string(type_name(post.kind)),
                                    .actor_ap_id = author ? author->ap_id : "",
                                    .deleted_at = now});
}

}  // namespace kith::community
