#pragma once
#include "node/community/context.hpp"
#include "node/community/paging.hpp"
#include "node/community/posts.hpp"
#include "storage/model/actor.hpp"
#include "storage/model/gathering.hpp"

#include <optional>
#include <string>
#include <vector>

// Events that people answer to (FEP-8a8e, DRAFT): who comes, who asks, who lets in. An event is made and edited with
// its post (posts.hpp); what both share with the inbox stands in gathering_steps.hpp.
namespace kith::community {

// A member says that they come, or asks to where the author lets in. For an event elsewhere its author's server is
// asked: until it answers the state is `asked`. Where it is so already it stays so. Code::not_found where the post is
// not visible or no event; Code::forbidden for who is blocked, banned or was refused; Code::unprocessable where it is
// over, cancelled, full, one's own, or takes no answers here.
Result<model::Rsvp> join_gathering(Context&, Id actor_id, Id post_id);
// Takes it back; where there is nothing to take back nothing happens.
Result<> leave_gathering(Context&, Id actor_id, Id post_id);

enum class Decision { let_in, refuse };
// The author of an event here, or a moderator of the group that it is in, lets in who asked or was refused, or
// refuses who asks or comes. Code::forbidden for others, Code::not_found where that person does not wait or come,
// Code::unprocessable where it is full or over.
Result<model::Rsvp> decide_answer(Context&, Id decider, Id post_id, Id actor_id, Decision);

struct RsvpView {
    model::Rsvp rsvp;
    model::Actor actor;
};
// Newest answer first. For the author of an event here and the group's moderators; everybody else finds at most
// themselves.
Result<Page<RsvpView>> answers(Context&, Id viewer, Id post_id, model::RsvpState, const PageRequest&);

struct UpcomingRequest {
    std::optional<Id> group_id;  // else of all groups that the viewer is in
    std::optional<Id> after_id;  // the post of the last one that was read
    int limit = 20;
};
// What is not over, the first to start first.
Result<std::vector<PostView>> upcoming_gatherings(Context&, const Viewer&, const UpcomingRequest&);

// ---- jobs ---------------------------------------------------------------------------------------------------------

// "attendees": the hosts that have an event are told how many come.
Result<> send_attendees(Context&, const std::string& payload);
// "gathering_told": people here who come are told that it changed, piece by piece; gives what is left.
Result<std::optional<std::string>> tell_attendees(Context&, const std::string& payload);

}  // namespace kith::community
