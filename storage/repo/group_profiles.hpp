#pragma once
#include "base/core/result.hpp"
#include "storage/model/actor.hpp"
#include "storage/model/group_profile.hpp"
#include "storage/sql/db.hpp"

#include <optional>
#include <span>
#include <string>
#include <vector>

// What groups say of themselves, and what belongs to joining them.
namespace kith::repo {

Result<model::GroupProfile> group_profile(sql::Tx&, Id group);  // as by default where there is none
Result<> put_group_profile(sql::Tx&, const model::GroupProfile&);

Result<std::vector<model::GroupRule>> group_rules(sql::Tx&, Id group);  // in their order
Result<std::optional<model::GroupRule>> find_group_rule(sql::Tx&, Id group, Id rule);
Result<> put_group_rule(sql::Tx&, const model::GroupRule&);
Result<bool> remove_group_rule(sql::Tx&, Id group, Id rule);

Result<std::vector<model::Actor>> group_founders(sql::Tx&, Id group);
Result<> put_group_founders(sql::Tx&, Id group, std::span<const Id> in_order);

Result<> put_join_answers(sql::Tx&, const model::JoinAnswers&);
Result<std::optional<model::JoinAnswers>> join_answers(sql::Tx&, Id group, Id actor);
Result<> remove_join_answers(sql::Tx&, Id group, Id actor);

// What is open to all in the group becomes its members', so many posts at a time; how many did.
Result<std::int64_t> close_group_posts(sql::Tx&, Id group, int limit);
// Follows of a group from other hosts, waiting ones among them.
Result<std::vector<Id>> followers_elsewhere(sql::Tx&, Id group, int limit);

}  // namespace kith::repo
