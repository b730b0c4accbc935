// What moderators do in groups (groups.md 1.3). A group here is moderated by its moderators, wherever they
// are; of other groups it counts what the group itself announces.
#include "base/html/to_text.hpp"
#include "base/json/writer.hpp"
#include "base/text/utf8.hpp"
#include "config/limits/groups.hpp"
#include "federation/vocab/reader.hpp"
#include "node/community/events.hpp"
#include "node/community/group_move.hpp"
#include "node/community/group_moderation.hpp"
#include "node/community/group_queue.hpp"
#include "node/community/group_team.hpp"
#include "node/community/inbound/authors.hpp"
#include "node/community/inbound/handlers.hpp"
#include "node/community/inbound/stamps.hpp"
#include "storage/repo/actors.hpp"
#include "storage/repo/posts.hpp"

#include <algorithm>

namespace kith::community {

using model::GroupAct;
using model::GroupActKind;
using sql::Tx;
using vocab::ActivityType;

namespace {

bool is_lock(std::string_view type) { return type == "Lock"; }
// Not of any standard; Lemmy warns about posts, we about persons as well.
bool is_warning(std::string_view type) { return type == "Warn"; }

// Of kith's own vocabulary (docs/decisions/0032): a comment is shown folded.
bool is_folding(std::string_view type) { return type == "Fold"; }

bool is_undone_by_undo(GroupActKind kind) {
    return kind <= GroupActKind::unban || kind == GroupActKind::warn || kind == GroupActKind::fold_post;
}

// Of a post in a group, by somebody else than its author.
Result<std::optional<GroupAct>> about_post(Tx& tx, const Deed& deed, std::string_view id, GroupActKind kind) {
    const auto post = TRY(repo::find_post_by_ap_id(tx, id));
    if (!post || post->deleted_at || !post->group_id) return std::optional<GroupAct>{};
    const bool takes_away = kind == GroupActKind::remove_post || kind == GroupActKind::restore_post;
    if (takes_away && post->actor_id == deed.actor.id) return std::optional<GroupAct>{};
    if (kind == GroupActKind::fold_post && !post->is_reply()) return std::optional<GroupAct>{};
    GroupAct act;
    act.kind = kind;
    act.group_id = *post->group_id;
    act.post_id = post->id;
    act.target_id = post->actor_id;
    return std::optional(std::move(act));
}

// Said to everybody, not only to whom it is about.
bool is_open(const vocab::Activity& a) {
    const auto names_public = [](const auto& ids) { return std::any_of(ids.begin(), ids.end(), [](const auto& id) { return vocab::is_public(id); }); };
    return names_public(a.to) || names_public(a.cc);
}

Result<std::optional<GroupAct>> about_person(Tx& tx, const model::Actor& group, std::string_view id, GroupActKind kind) {
    const auto person = TRY(repo::find_actor_by_ap_id(tx, id));
    if (!person || person->deleted_at || person->is_group()) return std::optional<GroupAct>{};
    GroupAct act;
    act.kind = kind;
    act.group_id = group.id;
    act.target_id = person->id;
    return std::optional(std::move(act));
}

Result<std::optional<GroupAct>> about_ban(Tx& tx, std::string_view target, std::string_view person, GroupActKind kind) {
    const auto group = TRY(repo::find_actor_by_ap_id(tx, target));
    if (!group || !group->is_group()) return std::optional<GroupAct>{};
    return about_person(tx, *group, person, kind);
}

Result<std::optional<GroupAct>> about_collection(Tx& tx, const Deed& deed) {
    const auto& a = deed.activity;
    const auto group = TRY(repo::find_group_by_collection(tx, a.target));
    if (!group) return std::optional<GroupAct>{};
    const bool adds = a.type == ActivityType::add;
    if (a.target == group->moderators_url)
        return about_person(tx, *group, a.object_id, adds ? GroupActKind::add_moderator : GroupActKind::remove_moderator);
    auto act = TRY(about_post(tx, deed, a.object_id, adds ? GroupActKind::feature_post : GroupActKind::unfeature_post));
    if (act && act->group_id != group->id) act.reset();
    return act;
}

Result<std::optional<GroupAct>> about_warning(Tx& tx, const Deed& deed, std::string_view object, std::string_view group, GroupActKind kind) {
    auto act = TRY(about_post(tx, deed, object, kind));
    if (!act) act = TRY(about_ban(tx, group, object, kind));
    return act;
}

// Embedded, or by the id of what was done.
Result<std::optional<GroupAct>> about_undo(Tx& tx, const Deed& deed) {
    const auto inner = deed.activity.object;
    if (!inner.is_object()) {
        const auto before = TRY(repo::find_group_act_by_ap_id(tx, deed.activity.object_id));
        if (!before || takes_back(before->kind) || !is_undone_by_undo(before->kind)) return std::optional<GroupAct>{};
        GroupAct act = *before;
        act.kind = counterpart(before->kind);
        act.with_posts = false;
        act.expires_at.reset();
        return std::optional(std::move(act));
    }
    const auto object = vocab::id_of(inner["object"]);
    if (vocab::has_type(inner, "Delete")) return about_post(tx, deed, object, GroupActKind::restore_post);
    if (vocab::has_type(inner, "Lock")) return about_post(tx, deed, object, GroupActKind::unlock_post);
    if (vocab::has_type(inner, "Fold")) return about_post(tx, deed, object, GroupActKind::unfold_post);
    if (vocab::has_type(inner, "Block")) return about_ban(tx, vocab::id_of(inner["target"]), object, GroupActKind::unban);
    if (vocab::has_type(inner, "Warn"))
        return about_warning(tx, deed, object, vocab::id_of(inner["audience"]), GroupActKind::withdraw_warning);
    return std::optional<GroupAct>{};
}

Result<std::optional<GroupAct>> meant_by(Tx& tx, const Deed& deed) {
    const auto& a = deed.activity;
    if (is_lock(a.type_name)) return about_post(tx, deed, a.object_id, GroupActKind::lock_post);
    if (is_folding(a.type_name)) return about_post(tx, deed, a.object_id, GroupActKind::fold_post);
    if (is_warning(a.type_name)) return about_warning(tx, deed, a.object_id, a.audience, GroupActKind::warn);
    switch (a.type) {
        case ActivityType::delete_:
            return about_post(tx, deed, a.object_id, GroupActKind::remove_post);
        case ActivityType::block:
            return a.target.empty() ? Result<std::optional<GroupAct>>(std::nullopt)
                                    : about_ban(tx, a.target, a.object_id, GroupActKind::ban);
        case ActivityType::add:
        case ActivityType::remove:
            return about_collection(tx, deed);
        case ActivityType::undo:
            return about_undo(tx, deed);
        default:
            return std::optional<GroupAct>{};
    }
}

// To whom it is about, and nobody else.
Result<> announce_quietly(Tx& tx, const Context& context, const Deed& deed, const GroupAct& act) {
    json::Writer w;
    w.object().key("to").array().value(*act.target_id).end();
    w.member("announce", deed.raw).member("except", deed.actor.host).end();
    return emit(tx, context,
                {.kind = model::EventKind::report_forwarded,
                 .actor_id = act.group_id,
                 .target_id = act.target_id,
                 .group_id = act.group_id,
                 .object_ap_id = deed.activity.id,
                 .payload = w.take()});
}

}  // namespace

bool may_moderate_by(const vocab::Activity& a) {
    return is_lock(a.type_name) || is_warning(a.type_name) || is_folding(a.type_name) || a.type == ActivityType::delete_ || a.type == ActivityType::block ||
           a.type == ActivityType::add || a.type == ActivityType::remove || a.type == ActivityType::undo;
}

Result<std::optional<GroupAct>> moderation_of(Tx& tx, const Context& context, const Deed& deed) {
    auto act = TRY(meant_by(tx, deed));
    if (!act) return act;
    const auto& a = deed.activity;
    act->id = context.ids.next();
    act->moderator_id = deed.actor.id;
    act->reason = utf8::truncate(html::to_text(a.summary), limits::moderation_reason_characters_max);
    act->ap_id = a.id;
    act->at = context.clock.now_ms();
    if (act->kind == GroupActKind::ban) {
        act->expires_at = a.end_time;
        act->with_posts = a.remove_data;
    }
    if (act->kind == GroupActKind::unban) act->with_posts = a.restore_data;
    if (takes_back(act->kind))
        if (const auto before = TRY(repo::last_counterpart(tx, *act))) act->undoes_id = before->id;
    if (act->kind == GroupActKind::warn || act->kind == GroupActKind::withdraw_warning) act->quiet = !is_open(a);
    if (const auto group = TRY(repo::find_actor(tx, act->group_id)))
        if (TRY(is_group_moderator(tx, *group, deed.actor.id))) act->role = model::TeamRole::moderator;
    return act;
}

Result<> authorize_moderation(Tx& tx, const Deed& deed, const GroupAct& act) {
    if (deed.group) {
        if (deed.group->id != act.group_id)
            return fail(Code::forbidden, "a group moderates itself only", deed.group->ap_id);
        return {};
    }
    const auto group = TRY(repo::find_actor(tx, act.group_id));
    if (!group || group->deleted_at) return fail(Code::not_found, "the group is not here any more");
    TRY(refuse_leaving(tx, *group));
    if (!group->local) return fail(Code::forbidden, "the group's host announces what is done in it", group->ap_id);
    if (!TRY(is_group_moderator(tx, *group, deed.actor.id)))
        return fail(Code::forbidden, "the actor does not moderate the group", deed.actor.ap_id);
    return respect_standing(tx, *group, deed.actor.id, act, model::TeamRole::moderator);
}

Result<> apply_moderation(Tx& tx, const Context& context, const Deed& deed, GroupAct act) {
    if (deed.group) {
        // A group acts, whoever it names; in whose name, it says for its own host's people and its moderators only.
        if (act.role == model::TeamRole::none && !one_origin(deed.actor.ap_id, deed.group->ap_id)) act.moderator_id = deed.group->id;
        TRY(apply_group_act(tx, context, act, SoAlready::record));
        return {};
    }
    const auto group = TRY(require_group(tx, act.group_id));
    const bool was_held = act.post_id && TRY(is_kept_back(tx, *act.post_id));
    const bool proposed = TRY(weigh_ban(tx, context, group, act));
    if (!TRY(apply_group_act(tx, context, act, SoAlready::leave))) return {};
    TRY(settle_proposal(tx, context, act, proposed));
    if (was_held) return {};  // nobody else has it
    // What came is not what is done: the group says itself what is.
    if (proposed) return tell_hosts(tx, context, act, {.by = act.group_id, .ap_id = context.urls.activity(act.id)});
    if (act.quiet) return announce_quietly(tx, context, deed, act);
    return emit(tx, context,
                {.kind = model::EventKind::group_relayed,
                 .actor_id = deed.actor.id,
                 .local = false,
                 .post_id = act.post_id,
                 .target_id = act.target_id,
                 .group_id = act.group_id,
                 .object_ap_id = deed.activity.id,
                 .payload = deed.raw});
}

Result<> resolve_moderation(Context& context, const vocab::Activity& a, inbox::Fetcher& fetcher, DeedPlan& plan) {
    if (a.type != ActivityType::add) return {};
    const auto group = TRY(context.db.read([&](Tx& tx) { return repo::find_group_by_collection(tx, a.target); }));
    if (!group || a.target != group->moderators_url) return {};
    TRY(fetch_author(context, a.object_id, fetcher, plan));
    return {};
}

}  // namespace kith::community
