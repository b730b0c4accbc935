#pragma once
#include "base/core/result.hpp"
#include "node/community/context.hpp"
#include "storage/model/gathering.hpp"
#include "storage/model/post.hpp"

#include <optional>
#include <string>

namespace kith::community {

// What is to be different, or how a new event is. What is absent stays.
struct GatheringChange {
    std::optional<TimeMs> starts_at;
    std::optional<int> utc_offset_minutes;            // in which the start was written
    std::optional<std::optional<TimeMs>> ends_at;     // nothing: an open end
    std::optional<std::string> time_zone, place, address, online_url, participation_url;
    std::optional<std::optional<std::pair<double, double>>> coordinates;  // latitude and longitude, degrees
    std::optional<model::GatheringStatus> status;
    std::optional<model::JoinMode> join_mode;
    std::optional<std::optional<std::int64_t>> capacity;
};

// The event as it then is. Code::unprocessable, with a sentence that says what cannot be: no start, an end before it or
// too long after it, a time that is over or too far ahead, an unknown time zone, texts, addresses and numbers out of
// bounds, a mode of joining without its address.
Result<model::Gathering> changed_gathering(const model::Gathering&, const GatheringChange&, TimeMs now);
// Of a post that is being made.
Result<> open_gathering(sql::Tx&, const Context&, const model::Post&, const GatheringChange&);
// Of a post here that is edited.
Result<> edit_gathering(sql::Tx&, const Context&, const model::Post&, const GatheringChange&);
// Stores it with a raised sequence and tells who comes, where time, place or status are others than before.
Result<> replace_gathering(sql::Tx&, const Context&, const model::Post&, const model::Gathering& before, model::Gathering now);

bool is_over(const model::Gathering&, TimeMs now);

// What a person's asking to come is answered with, by the event's state of now; who is full is found out by
// settle_rsvp() alone.
enum class Verdict { let_in, wait, refuse, not_taken };
Result<Verdict> judge_join(sql::Tx&, const Context&, const model::Gathering&, const std::optional<model::Rsvp>& before);

// To an event here: stores the answer in that state; seats are taken and given back, and the hosts that have the event
// hear of their number. False, and nothing changed, where it is full.
Result<bool> settle_rsvp(sql::Tx&, const Context&, const model::Post&, model::Rsvp, model::RsvpState);

// The event's author hears that somebody asks; a person here that they were let in or refused, or that it changed.
Result<> tell_of_request(sql::Tx&, const Context&, const model::Post&, Id asker);
Result<> tell_of_news(sql::Tx&, const Context&, const model::Post&, Id person);

}  // namespace kith::community
