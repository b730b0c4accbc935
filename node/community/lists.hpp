#pragma once
#include "node/community/paging.hpp"
#include "node/community/posts.hpp"
#include "storage/model/personal.hpp"

#include <span>
#include <string>
#include <vector>

// A member's lists of accounts that they follow, each with a timeline of its own. Everything gives
// Code::not_found for a list that is not the member's.
namespace kith::community {

struct ListChange {
    std::optional<std::string> title;
    std::optional<model::ListReplies> replies;
    std::optional<bool> exclusive;
};
// Code::unprocessable for an empty or long title, and for one list too many.
Result<model::List> create_list(Context&, Id owner, const ListChange&);
Result<model::List> change_list(Context&, Id owner, Id list, const ListChange&);
Result<> delete_list(Context&, Id owner, Id list);
Result<model::List> list_by_id(Context&, Id owner, Id list);
Result<std::vector<model::List>> lists(Context&, Id owner);
Result<std::vector<model::List>> lists_with(Context&, Id owner, Id member);

Result<Page<model::Actor>> list_members(Context&, Id owner, Id list, const PageRequest&);
// All or none. Code::not_found for somebody whom the owner does not follow, Code::unprocessable for
// somebody who is on it already.
Result<> add_to_list(Context&, Id owner, Id list, std::span<const Id> members);
Result<> remove_from_list(Context&, Id owner, Id list, std::span<const Id> members);

}  // namespace kith::community
