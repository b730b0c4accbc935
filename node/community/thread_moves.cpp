#include "node/community/thread_moves.hpp"

#include "base/json/view.hpp"
#include "base/json/writer.hpp"
#include "base/text/strings.hpp"
#include "base/text/utf8.hpp"
#include "config/limits/group_moves.hpp"
#include "config/limits/groups.hpp"
#include "node/community/events.hpp"
#include "node/community/group_moderation.hpp"
#include "node/community/group_move.hpp"
#include "storage/repo/accounts.hpp"
#include "storage/repo/actors.hpp"
#include "storage/repo/group_acts.hpp"
#include "storage/repo/group_moves.hpp"
#include "storage/repo/groups.hpp"
#include "storage/repo/jobs.hpp"
#include "storage/repo/posts.hpp"

namespace kith::community {

using model::Actor;
using model::GroupActKind;
using model::Post;
using sql::Tx;

namespace {

Failure not_found() { return fail(Code::not_found, "Record not found"); }
Failure invalid(std::string what) { return fail(Code::unprocessable, "Validation failed: " + std::move(what)); }

Result<Actor> local_group(Tx& tx, Id id) {
    auto group = TRY(repo::find_actor(tx, id));
    if (!group || !group->local || !group->is_group() || group->deleted_at || group->suspended_at) return not_found();
    TRY(refuse_leaving(tx, *group));
    return std::move(*group);
}

Result<> require_moderator_of(Tx& tx, const Actor& group, Id actor) {
    if (TRY(is_group_moderator(tx, group, actor))) return {};
    const auto user = TRY(repo::find_user_by_actor(tx, actor));
    if (user && !user->disabled_at && user->role >= model::UserRole::moderator) return {};
    return fail(Code::forbidden, "Only who moderates both groups moves threads between them");
}

Result<> log_line(Tx& tx, const Context& context, const ThreadMove& move, GroupActKind kind) {
    const bool away = kind == GroupActKind::move_thread_away;
    model::GroupAct act;
    act.id = context.ids.next();
    act.kind = kind;
    act.group_id = away ? move.from.id : move.to.id;
    act.moderator_id = move.moderator_id;
    act.post_id = move.first.id;
    act.target_id = move.first.actor_id;
    act.reason = move.reason;
    act.ap_id = away ? move.ap_id : move.ap_id + "#here";
    act.at = context.clock.now_ms();
    TRY(repo::add_group_act(tx, act));
    return {};
}

// Comments that are still in the old group; gives the last one's id, or nothing where these were all.
Result<std::optional<Id>> move_comments(Tx& tx, Id thread, Id from, Id to, Id after) {
    const auto posts = TRY(repo::posts_in_thread(tx, thread, after, limits::rehomed_posts_per_write));
    for (const auto id : posts)
        if (const auto post = TRY(repo::find_post(tx, id)); post && post->group_id == from) TRY(repo::set_place(tx, id, to));
    if (int(posts.size()) < limits::rehomed_posts_per_write) return std::optional<Id>{};
    return std::optional(posts.back());
}

std::string payload_of(Id thread, Id from, Id to, Id after) {
    json::Writer w;
    w.object().member("thread", thread).member("from", from).member("to", to).member("after", after).end();
    return w.take();
}

}  // namespace

Result<bool> apply_thread_move(Tx& tx, const Context& context, const ThreadMove& move) {
    if (move.first.group_id != move.from.id || move.from.id == move.to.id) return false;
    TRY(repo::set_place(tx, move.first.id, move.to.id));
    // The entry keeps its number, so that what led to it leads to it still.
    const auto entry = TRY(repo::find_group_entry_of(tx, move.from.id, move.first.id));
    if (entry) TRY(repo::move_entry(tx, move.from.id, move.first.id, move.to.id, move.to.local ? context.urls.activity(context.ids.next()) : std::string()));
    TRY(repo::unpin(tx, move.from.id, move.first.id));
    TRY(repo::note_moved_thread(tx, move.first.id, move.from.id, context.clock.now_ms()));
    TRY(log_line(tx, context, move, GroupActKind::move_thread_away));
    TRY(log_line(tx, context, move, GroupActKind::move_thread_here));
    const auto reached = TRY(move_comments(tx, move.first.id, move.from.id, move.to.id, 0));
    if (!reached) return true;
    const auto now = context.clock.now_ms();
    TRY(repo::add_job(tx, {.id = context.ids.next(),
                           .kind = std::string(thread_move_job),
                           .payload = payload_of(move.first.id, move.from.id, move.to.id, *reached),
                           .not_before = now,
                           .created_at = now}));
    return true;
}

Result<std::optional<std::string>> continue_thread_move(Context& context, const std::string& payload) {
    const auto p = TRY(json::Document::parse(payload));
    const auto thread = TRY(p["thread"].integer()), from = TRY(p["from"].integer()), to = TRY(p["to"].integer()), after = TRY(p["after"].integer());
    const auto reached = TRY(context.db.write([thread, from, to, after](Tx& tx) { return move_comments(tx, thread, from, to, after); }));
    if (!reached) return std::optional<std::string>{};
    return std::optional(payload_of(thread, from, to, *reached));
}

Result<> move_thread(Context& context, Id moderator, const NewThreadMove& wanted) {
    return context.db.write([&context, moderator, wanted](Tx& tx) -> Result<> {
        ThreadMove move;
        move.from = TRY(local_group(tx, wanted.from_id));
        move.to = TRY(local_group(tx, wanted.to_id));
        for (const auto* group : {&move.from, &move.to}) TRY(require_moderator_of(tx, *group, moderator));
        const auto post = TRY(repo::find_post(tx, wanted.post_id));
        if (!post || post->deleted_at || post->group_id != move.from.id) return not_found();
        if (move.from.id == move.to.id) return invalid("it is in that group already");
        if (post->is_reply()) return invalid("only whole threads move, by their first post");
        if (post->visibility == model::Visibility::group) return invalid("what is for the members of one group is not shown to those of another");
        move.first = *post;
        move.moderator_id = moderator;
        move.reason = std::string(text::trim(wanted.reason));
        if (utf8::length(move.reason) > limits::moderation_reason_characters_max) return invalid("Reason is too long");
        move.ap_id = context.urls.activity(context.ids.next());
        TRY(apply_thread_move(tx, context, move));
        return emit(tx, context,
                    {.kind = model::EventKind::thread_moved,
                     .actor_id = moderator,
                     .post_id = post->id,
                     .target_id = move.to.id,
                     .group_id = move.from.id,
                     .object_ap_id = move.ap_id});
    });
}

}  // namespace kith::community
