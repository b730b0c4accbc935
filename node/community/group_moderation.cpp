#include "node/community/group_moderation.hpp"

#include "base/json/writer.hpp"
#include "base/text/strings.hpp"
#include "base/text/utf8.hpp"
#include "config/limits/groups.hpp"
#include "node/community/events.hpp"
#include "node/community/group_move.hpp"
#include "node/community/group_queue.hpp"
#include "node/community/group_team.hpp"
#include "node/community/groups.hpp"
#include "node/community/page_window.hpp"
#include "storage/repo/actors.hpp"
#include "storage/repo/comment_marks.hpp"
#include "storage/repo/group_queue.hpp"
#include "storage/repo/groups.hpp"
#include "storage/repo/notifications.hpp"
#include "storage/repo/personal.hpp"
#include "storage/repo/posts.hpp"
#include "storage/repo/threads.hpp"

#include <algorithm>
#include <array>

namespace kith::community {

using model::Actor;
using model::GroupAct;
using model::GroupActKind;
using model::GroupRole;
using model::TeamRole;
using sql::Tx;

namespace {

// One place is empty: nothing takes a change of the group back.
constexpr std::array<std::string_view, 26> names{"remove_post",    "restore_post",  "lock_post",        "unlock_post", "feature_post",
                                                 "unfeature_post", "ban",           "unban",            "add_moderator",
                                                 "remove_moderator", "warn",        "withdraw_warning", "ask_edit",
                                                 "close_edit_request", "hold_post", "approve_post",     "give_role",   "take_role",
                                                 "move_thread_away", "move_thread_here", "change_group",     "",
                                                 "fold_post",      "unfold_post",   "choose_answer",    "unchoose_answer"};

// What happened, to whom it happened.
constexpr std::array<std::string_view, 26> told_deeds{
    "your post was taken out", "your post is back", "the thread below your post is locked", "the thread below your post is open again",
    "your post is shown first", "your post is not shown first any more", "you are banned", "your ban was lifted",
    "you are a moderator now", "you are no moderator any more", "you are warned", "a warning was withdrawn",
    "please change your post", "you changed your post", "your post waits to be looked at", "your post was let out",
    "you were given a role", "a role was taken from you",
    "your thread was moved to another group", "your thread was moved here", "the group was changed", "",
    "your comment is shown folded", "your comment is not shown folded any more", "an answer was chosen", "an answer was taken back"};
constexpr std::string_view time_out_deed = "you have a time-out";

Failure not_found() { return fail(Code::not_found, "Record not found"); }
Failure invalid(std::string what) { return fail(Code::unprocessable, "Validation failed: " + std::move(what)); }

bool is_folding(GroupActKind kind) { return kind == GroupActKind::fold_post || kind == GroupActKind::unfold_post; }

// A warning is about a post where one is named.
bool is_about_post(const NewGroupAct& wanted) {
    using enum GroupActKind;
    const auto kind = wanted.kind;
    if (kind == warn || kind == withdraw_warning) return wanted.post_id.has_value();
    return kind <= unfeature_post || (kind >= ask_edit && kind <= approve_post) || is_folding(kind);
}

// Who loses something, or is asked for something, is told why; stepping down needs no excuse.
bool needs_reason(const GroupAct& act) {
    using enum GroupActKind;
    const bool steps_down = act.target_id == act.moderator_id;
    return act.kind == remove_post || act.kind == lock_post || act.kind == ban || act.kind == remove_moderator ||
           act.kind == warn || act.kind == ask_edit || act.kind == fold_post || (act.kind == take_role && !steps_down);
}

// Whom an act concerns, so that they are told.
bool concerns_target(GroupActKind kind) {
    using enum GroupActKind;
    return kind != feature_post && kind != unfeature_post && kind != close_edit_request;
}

// How long somebody has had a say: the owner 0, moderators by seniority, others last.
Result<std::size_t> standing(Tx& tx, const Actor& group, Id actor) {
    const auto moderators = TRY(group_moderators_of(tx, group));
    const auto found = std::find_if(moderators.begin(), moderators.end(), [&](const Actor& a) { return a.id == actor; });
    return std::size_t(found - moderators.begin());
}

}  // namespace

Result<> respect_standing(Tx& tx, const Actor& group, Id moderator, const GroupAct& act, TeamRole role) {
    using enum GroupActKind;
    const bool against = act.kind == ban || act.kind == remove_moderator || act.kind == warn || act.kind == lock_post ||
                         act.kind == ask_edit || act.kind == fold_post;
    if (act.kind == remove_moderator && act.target_id == moderator) return {};  // one may step down
    if (!against || !act.target_id || role == TeamRole::node) return {};
    const auto mine = TRY(standing(tx, group, moderator)), theirs = TRY(standing(tx, group, *act.target_id));
    const bool they_moderate = theirs < TRY(group_moderators_of(tx, group)).size();
    const bool takes = act.kind == ban || act.kind == remove_moderator;
    if (they_moderate && (takes ? theirs <= mine : role < TeamRole::moderator))
        return fail(Code::forbidden, "They have moderated the group for longer");
    return {};
}

namespace {

// Who lets waiting posts out may refuse them, too.
Result<TeamRole> authorize(Tx& tx, const Actor& group, Id moderator, const GroupAct& act, bool was_held) {
    const bool gives_up = act.kind == GroupActKind::remove_moderator || act.kind == GroupActKind::take_role;
    if (gives_up && act.target_id == moderator) {  // one may step down
        const auto role = TRY(team_role(tx, group, moderator));
        if (role != TeamRole::none) return role;
    }
    const bool refuses = was_held && act.kind == GroupActKind::remove_post;
    const auto role = TRY(require_right(tx, group, moderator, refuses ? GroupRight::approve : right_for(act.kind)));
    TRY(respect_standing(tx, group, moderator, act, role));
    return role;
}

// Warnings are between the team and whom they are about, unless they are given in the open; so are requests
// for an edit, and letting a newcomer's post out. What takes an act back is as quiet as that was.
Result<> set_quiet(Tx& tx, GroupAct& act, bool open) {
    using enum GroupActKind;
    if (act.kind == warn) act.quiet = !open;
    if (act.kind == ask_edit || act.kind == close_edit_request) act.quiet = true;
    if (act.kind != withdraw_warning && act.kind != approve_post) return {};
    const auto before = act.undoes_id ? TRY(repo::find_group_act(tx, *act.undoes_id)) : std::nullopt;
    act.quiet = !before || before->quiet;
    return {};
}

Result<GroupAct> act_of(Tx& tx, const Context& context, const Actor& group, Id moderator, const NewGroupAct& wanted) {
    GroupAct act;
    act.id = context.ids.next();
    act.kind = wanted.kind;
    act.group_id = group.id;
    act.moderator_id = moderator;
    act.reason = std::string(text::trim(wanted.reason));
    act.rule = std::string(text::trim(wanted.rule));
    act.given_role = wanted.given_role;
    act.ap_id = context.urls.activity(act.id);
    act.at = context.clock.now_ms();
    if (utf8::length(act.reason) > limits::moderation_reason_characters_max) return invalid("Reason is too long");
    if (utf8::length(act.rule) > limits::group_rule_text_characters_max) return invalid("Rule is too long");
    if (act.kind == GroupActKind::hold_post) return invalid("posts are held by the group's rules only");
    if (!group.local && act.kind > GroupActKind::withdraw_warning && !is_folding(act.kind)) return invalid("the group's own host does that");
    if (is_about_post(wanted)) {
        const auto post = wanted.post_id ? TRY(repo::find_post(tx, *wanted.post_id)) : std::nullopt;
        if (!post || post->deleted_at || post->group_id != group.id) return not_found();
        if (act.kind == GroupActKind::feature_post && post->is_reply()) return invalid("only a thread's first post can be shown first");
        if (act.kind == GroupActKind::fold_post && !post->is_reply()) return invalid("only comments are folded");
        act.post_id = post->id;
        act.target_id = post->actor_id;
    } else {
        const auto person = wanted.target_id ? TRY(repo::find_actor(tx, *wanted.target_id)) : std::nullopt;
        if (!person || person->deleted_at || person->is_group()) return not_found();
        act.target_id = person->id;
        act.with_posts = (act.kind == GroupActKind::ban || act.kind == GroupActKind::unban) && wanted.with_posts;
    }
    if (needs_reason(act) && act.reason.empty()) return invalid("Reason can't be blank");
    if (act.kind == GroupActKind::ban && wanted.expires_at) {
        if (*wanted.expires_at <= act.at) return invalid("Expires at must be in the future");
        act.expires_at = wanted.expires_at;
    }
    // Giving up a moderator is no undoing of one's own: no activity names what it takes back.
    if (takes_back(act.kind) && act.kind != GroupActKind::remove_moderator)
        if (const auto before = TRY(repo::last_counterpart(tx, act))) act.undoes_id = before->id;
    TRY(set_quiet(tx, act, wanted.open));
    return act;
}

// ---- effects

// Comments are counted without those that were taken out.
Result<bool> set_removed(Tx& tx, Id post_id, std::optional<TimeMs> at) {
    if (!TRY(repo::set_post_removed(tx, post_id, at))) return false;
    const auto post = TRY(repo::find_post(tx, post_id));
    if (post && post->is_reply() && !post->deleted_at) TRY(repo::count_comment(tx, post->thread_id, post->published_at, at ? -1 : 1));
    return true;
}

// Whoever is banned looks after nothing, and so lifts no ban of their own.
Result<> take_office(Tx& tx, const Context& context, const Actor& group, Id person) {
    if (!group.local) return {};
    TRY(repo::remove_helper_role(tx, group.id, person));
    const auto member = TRY(repo::find_membership(tx, group.id, person));
    if (!member || member->role == GroupRole::member || member->role == GroupRole::owner) return {};
    TRY(repo::set_group_role(tx, group.id, person, GroupRole::member));
    return emit(tx, context, {.kind = model::EventKind::actor_updated, .actor_id = group.id});
}

Result<bool> apply_ban(Tx& tx, const Context& context, const Actor& group, const GroupAct& act) {
    TRY(repo::put_group_ban(tx, {act.group_id, *act.target_id, act.ap_id, act.expires_at, act.at}));
    TRY(take_office(tx, context, group, *act.target_id));
    if (act.with_posts)
        for (const auto post : TRY(repo::posts_in_group_of(tx, act.group_id, *act.target_id, limits::ban_posts_max)))
            TRY(set_removed(tx, post, act.at));
    return true;
}

// The bans that this end is of: one may be said more than once, as where the group says a moderator's anew.
Result<std::vector<GroupAct>> bans_ended_by(Tx& tx, const GroupAct& end) {
    const repo::GroupActFilter filter{.group_id = end.group_id, .post_id = {}, .target_id = end.target_id, .moderator_id = {},
                                      .with_quiet = true, .with_closed = true};
    std::vector<GroupAct> out;
    for (auto& act : TRY(repo::group_acts_page(tx, filter, {.below = end.id, .limit = limits::ban_acts_read_max}))) {
        if (act.kind == GroupActKind::unban) break;
        if (act.kind == GroupActKind::ban) out.push_back(std::move(act));
    }
    return out;
}

// What went with the ban comes back with its end, where the moderator wants so; what was taken out by itself does not.
Result<bool> apply_unban(Tx& tx, const GroupAct& act) {
    if (!TRY(repo::remove_group_ban(tx, act.group_id, *act.target_id))) return false;
    if (!act.with_posts) return true;
    for (const auto& ban : TRY(bans_ended_by(tx, act))) {
        if (!ban.with_posts) continue;
        for (const auto post : TRY(repo::posts_removed_at(tx, act.group_id, *act.target_id, ban.at, limits::ban_posts_max)))
            TRY(set_removed(tx, post, {}));
    }
    return true;
}

Result<bool> apply_moderator(Tx& tx, const Context& context, const Actor& group, const GroupAct& act) {
    const bool adds = act.kind == GroupActKind::add_moderator;
    if (!group.local)
        return adds ? repo::add_remote_moderator(tx, group.id, *act.target_id)
                    : repo::remove_remote_moderator(tx, group.id, *act.target_id);
    const auto member = TRY(repo::find_membership(tx, group.id, *act.target_id));
    if (!member || member->left_at) return adds ? Result<bool>(invalid("only a member can moderate the group")) : Result<bool>(false);
    if (member->role == GroupRole::owner) return adds ? Result<bool>(false) : Result<bool>(invalid("the owner hands the group on first"));
    if ((member->role == GroupRole::moderator) == adds) return false;
    TRY(repo::set_group_role(tx, group.id, *act.target_id, adds ? GroupRole::moderator : GroupRole::member));
    TRY(repo::remove_helper_role(tx, group.id, *act.target_id));
    TRY(emit(tx, context, {.kind = model::EventKind::actor_updated, .actor_id = group.id}));
    return true;
}

Result<bool> apply_featured(Tx& tx, const GroupAct& act) {
    const auto pinned = TRY(repo::pinned_by(tx, act.group_id));
    const bool there = std::find(pinned.begin(), pinned.end(), *act.post_id) != pinned.end();
    if (there == (act.kind == GroupActKind::feature_post)) return false;
    if (there) {
        TRY(repo::unpin(tx, act.group_id, *act.post_id));
        return true;
    }
    if (pinned.size() >= limits::group_featured_max) return invalid("the group shows as many posts first as it can");
    TRY(repo::pin(tx, act.group_id, *act.post_id, act.at));
    return true;
}

// Whether what `act` takes back was done and stands.
Result<bool> stands(Tx& tx, const GroupAct& act) {
    const auto before = TRY(repo::last_counterpart(tx, act));
    if (!before) return false;
    const auto undone = TRY(repo::last_counterpart(tx, *before));
    return !undone || undone->id < before->id;
}

// The same for an act: whether it was done and stands.
Result<bool> is_done(Tx& tx, GroupAct act) {
    act.kind = counterpart(act.kind);
    return stands(tx, act);
}

Result<bool> apply_removal(Tx& tx, const GroupAct& act) {
    const auto held = TRY(repo::find_held(tx, *act.post_id));
    if (!held) return set_removed(tx, *act.post_id, act.at);
    if (held->refused) return false;
    TRY(repo::refuse_held(tx, *act.post_id));
    return true;
}

// What was held goes out for the first time.
Result<bool> apply_restoring(Tx& tx, const Context& context, const GroupAct& act) {
    const auto held = TRY(repo::find_held(tx, *act.post_id));
    if (!held) return act.kind == GroupActKind::approve_post ? false : set_removed(tx, *act.post_id, {});
    if (act.kind == GroupActKind::approve_post && held->refused) return invalid("the post was refused; restore it");
    TRY(release_post(tx, context, *act.post_id));
    return true;
}

Result<bool> apply_role(Tx& tx, const Context&, GroupAct& act) {
    const auto before = TRY(repo::helper_role(tx, act.group_id, *act.target_id));
    const auto member = TRY(repo::find_membership(tx, act.group_id, *act.target_id));
    if (act.kind == GroupActKind::take_role) {
        // `kith group member --role greeter` keeps it with the membership.
        const bool by_command = before == TeamRole::none && member && member->role == GroupRole::greeter;
        act.given_role = by_command ? TeamRole::greeter : before;
        if (by_command) TRY(repo::set_group_role(tx, act.group_id, *act.target_id, GroupRole::member));
        return by_command ? Result<bool>(true) : repo::remove_helper_role(tx, act.group_id, *act.target_id);
    }
    if (!is_helper(act.given_role)) return invalid("Role is not included in the list");
    const auto person = TRY(repo::find_actor(tx, *act.target_id));
    if (!person || !person->local || !member || member->left_at) return invalid("only a member of this node can be given a role");
    if (member->role >= GroupRole::moderator) return invalid("they moderate the group");
    if (before == act.given_role) return false;
    TRY(repo::put_helper_role(tx, act.group_id, *act.target_id, act.given_role, act.at));
    return true;
}

Result<bool> apply_folding(Tx& tx, const GroupAct& act) {
    const auto post = TRY(repo::find_post(tx, *act.post_id));
    if (!post) return false;
    return repo::fold_post(tx, {.post_id = post->id, .thread_id = post->thread_id, .reason = act.reason, .at = act.at});
}

Result<bool> effect_of(Tx& tx, const Context& context, const Actor& group, GroupAct& act) {
    switch (act.kind) {
        case GroupActKind::remove_post:
            return apply_removal(tx, act);
        case GroupActKind::restore_post:
        case GroupActKind::approve_post:
            return apply_restoring(tx, context, act);
        case GroupActKind::lock_post:
            return repo::set_post_locked(tx, *act.post_id, true);
        case GroupActKind::unlock_post:
            return repo::set_post_locked(tx, *act.post_id, false);
        case GroupActKind::feature_post:
        case GroupActKind::unfeature_post:
            return apply_featured(tx, act);
        case GroupActKind::ban:
            return apply_ban(tx, context, group, act);
        case GroupActKind::unban:
            return apply_unban(tx, act);
        case GroupActKind::add_moderator:
        case GroupActKind::remove_moderator:
            return apply_moderator(tx, context, group, act);
        case GroupActKind::move_thread_away:
        case GroupActKind::move_thread_here:
            break;  // thread_moves.hpp
        case GroupActKind::warn:
        case GroupActKind::hold_post:
            return true;
        case GroupActKind::ask_edit:
            return !TRY(is_done(tx, act));
        case GroupActKind::withdraw_warning:
        case GroupActKind::close_edit_request:
            return stands(tx, act);
        case GroupActKind::give_role:
        case GroupActKind::take_role:
            return apply_role(tx, context, act);
        case GroupActKind::fold_post:
            return apply_folding(tx, act);
        case GroupActKind::unfold_post:
            return repo::unfold_post(tx, *act.post_id);
        case GroupActKind::change_group:  // have their effects elsewhere: groups.cpp, group_answers.cpp
        case GroupActKind::choose_answer:
        case GroupActKind::unchoose_answer:
            break;
    }
    return false;
}

// A group elsewhere, which anybody can make, speaks to those who came to it, wrote in it or want to be in it, and
// blocked neither it nor its host.
Result<bool> hears_of(Tx& tx, const Actor& group, const GroupAct& act) {
    if (group.local) return true;
    if (TRY(repo::either_blocks(tx, *act.target_id, group.id)) || TRY(repo::blocks_domain(tx, *act.target_id, group.host))) return false;
    const auto told = TRY(repo::count_notifications_of(tx, *act.target_id, group.id, act.at - limits::remote_notices_ms));
    if (told >= limits::remote_notices_max) return false;
    if (act.post_id || TRY(repo::find_follow(tx, *act.target_id, group.id))) return true;
    return repo::has_post_in_group(tx, group.id, *act.target_id);
}

// Whom it concerns is told, by the group.
Result<> tell_target(Tx& tx, const Context& context, const Actor& group, const GroupAct& act) {
    if (!act.target_id || act.target_id == act.moderator_id || !concerns_target(act.kind)) return {};
    const auto target = TRY(repo::find_actor(tx, *act.target_id));
    if (!target || !target->local || target->deleted_at || !TRY(hears_of(tx, group, act))) return {};
    TRY(repo::add_notification(tx, {.id = context.ids.next(),
                                    .owner_id = target->id,
                                    .kind = model::NotificationKind::moderation_warning,
                                    .from_id = act.group_id,
                                    .post_id = {},
                                    .created_at = context.clock.now_ms(),
                                    .report_id = {},
                                    .severance_id = {},
                                    .act_id = act.id}));
    return {};
}

}  // namespace

std::string_view appeal_state(const model::GroupAppeal& appeal) {
    if (!appeal.decided_at) return "pending";
    return appeal.accepted ? "approved" : "rejected";
}

std::string sentence_of(const GroupActView& view) {
    const auto& act = view.act;
    auto out = (view.group.name.empty() ? view.group.username : view.group.name) + ": ";
    out += is_time_out(act, limits::time_out_ms_max) ? time_out_deed : told_deeds[std::size_t(act.kind)];
    if (act.given_role != TeamRole::none) out += " (" + std::string(team_role_name(act.given_role)) + ")";
    if (act.expires_at) out += ", until " + format_iso8601(*act.expires_at).substr(0, 10);
    out += ".";
    for (const auto* more : {&act.reason, &act.rule})
        if (!more->empty()) out += " " + *more;
    if (view.appeal && view.appeal->decided_at && !view.appeal->accepted) out += " Your appeal was refused: " + view.appeal->answer;
    return out;
}

std::string_view group_act_name(GroupActKind kind) { return names[std::size_t(kind)]; }

std::optional<GroupActKind> group_act_from(std::string_view name) {
    const auto found = std::find(names.begin(), names.end(), name);
    if (found == names.end()) return {};
    const auto kind = GroupActKind(found - names.begin());
    // Threads are moved, groups changed and answers chosen by calls of their own (thread_moves.hpp, groups.hpp,
    // group_answers.hpp).
    if (kind >= GroupActKind::move_thread_away && !is_folding(kind)) return {};
    return kind;
}

Result<bool> is_group_moderator(Tx& tx, const Actor& group, Id actor) {
    if (!group.local) return repo::is_remote_moderator(tx, group.id, actor);
    const auto member = TRY(repo::find_membership(tx, group.id, actor));
    return member && !member->left_at && member->role >= GroupRole::moderator;
}

Result<std::vector<Actor>> group_moderators_of(Tx& tx, const Actor& group) {
    return group.local ? repo::group_moderators(tx, group.id) : repo::remote_moderators(tx, group.id);
}

Result<bool> apply_group_act(Tx& tx, const Context& context, GroupAct& act, SoAlready so_already) {
    const auto group = TRY(repo::find_actor(tx, act.group_id));
    if (!group) return not_found();
    if (!TRY(effect_of(tx, context, *group, act)) && so_already == SoAlready::leave) return false;
    if (!TRY(repo::add_group_act(tx, act))) return false;
    TRY(tell_target(tx, context, *group, act));
    return true;
}

Result<GroupAct> moderate(Context& context, Id moderator, const NewGroupAct& wanted) {
    return context.db.write([&context, moderator, wanted](Tx& tx) { return moderate_in(tx, context, moderator, wanted); });
}

Result<GroupAct> moderate_in(Tx& tx, const Context& context, Id moderator, const NewGroupAct& wanted) {
    const auto group = TRY(require_group(tx, wanted.group_id));
    TRY(refuse_leaving(tx, group));
    // Before anything is looked up: strangers learn nothing of what waits.
    if (TRY(team_role(tx, group, moderator)) == TeamRole::none) return fail(Code::forbidden, "Only moderators of the group may do that");
    auto act = TRY(act_of(tx, context, group, moderator, wanted));
    const bool was_held = act.post_id && TRY(is_kept_back(tx, *act.post_id));
    act.role = TRY(authorize(tx, group, moderator, act, was_held));
    const bool proposed = TRY(weigh_ban(tx, context, group, act));
    if (!TRY(apply_group_act(tx, context, act, SoAlready::leave))) return invalid("it is so already");
    TRY(settle_proposal(tx, context, act, proposed));
    if (!federates(act.kind)) return act;
    // Who never saw a post need not hear what became of it.
    TRY(tell_hosts(tx, context, act, {.by = moderator, .ap_id = act.ap_id, .privately = was_held}));
    return act;
}

Result<> tell_hosts(Tx& tx, const Context& context, const GroupAct& act, ToldAct told) {
    json::Writer w;
    w.object().member("act", act.id);
    if (told.privately) w.member("privately", true);
    w.end();
    return emit(tx, context,
                {.kind = model::EventKind::group_moderated,
                 .actor_id = told.by,
                 .post_id = act.post_id,
                 .target_id = act.target_id,
                 .group_id = act.group_id,
                 .object_ap_id = std::move(told.ap_id),
                 .payload = w.take()});
}

Result<> close_edit_requests(Tx& tx, const Context& context, const model::Post& post) {
    if (!post.group_id) return {};
    GroupAct act;
    act.kind = GroupActKind::close_edit_request;
    act.group_id = *post.group_id;
    act.post_id = post.id;
    if (!TRY(stands(tx, act))) return {};
    act.id = context.ids.next();
    act.moderator_id = post.actor_id;
    act.target_id = post.actor_id;
    act.ap_id = context.urls.activity(act.id);
    act.at = context.clock.now_ms();
    act.quiet = true;
    if (const auto before = TRY(repo::last_counterpart(tx, act))) act.undoes_id = before->id;
    TRY(apply_group_act(tx, context, act, SoAlready::leave));
    return {};
}

Result<> distinguish_comment(Context& context, Id moderator, Id comment, bool on) {
    return context.db.write([&context, moderator, comment, on](Tx& tx) -> Result<> {
        const auto post = TRY(repo::find_post(tx, comment));
        if (!post || !post->group_id || !post->is_reply() || !TRY(repo::sees_post(tx, moderator, comment))) return not_found();
        const auto group = TRY(repo::find_actor(tx, *post->group_id));
        if (post->actor_id != moderator || !group || !TRY(is_group_moderator(tx, *group, moderator)))
            return fail(Code::forbidden, "Only moderators speak as such, in what they write themselves");
        if (!TRY(repo::set_distinguished(tx, comment, on))) return {};
        return emit(tx, context,
                    {.kind = model::EventKind::post_updated, .actor_id = moderator, .post_id = comment, .group_id = post->group_id, .object_ap_id = post->ap_id});
    });
}

Result<GroupActView> load_act(Tx& tx, const GroupAct& act) {
    GroupActView view;
    view.act = act;
    view.group = TRY(repo::find_actor(tx, act.group_id)).value_or(Actor{});
    view.moderator = TRY(repo::find_actor(tx, act.moderator_id)).value_or(Actor{});
    if (act.target_id) view.target = TRY(repo::find_actor(tx, *act.target_id));
    if (act.post_id) view.post = TRY(repo::find_post(tx, *act.post_id));
    if (takes_back(act.kind)) return view;
    if (const auto undone = TRY(repo::last_counterpart(tx, act))) view.undone = undone->id > act.id;
    view.appeal = TRY(repo::find_appeal_of(tx, act.id));
    return view;
}

Result<Page<GroupActView>> moderation_log(Context& context, repo::GroupActFilter filter, const PageRequest& request,
                                          std::optional<Id> asking) {
    return context.db.read([&](Tx& tx) -> Result<Page<GroupActView>> {
        Page<GroupActView> page;
        const auto group = filter.group_id && asking ? TRY(repo::find_actor(tx, *filter.group_id)) : std::nullopt;
        const bool of_team = group && TRY(team_role(tx, *group, *asking)) != TeamRole::none;
        filter.with_quiet = group && (filter.target_id == asking || of_team);
        filter.with_closed = of_team;
        if (asking) filter.reader = asking;
        const auto acts = TRY(repo::group_acts_page(tx, filter, window_of(request)));
        if (!acts.empty()) set_cursors(page, acts.front().id, acts.back().id, acts.size(), request);
        for (const auto& act : acts) page.items.push_back(TRY(load_act(tx, act)));
        return page;
    });
}

}  // namespace kith::community
