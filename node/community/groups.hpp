#pragma once
#include "node/community/context.hpp"
#include "node/community/paging.hpp"
#include "storage/model/actor.hpp"
#include "storage/model/group_profile.hpp"

#include <optional>
#include <string>
#include <vector>

namespace kith::community {

struct GroupChange {
    std::optional<std::string> title, description;  // description: markdown
    std::optional<model::PostingPolicy> posting;
    std::optional<bool> approval;
    std::optional<model::GroupVisibility> visibility;
    std::optional<std::string> brief;                   // one line, plain text
    std::optional<std::vector<std::string>> languages;  // two-letter codes
    std::optional<bool> sensitive, archived;
    // Of a group here only.
    std::optional<std::string> welcome, default_order;  // markdown; a name of Lemmy's
    std::optional<std::vector<std::string>> questions;  // to who wants to join
    std::optional<std::vector<Id>> founders;
    std::optional<bool> seeks_moderators;
    std::optional<std::int64_t> slow_threads_s, slow_comments_s;  // between two of one member; 0 = no waiting
};
struct NewGroup {
    std::string name, title, description;  // description: markdown
    model::PostingPolicy posting = model::PostingPolicy::everyone;
    bool approval = false;  // joining needs a moderator's Accept
    GroupChange more;       // what else it is like from the beginning
    bool by_operator = false;  // at the command line: whatever site_settings.hpp says
};
// The owner is its first member and moderator. People and groups share one name space.
Result<model::Actor> create_group(Context&, Id owner_id, const NewGroup&);

// By one of its moderators; its members' hosts are told. A group of another host: its host is asked, and
// answers with what it made of it (groups.md 1.3).
Result<> change_group(Context&, Id moderator, Id group_id, const GroupChange&);
// To a group here, as of `at`, with a line in its log; the caller has judged who may do it. Code::unprocessable:
// what cannot be.
Result<> apply_group_change(sql::Tx&, const Context&, model::Actor group, Id moderator, const GroupChange&, TimeMs at);

// `kith group member`: gives an actor that is a member (or a local person, who joins) a role.
Result<> set_role(Context&, Id group_id, Id actor_id, model::GroupRole);
Result<std::optional<model::Membership>> membership(sql::Tx&, Id group_id, Id actor_id);
Result<std::vector<model::Actor>> moderators(Context&, Id group_id);  // by seniority
// Its owner ends a group here for good: its members' hosts are told, and its name is not given again.
Result<> delete_group(Context&, Id owner, Id group_id);
// By the posting policy; whoever is banned may not.
Result<bool> may_post(sql::Tx&, const Context&, Id group_id, Id actor_id);

Result<std::int64_t> count_threads(Context&, Id group_id);
Result<std::vector<model::Actor>> groups_here(Context&, int limit);  // most members first

// A post's title from its first line: HTML stripped, the group's mention and links to it removed,
// cut at limits::post_title_characters_max (groups.md 1.2).
std::string title_from_content(std::string_view html, std::string_view group_mention);

}  // namespace kith::community
