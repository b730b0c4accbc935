#pragma once
#include "base/core/result.hpp"
#include "base/core/ids.hpp"
#include "storage/sql/db.hpp"

#include <optional>
#include <span>
#include <string>
#include <vector>

// Of which groups and threads members want to hear more, or nothing; from which hosts they want no groups;
// and what else they set for their clients.
namespace kith::repo {

// Numbers are stored. Of a thread: all_comments or mute; without a word it is answers and mentions.
enum class Notice { mute = 0, all_posts = 1, all_posts_and_comments = 2, all_comments = 3 };

Result<> set_group_notice(sql::Tx&, Id actor, Id group, std::optional<Notice>);
Result<std::optional<Notice>> group_notice(sql::Tx&, Id actor, Id group);
// Who wants to hear of its new threads, or also of the comments in them.
Result<std::vector<Id>> listeners_of_group(sql::Tx&, Id group, bool of_comments, int limit);
Result<> set_thread_notice(sql::Tx&, Id actor, Id thread, std::optional<Notice>);
Result<std::optional<Notice>> thread_notice(sql::Tx&, Id actor, Id thread);
Result<std::vector<Id>> listeners_of_thread(sql::Tx&, Id thread, int limit);

// Whether the owner wants to hear nothing from the group that the post is in.
Result<bool> mutes_group_of(sql::Tx&, Id owner, Id post);

Result<> set_group_host_blocked(sql::Tx&, Id actor, std::string_view host, std::optional<TimeMs> at);
Result<std::vector<std::string>> blocked_group_hosts(sql::Tx&, Id actor);  // by name

struct Preference {
    std::string name, value;  // value: JSON
};
Result<> put_preference(sql::Tx&, Id actor, const Preference&);
Result<std::vector<Preference>> preferences(sql::Tx&, Id actor);  // by name

}  // namespace kith::repo
