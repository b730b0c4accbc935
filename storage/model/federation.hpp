#pragma once
#include "base/core/ids.hpp"

#include <optional>
#include <string>

namespace kith::model {

enum class InboxState { accepted = 0, applied = 1, refused = 2 };

// An activity that a peer sent and that we answered with 202: durable before the answer. The body
// is dropped when it is closed; the row stays 30 days as the replay key (actor, ap_id).
struct InboxActivity {
    Id id = 0;
    std::string actor_ap_id, ap_id;
    std::string type;
    std::string lane;        // order key: activities of one lane are applied one after the other
    std::string body;
    std::string body_hash;   // SHA-256 over the bytes: the same id with other bytes is not a replay
    InboxState state = InboxState::accepted;
    std::string phase, reason;   // of a refusal
    int attempts = 0;
    TimeMs received_at = 0, not_before = 0;
};

// Why something from outside was not taken. A bounded log; nothing else remembers a refused request.
struct Refusal {
    Id id = 0;
    TimeMs at = 0;
    std::string phase, reason;
    int status = 0;
    std::string host, key_id, actor_ap_id, activity_ap_id;
};

// The bytes of one activity, once.
struct Activity {
    Id id = 0;
    Id actor_id = 0;       // the local actor that signs
    std::string ap_id;
    std::string type;
    std::string body;
    std::string audience;  // JSON: how rows for a peer that comes back are made again
    TimeMs created_at = 0;
};

struct Delivery {
    Id id = 0;
    std::string host;
    Id activity_id = 0;
    std::string inbox;
    std::string ordering;   // never two in flight with the same one
    int attempts = 0;
    TimeMs not_before = 0;
    std::string last_error;
};

enum class PeerState { healthy = 0, failing = 1, open = 2, half_open = 3, gone = 4 };
inline constexpr std::size_t peer_state_count = 5;

// What we know of another host as a receiver. No counters.
struct Peer {
    std::string host;
    PeerState state = PeerState::healthy;
    TimeMs next_at = 0;
    TimeMs lease_until = 0;
    std::string lease_owner;
    int fail_count = 0;
    std::optional<TimeMs> first_fail_at, last_success_at;
    std::optional<Id> resume_after;   // rows are no longer made: the last activity that was queued
    std::string last_error;
    int answered_streak = 0;          // consecutive answers, capped: decides how many go in flight
};

// Of HTTP signatures: draft-cavage-12 or RFC 9421.
enum class SignatureFlavour { cavage = 0, rfc9421 = 1 };

enum class DeliveryOutcome { delivered = 0, given_up = 1, expired = 2 };
enum class ReachState { queued = 0, delivered = 1, failed = 2, known = 3 };   // known: the host showed that it has it

struct Job {
    Id id = 0;
    std::string kind, payload;
    int attempts = 0;
    TimeMs not_before = 0, created_at = 0;
};

}  // namespace kith::model
