#pragma once
#include "base/core/result.hpp"
#include "storage/model/group_team.hpp"
#include "storage/model/post.hpp"
#include "storage/repo/relations.hpp"
#include "storage/sql/db.hpp"

#include <optional>
#include <string_view>
#include <vector>

// A group's rules that act by themselves, and the posts that wait until somebody looked at them. Such a
// post is removed (set_post_removed) for as long as it waits, so that every read leaves it out.
namespace kith::repo {

Result<> put_rule(sql::Tx&, const model::AutoRule&);  // new, or as it is now
Result<std::optional<model::AutoRule>> find_rule(sql::Tx&, Id);
Result<bool> remove_rule(sql::Tx&, Id);
Result<std::vector<model::AutoRule>> auto_rules(sql::Tx&, Id group);    // oldest first
Result<std::vector<model::AutoRule>> active_rules(sql::Tx&, Id group);  // those switched on

// How many first posts of everybody wait; 0 = none.
Result<int> first_posts_held(sql::Tx&, Id group);
Result<> set_first_posts_held(sql::Tx&, Id group, int posts);

Result<> hold_post(sql::Tx&, const model::HeldPost&);
Result<> keep_held_activity(sql::Tx&, Id post, std::string_view id, std::string_view bytes);
Result<> refuse_held(sql::Tx&, Id post);
Result<> drop_held(sql::Tx&, Id post);
Result<std::optional<model::HeldPost>> find_held(sql::Tx&, Id post);
// Those that wait, the latest first; with `author` only theirs, also refused ones.
Result<std::vector<model::HeldPost>> held_page(sql::Tx&, Id group, std::optional<Id> author, const Window&);
Result<std::int64_t> count_held(sql::Tx&, Id group);  // that wait

// Of a person in a group: what is shown there, counted up to `limit`; with `below` only what has a lesser id.
Result<int> count_group_posts_of(sql::Tx&, Id group, Id author, std::optional<Id> below, int limit);
// What came since then, newest first: for rules to be tried on.
Result<std::vector<model::Post>> recent_group_posts(sql::Tx&, Id group, TimeMs since, int limit);

}  // namespace kith::repo
