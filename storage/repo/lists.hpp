#pragma once
#include "base/core/result.hpp"
#include "storage/model/personal.hpp"
#include "storage/repo/relations.hpp"
#include "storage/repo/timelines.hpp"
#include "storage/sql/db.hpp"

#include <optional>
#include <span>
#include <vector>

// Lists of accounts, each its owner's own.
namespace kith::repo {

Result<> insert_list(sql::Tx&, const model::List&);
Result<> update_list(sql::Tx&, const model::List&);  // title, replies, exclusive
Result<> delete_list(sql::Tx&, Id list);
Result<std::optional<model::List>> find_list(sql::Tx&, Id owner, Id list);
Result<std::vector<model::List>> lists_of(sql::Tx&, Id owner);
Result<std::vector<model::List>> lists_with(sql::Tx&, Id owner, Id member);

Result<bool> add_list_member(sql::Tx&, Id list, Id actor, Id id);  // false where it is there
Result<bool> remove_list_member(sql::Tx&, Id list, Id actor);
// Who is not followed any more leaves the lists.
Result<> remove_from_lists_of(sql::Tx&, Id owner, Id actor);
Result<std::vector<FollowRow>> list_members_page(sql::Tx&, Id list, const Window&);
Result<std::int64_t> count_list_members(sql::Tx&, Id list);

// What its members post and boost, as far as its owner may see it and its rule about replies goes.
Result<std::vector<TimelineRow>> list_page(sql::Tx&, const model::List&, const Window&);
// Of `others`, those on an exclusive list of the owner.
Result<std::vector<Id>> exclusively_listed_among(sql::Tx&, Id owner, std::span<const Id> others);

}  // namespace kith::repo
