#include "node/community/group_team.hpp"

#include "base/text/strings.hpp"
#include "base/text/utf8.hpp"
#include "config/limits/groups.hpp"
#include "node/community/group_moderation.hpp"
#include "storage/repo/accounts.hpp"
#include "storage/repo/actors.hpp"
#include "storage/repo/group_acts.hpp"
#include "storage/repo/groups.hpp"

namespace kith::community {

using model::Actor;
using model::GroupAct;
using model::GroupActKind;
using model::GroupRole;
using model::TeamRole;
using sql::Tx;

namespace {

Failure not_found() { return fail(Code::not_found, "Record not found"); }

Result<bool> is_node_moderator(Tx& tx, Id actor) {
    const auto user = TRY(repo::find_user_by_actor(tx, actor));
    return user && !user->disabled_at && user->role >= model::UserRole::moderator;
}

Result<TeamRole> role_in_group(Tx& tx, const Actor& group, Id actor) {
    if (!group.local)
        return TRY(repo::is_remote_moderator(tx, group.id, actor)) ? TeamRole::moderator : TeamRole::none;
    const auto member = TRY(repo::find_membership(tx, group.id, actor));
    if (!member || member->left_at) return TeamRole::none;
    if (member->role == GroupRole::owner) return TeamRole::operator_;
    if (member->role == GroupRole::moderator) return TeamRole::moderator;
    const auto helper = TRY(repo::helper_role(tx, group.id, actor));
    return helper == TeamRole::none && member->role == GroupRole::greeter ? TeamRole::greeter : helper;
}

Result<Actor> require_person(Tx& tx, Id id) {
    auto person = TRY(repo::find_actor(tx, id));
    if (!person || person->deleted_at || person->is_group()) return not_found();
    return std::move(*person);
}

}  // namespace

Result<TeamRole> team_role(Tx& tx, const Actor& group, Id actor) {
    const auto role = TRY(role_in_group(tx, group, actor));
    if (role < TeamRole::moderator && group.local && TRY(is_node_moderator(tx, actor))) return TeamRole::node;
    return role;
}

Result<TeamRole> require_right(Tx& tx, const Actor& group, Id actor, GroupRight right) {
    const auto role = TRY(team_role(tx, group, actor));
    if (may(role, right)) return role;
    if (role == TeamRole::none) return fail(Code::forbidden, "Only moderators of the group may do that");
    return fail(Code::forbidden, "Only moderators of the group may do that: a " + std::string(team_role_name(role)) + " may not");
}

Result<Actor> require_group(Tx& tx, Id id) {
    auto group = TRY(repo::find_actor(tx, id));
    if (!group || !group->is_group() || group->deleted_at || group->suspended_at) return not_found();
    return std::move(*group);
}

Result<Actor> require_group_here(Tx& tx, Id id) {
    auto group = TRY(require_group(tx, id));
    if (!group.local) return fail(Code::unprocessable, "Validation failed: the group's own host does that");
    return group;
}

Result<std::vector<TeamMember>> team_of(Context& context, Id id) {
    return context.db.read([&](Tx& tx) -> Result<std::vector<TeamMember>> {
        const auto group = TRY(require_group(tx, id));
        std::vector<TeamMember> out;
        for (auto& moderator : TRY(group_moderators_of(tx, group))) {
            const auto role = TRY(role_in_group(tx, group, moderator.id));
            out.push_back({std::move(moderator), role});
        }
        for (auto& helper : TRY(repo::helpers(tx, group.id)))
            if (TRY(role_in_group(tx, group, helper.actor.id)) == helper.role) out.push_back({std::move(helper.actor), helper.role});
        return out;
    });
}

Result<MemberFile> member_file(Context& context, Id asking, Id group_id, Id person_id) {
    return context.db.read([&](Tx& tx) -> Result<MemberFile> {
        const auto group = TRY(require_group_here(tx, group_id));
        if (asking != person_id) TRY(require_right(tx, group, asking, GroupRight::note));
        MemberFile file;
        file.actor = TRY(require_person(tx, person_id));
        file.role = TRY(role_in_group(tx, group, person_id));
        file.strikes = TRY(repo::count_strikes(tx, group.id, person_id, context.clock.now_ms() - limits::strike_ms));
        if (asking == person_id) return file;
        file.notes = TRY(repo::notes_about(tx, group.id, person_id, limits::group_notes_max));
        for (const auto& note : file.notes) file.authors.push_back(TRY(repo::find_actor(tx, note.author_id)).value_or(Actor{}));
        return file;
    });
}

Result<model::GroupNote> add_member_note(Context& context, Id author, Id group_id, Id person_id, std::string_view wanted) {
    std::string text(text::trim(wanted));
    if (text.empty()) return fail(Code::unprocessable, "Validation failed: Text can't be blank");
    if (utf8::length(text) > limits::group_note_characters_max) return fail(Code::unprocessable, "Validation failed: Text is too long");
    return context.db.write([&context, author, group_id, person_id, text](Tx& tx) -> Result<model::GroupNote> {
        const auto group = TRY(require_group_here(tx, group_id));
        TRY(require_right(tx, group, author, GroupRight::note));
        const auto person = TRY(require_person(tx, person_id));
        if (person.id == author) return fail(Code::unprocessable, "Validation failed: a note is about somebody else");
        if (TRY(repo::count_notes(tx, group.id, person.id)) >= limits::group_notes_max)
            return fail(Code::unprocessable, "Validation failed: there are as many notes about them as there can be");
        const model::GroupNote note{context.ids.next(), group.id, person.id, author, text, context.clock.now_ms()};
        TRY(repo::add_note(tx, note));
        return note;
    });
}

Result<> remove_member_note(Context& context, Id actor, Id group_id, Id note_id) {
    return context.db.write([=](Tx& tx) -> Result<> {
        const auto group = TRY(require_group_here(tx, group_id));
        const auto role = TRY(require_right(tx, group, actor, GroupRight::note));
        const auto note = TRY(repo::find_note(tx, note_id));
        if (!note || note->group_id != group.id || note->actor_id == actor) return not_found();
        if (note->author_id != actor && role < TeamRole::moderator)
            return fail(Code::forbidden, "Only its author or a moderator takes a note away");
        return repo::remove_note(tx, note_id);
    });
}

Result<bool> weigh_ban(Tx& tx, const Context& context, const Actor& group, GroupAct& act) {
    if (act.kind != GroupActKind::ban || act.expires_at || !group.local || !act.target_id) return false;
    if (TRY(group_moderators_of(tx, group)).size() < 2) return false;
    const auto now = context.clock.now_ms();
    const auto before = TRY(repo::open_proposal(tx, group.id, *act.target_id));
    const bool lapsed = before && before->at + limits::proposed_ban_ms <= now;
    if (before && !lapsed) {
        if (before->proposer_id == act.moderator_id)
            return fail(Code::conflict, "You proposed that already: another moderator has to agree");
        return false;
    }
    if (lapsed) TRY(repo::close_proposal(tx, before->id, now, {}));
    act.expires_at = now + limits::proposed_ban_ms;
    return true;
}

Result<> settle_proposal(Tx& tx, const Context& context, const GroupAct& act, bool proposed) {
    if ((act.kind != GroupActKind::ban && act.kind != GroupActKind::unban) || !act.target_id) return {};
    if (proposed)
        return repo::add_proposal(tx, {.id = context.ids.next(),
                                       .group_id = act.group_id,
                                       .target_id = *act.target_id,
                                       .act_id = act.id,
                                       .proposer_id = act.moderator_id,
                                       .at = act.at,
                                       .decided_at = {},
                                       .decided_by_id = {}});
    const bool ends = act.kind == GroupActKind::unban || !act.expires_at;
    const auto before = TRY(repo::open_proposal(tx, act.group_id, *act.target_id));
    return before && ends ? repo::close_proposal(tx, before->id, act.at, act.moderator_id) : Result<>{};
}

Result<std::vector<ProposalView>> ban_proposals(Context& context, Id moderator, Id group_id) {
    return context.db.read([&](Tx& tx) -> Result<std::vector<ProposalView>> {
        const auto group = TRY(require_group_here(tx, group_id));
        TRY(require_right(tx, group, moderator, GroupRight::ban));
        std::vector<ProposalView> out;
        for (auto& proposal : TRY(repo::open_proposals(tx, group.id, limits::ban_proposals_shown_max))) {
            const auto act = TRY(repo::find_group_act(tx, proposal.act_id));
            out.push_back({proposal, TRY(repo::find_actor(tx, proposal.target_id)).value_or(Actor{}),
                           TRY(repo::find_actor(tx, proposal.proposer_id)).value_or(Actor{}), act ? act->reason : ""});
        }
        return out;
    });
}

}  // namespace kith::community
