#pragma once
#include "node/community/context.hpp"
#include "node/community/group_roles.hpp"
#include "node/community/paging.hpp"
#include "storage/repo/group_team.hpp"

#include <optional>
#include <string>
#include <vector>

// A group's team and what it keeps for itself. Whoever is not of the team learns nothing: Code::forbidden
// where they are a moderator's helper without that right or a stranger.
namespace kith::community {

// What somebody is in the team of a group: by membership and appointment in a group here, by what its host
// says elsewhere. Moderators of the node stand in for those of groups here.
Result<model::TeamRole> team_role(sql::Tx&, const model::Actor& group, Id actor);

// The gate. Code::forbidden without the right, else the role that gives it.
Result<model::TeamRole> require_right(sql::Tx&, const model::Actor& group, Id actor, GroupRight);

// Code::not_found for what is no group that is here and in use.
Result<model::Actor> require_group(sql::Tx&, Id group);
// The same, and of this node: Code::unprocessable for others, whose host keeps such things.
Result<model::Actor> require_group_here(sql::Tx&, Id group);

struct TeamMember {
    model::Actor actor;
    model::TeamRole role;
};
Result<std::vector<TeamMember>> team_of(Context&, Id group);  // the most powerful first; anybody may know

// ---- what the team keeps about a member

struct MemberFile {
    model::Actor actor;
    model::TeamRole role = model::TeamRole::none;
    std::int64_t strikes = 0;  // acts of the last limits::strike_ms that hold
    std::vector<model::GroupNote> notes;
    std::vector<model::Actor> authors;  // of the notes
};
// By who may keep notes; of oneself everybody sees the strikes, and no notes.
Result<MemberFile> member_file(Context&, Id asking, Id group, Id person);
Result<model::GroupNote> add_member_note(Context&, Id author, Id group, Id person, std::string_view text);
// By its author or a moderator.
Result<> remove_member_note(Context&, Id actor, Id group, Id note);

// ---- bans for good

// Where a group here has at least two moderators, a ban for good becomes a time-out until a second one agrees;
// true where that happened. Gives Code::conflict to whoever proposed it already.
Result<bool> weigh_ban(sql::Tx&, const Context&, const model::Actor& group, model::GroupAct&);
// After the act is in the log: proposes it, or closes what is decided by it.
Result<> settle_proposal(sql::Tx&, const Context&, const model::GroupAct&, bool proposed);
struct ProposalView {
    model::BanProposal proposal;
    model::Actor target, proposer;
    std::string reason;
};
Result<std::vector<ProposalView>> ban_proposals(Context&, Id moderator, Id group);

}  // namespace kith::community
