#pragma once
#include "base/core/result.hpp"
#include "storage/model/actor.hpp"
#include "storage/sql/db.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

// Local groups and who is in them; the entries that any group, local or remote, shows.
namespace kith::repo {

Result<> insert_group(sql::Tx&, const model::GroupSettings&);
Result<std::optional<model::GroupSettings>> find_group(sql::Tx&, Id group);
Result<> set_group_owner(sql::Tx&, Id group, Id owner);
// Most members first; those that anybody may find.
Result<std::vector<model::Actor>> local_groups(sql::Tx&, int limit);

enum class GroupListOrder { members, newest, oldest, name, name_backwards };
struct GroupSearch {
    std::optional<Id> follower_id, moderator_id;
    bool local = false;
    std::string_view words;  // in name or title, in lower case
    int limit = 20, offset = 0;
    std::optional<Id> viewer_id = {};  // who asks; groups for this node's people are shown to them only
    std::optional<Id> multi_id = {};   // those in this collection
    GroupListOrder order = GroupListOrder::members;
    bool with_sensitive = true;
};
// Groups that are known here; unlisted ones only to who follows or moderates them.
Result<std::vector<model::Actor>> groups_by_members(sql::Tx&, const GroupSearch&);
Result<> set_group_posting(sql::Tx&, Id group, model::PostingPolicy);

// A new member, or one who comes back: the first joined_at stays.
Result<> join_group(sql::Tx&, Id group, Id actor, TimeMs);
Result<bool> leave_group(sql::Tx&, Id group, Id actor, TimeMs);
Result<> set_group_role(sql::Tx&, Id group, Id actor, model::GroupRole);
Result<std::optional<model::Membership>> find_membership(sql::Tx&, Id group, Id actor);
Result<std::vector<model::Membership>> memberships(sql::Tx&, Id group);  // also former ones
Result<std::vector<model::Actor>> group_moderators(sql::Tx&,
                                                   Id group);  // owner first, then by joining

struct GroupEntry {
    Id id = 0, group_id = 0, post_id = 0;
    std::string ap_id;  // of the Announce
};
Result<bool> add_group_entry(sql::Tx&, const GroupEntry&);  // false where the post is there
Result<std::optional<GroupEntry>> find_group_entry(sql::Tx&, Id id);
Result<std::optional<GroupEntry>> find_group_entry_of(sql::Tx&, Id group, Id post);
Result<std::optional<GroupEntry>> find_group_entry_by_ap_id(sql::Tx&, std::string_view ap_id);
Result<std::vector<GroupEntry>> group_entries_by_ids(sql::Tx&, std::span<const Id>);
Result<std::int64_t> count_group_entries(sql::Tx&, Id group);

}  // namespace kith::repo
