#pragma once
#include "node/community/context.hpp"
#include "storage/model/post.hpp"
#include "storage/repo/notices.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

// Of which groups and threads a member wants to hear, and of which not. Told of a thread or comment like of what
// somebody whom they follow with the bell posts.
namespace kith::community {

using repo::Notice;

// Nothing: answers and mentions, as without a word. Code::not_found for what they do not see.
Result<> set_group_notice(Context&, Id member, Id group, std::optional<Notice>);
// Muting is the same as muting the conversation (personal.hpp).
Result<> set_thread_notice(Context&, Id member, Id post, std::optional<Notice>);

// In the transaction in which a post in a group comes to be here: whoever asked for it and was not told already.
Result<> tell_listeners(sql::Tx&, const Context&, const model::Post&, std::span<const Id> told);

// Groups of this host are left out of what shows many groups. Code::not_found for a host that is not known.
Result<> block_groups_of(Context&, Id member, const std::string& host, bool blocked);
Result<std::vector<std::string>> hosts_without_groups(Context&, Id member);

}  // namespace kith::community
