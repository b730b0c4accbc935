#pragma once
#include "base/core/result.hpp"
#include "storage/model/actor.hpp"
#include "storage/model/group_act.hpp"
#include "storage/repo/relations.hpp"
#include "storage/sql/db.hpp"

#include <optional>
#include <string_view>
#include <vector>

// A group's team below its moderators, and what teams keep: appeals, notes, proposals.
namespace kith::repo {

// A role below the moderators; none where there is none.
Result<model::TeamRole> helper_role(sql::Tx&, Id group, Id actor);
Result<> put_helper_role(sql::Tx&, Id group, Id actor, model::TeamRole, TimeMs);
Result<bool> remove_helper_role(sql::Tx&, Id group, Id actor);  // false where there was none
struct Helper {
    model::Actor actor;
    model::TeamRole role;
};
Result<std::vector<Helper>> helpers(sql::Tx&, Id group);  // the most powerful first

Result<bool> add_appeal(sql::Tx&, const model::GroupAppeal&);  // false where the act has one
Result<> decide_appeal(sql::Tx&, const model::GroupAppeal&);   // decided_at, decided_by_id, accepted, answer
Result<std::optional<model::GroupAppeal>> find_appeal(sql::Tx&, Id);
Result<std::optional<model::GroupAppeal>> find_appeal_of(sql::Tx&, Id act);
Result<std::vector<model::GroupAppeal>> appeals_page(sql::Tx&, Id group, bool decided, const Window&);  // newest first

Result<> add_note(sql::Tx&, const model::GroupNote&);
Result<std::optional<model::GroupNote>> find_note(sql::Tx&, Id);
Result<> remove_note(sql::Tx&, Id);
Result<std::vector<model::GroupNote>> notes_about(sql::Tx&, Id group, Id actor, int limit);  // newest first
Result<std::int64_t> count_notes(sql::Tx&, Id group, Id actor);

// Acts since then that took something from somebody or warned them, and were not taken back.
Result<std::int64_t> count_strikes(sql::Tx&, Id group, Id actor, TimeMs since);

Result<> add_proposal(sql::Tx&, const model::BanProposal&);
Result<std::optional<model::BanProposal>> open_proposal(sql::Tx&, Id group, Id target);
Result<std::optional<model::BanProposal>> find_proposal(sql::Tx&, Id);
Result<std::optional<model::BanProposal>> find_proposal_of(sql::Tx&, Id group, Id act);
Result<> close_proposal(sql::Tx&, Id, TimeMs at, std::optional<Id> by);
Result<std::vector<model::BanProposal>> open_proposals(sql::Tx&, Id group, int limit);  // newest first

}  // namespace kith::repo
