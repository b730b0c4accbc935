#pragma once
#include "node/community/context.hpp"
#include "node/community/groups.hpp"
#include "node/community/media.hpp"
#include "node/community/visibility.hpp"
#include "storage/model/actor.hpp"
#include "storage/model/group_profile.hpp"
#include "storage/model/post.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

// How a group is kept: what it says of itself, its rules, what it asks of newcomers. Each change has a line
// in the group's open log.
namespace kith::community {

// In the transaction of a change: what it makes of the group's profile, into `group` and the profile; the words
// of the log. Code::unprocessable: what cannot be.
Result<std::vector<std::string>> fill_profile(sql::Tx&, const Context&, model::Actor& group, const GroupChange&);
// A line of the log: what was changed, in words.
Result<> log_group_change(sql::Tx&, const Context&, Id group, Id moderator, const std::string& what,
                          std::optional<Id> post = {});
// A group here that the moderator looks after. Code::not_found, Code::forbidden; Code::unprocessable for one of
// another host, which only its host keeps.
Result<model::Actor> group_kept_by(sql::Tx&, Id moderator, Id group);

// An icon or banner in place of what was there; "" for none.
Result<> set_group_picture(Context&, Id moderator, Id group, ProfilePicture, const std::string& name);

Result<std::vector<model::GroupRule>> rules_of(Context&, Id group);
Result<model::GroupRule> find_rule(Context&, Id group, Id rule);  // Code::not_found
// At the end, or in place of one that there is.
Result<model::GroupRule> put_rule(Context&, Id moderator, Id group, std::optional<Id> rule, std::optional<std::string> text,
                                  std::optional<int> position);
Result<> remove_rule(Context&, Id moderator, Id group, Id rule);

// A request to join with answers to what is asked. Code::unprocessable where one is missing or too long.
Result<> ask_to_join(Context&, Id member, Id group, const std::vector<std::string>& answers);
Result<std::optional<model::JoinAnswers>> answers_of(Context&, Id group, Id actor);

// What posts are made to be by the group that they are in: never more open than it is.
model::Visibility visibility_in(const model::GroupProfile&, model::Visibility wanted);
// Whether anything new may come into the group: not into an archived one, nor in a language that it does not speak.
// Code::forbidden, Code::unprocessable.
Result<> check_group_open(sql::Tx&, Id group, std::string_view language);
// Who is not signed in does not learn of a group that is for this node's people only.
Result<bool> may_know_group(sql::Tx&, const Viewer&, Id group);

// The posts of a group that closed: the next piece, as community::continue_move.
inline constexpr std::string_view close_group_job = "close_group";
Result<std::optional<std::string>> continue_closing(Context&, const std::string& payload);

}  // namespace kith::community
