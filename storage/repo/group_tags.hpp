#pragma once
#include "base/core/result.hpp"
#include "storage/model/group_profile.hpp"
#include "storage/sql/db.hpp"

#include <optional>
#include <span>
#include <string_view>
#include <vector>

// The labels of a group's threads.
namespace kith::repo {

// By its ap_id: a new one, or one that changed.
Result<> put_group_tag(sql::Tx&, const model::GroupTag&);
Result<std::optional<model::GroupTag>> find_group_tag(sql::Tx&, Id);
Result<std::optional<model::GroupTag>> find_group_tag_by_ap_id(sql::Tx&, std::string_view ap_id);
Result<std::vector<model::GroupTag>> group_tags(sql::Tx&, Id group);  // without deleted ones, the oldest first

Result<> set_tags_of_post(sql::Tx&, Id post, std::span<const Id> tags);
struct PostGroupTag {
    Id post_id = 0;
    model::GroupTag tag;
};
Result<std::vector<PostGroupTag>> group_tags_of(sql::Tx&, std::span<const Id> posts);

}  // namespace kith::repo
