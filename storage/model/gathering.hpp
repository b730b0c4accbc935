#pragma once
#include "base/core/clock.hpp"
#include "base/core/ids.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace kith::model {

// Numbers are stored.
enum class GatheringStatus { scheduled = 0, tentative = 1, cancelled = 2, postponed = 3 };
// Whoever asks comes; the author lets in; answers are taken elsewhere (participation_url); none are.
enum class JoinMode { free = 0, restricted = 1, external = 2, none = 3 };

// What is known of an event beside its post (FEP-8a8e, DRAFT). Not to be mixed up with model::Event, the stream
// of what happens here.
struct Gathering {
    Id post_id = 0;
    // Both or neither: of an open end `ends_at` is when programs take it as over, and is not shown.
    std::optional<TimeMs> starts_at, ends_at;
    bool shows_end = true;
    int utc_offset_minutes = 0;  // in which its author wrote the start
    std::string time_zone;       // IANA, or ""
    std::string place, address;  // plain text, one line each
    std::optional<double> latitude, longitude;
    std::string online_url;
    GatheringStatus status = GatheringStatus::scheduled;
    JoinMode join_mode = JoinMode::none;
    std::string participation_url;      // of JoinMode::external: http, https or mailto
    std::optional<std::int64_t> capacity;
    std::int64_t attendees = 0;         // who come; of a remote one as its origin says
    std::int64_t sequence = 0;          // raised when time, place or status changes (RFC 5545 3.8.7.4)
    std::string organizer;              // of a remote one: who answers beside its author (Mobilizon), an actor id

    bool takes_answers() const { return join_mode == JoinMode::free || join_mode == JoinMode::restricted; }
};

enum class RsvpState { asked = 0, going = 1, refused = 2, left = 3 };

// What one person answered to an event. One row for each of both, whatever becomes of it.
struct Rsvp {
    Id id = 0;
    Id post_id = 0, actor_id = 0;
    RsvpState state = RsvpState::asked;
    std::string join_ap_id;  // of the Join that counts, ours or theirs; "" between people here
    TimeMs created_at = 0;
};

}  // namespace kith::model
