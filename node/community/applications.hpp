#pragma once
#include "node/community/paging.hpp"
#include "node/community/sign_up.hpp"

#include <optional>

// Who asked to be let in, for the moderators who decide (sign_up.hpp has what they do). All give Code::forbidden
// to others.
namespace kith::community {

struct ApplicationView {
    model::SignUp sign_up;
    model::User user;
    model::Actor person;
    std::optional<model::Actor> decided_by;
};
Result<Page<ApplicationView>> applications(Context&, Id moderator, bool undecided_only, const PageRequest&);
Result<ApplicationView> application_of(Context&, Id moderator, Id person);  // Code::not_found
Result<ApplicationView> application(Context&, Id moderator, Id user);       // by the account that asks

// How many wait for the team; nothing for who is not of it.
Result<std::optional<std::int64_t>> undecided_applications(Context&, Id member);

}  // namespace kith::community
