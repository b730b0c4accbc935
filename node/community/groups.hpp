#pragma once
#include "node/community/context.hpp"
#include "node/community/paging.hpp"
#include "storage/model/actor.hpp"

#include <string>
#include <vector>

namespace kith::community {

struct NewGroup {
    std::string name, title, description;  // description: markdown
    model::PostingPolicy posting = model::PostingPolicy::everyone;
    bool approval = false;  // joining needs a moderator's Accept
};
// The owner is its first member and moderator. People and groups share one name space.
Result<model::Actor> create_group(Context&, Id owner_id, const NewGroup&);

// `kith group member`: gives an actor that is a member (or a local person, who joins) a role.
Result<> set_role(Context&, Id group_id, Id actor_id, model::GroupRole);
Result<std::optional<model::Membership>> membership(sql::Tx&, Id group_id, Id actor_id);
Result<std::vector<model::Actor>> moderators(Context&, Id group_id);  // by seniority
Result<bool> may_post(sql::Tx&, Id group_id, Id actor_id);            // by the posting policy

Result<std::vector<model::Actor>> groups_here(Context&, int limit);  // most members first

// A post's title from its first line: HTML stripped, the group's mention and links to it removed,
// cut at limits::post_title_characters_max (groups.md 1.2).
std::string title_from_content(std::string_view html, std::string_view group_mention);

}  // namespace kith::community
