#pragma once
#include "base/core/result.hpp"
#include "storage/model/gathering.hpp"
#include "storage/repo/relations.hpp"
#include "storage/sql/db.hpp"

#include <optional>
#include <span>
#include <string_view>
#include <vector>

// Events beside their posts, and who answers to them.
namespace kith::repo {

// New or as it is now, but for the number of attendees, which stays. Its group is that of its post.
Result<> put_gathering(sql::Tx&, const model::Gathering&);
Result<std::optional<model::Gathering>> find_gathering(sql::Tx&, Id post);
Result<std::vector<model::Gathering>> gatherings_of(sql::Tx&, std::span<const Id> posts);

// One more comes, where the capacity lets them. False, and nothing changed, where it is full.
Result<bool> take_seat(sql::Tx&, Id post);
Result<> free_seat(sql::Tx&, Id post);
// Of a remote one, as its origin counts.
Result<> set_attendees(sql::Tx&, Id post, std::int64_t attendees);

// Marks that raise and lower once: whoever gets true has something to do.
Result<bool> raise_count_due(sql::Tx&, Id post);
Result<> lower_count_due(sql::Tx&, Id post);

// New, or the state, id and Join of the one that is there.
Result<> put_rsvp(sql::Tx&, const model::Rsvp&);
Result<std::optional<model::Rsvp>> find_rsvp(sql::Tx&, Id post, Id actor);
Result<std::optional<model::Rsvp>> find_rsvp_by_join(sql::Tx&, std::string_view join_ap_id);
Result<std::vector<model::Rsvp>> rsvps_among(sql::Tx&, Id actor, std::span<const Id> posts);
// Of one event and in one state; people who are gone or hidden are left out.
Result<std::vector<model::Rsvp>> rsvps_page(sql::Tx&, Id post, model::RsvpState, const Window&);
// Who is gone gives their seats back.
Result<> forget_answers_of(sql::Tx&, Id actor);
// Counted up to `limit`.
Result<int> count_rsvps(sql::Tx&, Id post, model::RsvpState, int limit);
// People here who come or ask, in the order of their ids, from above `above`.
Result<std::vector<Id>> local_attendees(sql::Tx&, Id post, Id above, int limit);

struct UpcomingQuery {
    std::optional<Id> group_id;   // of this group, else …
    std::optional<Id> member_id;  // … of all that this person is in
    TimeMs now = 0;
    std::optional<Id> after_id;   // the last one that was read
    int limit = 20;
};
// Posts of events that are not over, the first to start first. Those that the viewer may see; what lasts longer than
// limits::gathering_ms_max is listed so long.
Result<std::vector<Id>> upcoming_gatherings(sql::Tx&, std::optional<Id> viewer, const UpcomingQuery&);

}  // namespace kith::repo
