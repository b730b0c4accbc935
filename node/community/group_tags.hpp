#pragma once
#include "node/community/context.hpp"
#include "storage/model/group_profile.hpp"
#include "storage/model/post.hpp"

#include <optional>
#include <span>
#include <string>
#include <vector>

// Labels for a group's threads (Lemmy: tags), made by its moderators, put on threads by their authors and by
// moderators.
namespace kith::community {

struct GroupTagChange {
    std::optional<std::string> display_name, summary;
    std::optional<int> color;  // 1 to 10
};
// Each with a line in the group's log; members' hosts are told. Code::forbidden for others than moderators;
// Code::unprocessable for what cannot be, Code::conflict for a name that there is.
Result<model::GroupTag> add_group_tag(Context&, Id moderator, Id group, const std::string& name, const GroupTagChange&);
Result<model::GroupTag> change_group_tag(Context&, Id moderator, Id tag, const GroupTagChange&);
Result<model::GroupTag> delete_group_tag(Context&, Id moderator, Id tag, bool deleted);

Result<model::GroupTag> group_tag_by_name(Context&, Id group, std::string_view name);  // Code::not_found

// In the transaction of a post: the labels that it has from now on. Code::unprocessable for too many, and for
// those of another group.
Result<> label_post(sql::Tx&, const model::Post&, std::span<const Id> tags);
// The line in a group's log about the labels that a thread has now; of a group elsewhere its own host keeps it.
Result<> log_labels(sql::Tx&, const Context&, Id moderator, const model::Post&);
// By a moderator, on somebody's thread: labels, and whether it is sensitive. With a line in the log. An author here
// tells it to others as an edit; of a thread from elsewhere the group tells the labels (docs/decisions/0032), and whether it
// is sensitive stays on this node.
struct ThreadMarks {
    std::optional<std::vector<Id>> tags;
    std::optional<bool> sensitive;
};
Result<> mark_for_author(Context&, Id moderator, Id post, const ThreadMarks&);

}  // namespace kith::community
