#pragma once
#include "base/core/result.hpp"
#include "storage/model/federation.hpp"
#include "storage/repo/relations.hpp"
#include "storage/sql/db.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

// The outbox: activities (their bytes once), a row for each inbox that one still has to go to, and
// what became of the others. Peers: storage/repo/peers.hpp.
namespace kith::repo {

// False where the ap_id is stored already: the first bytes stay.
Result<bool> insert_activity(sql::Tx&, const model::Activity&);
Result<std::optional<model::Activity>> find_activity_by_ap_id(sql::Tx&, std::string_view ap_id);
Result<std::vector<model::Activity>> activities_by_ids(sql::Tx&, std::span<const Id>);
// Oldest first, their bodies left out: what a peer missed whose rows were no longer made.
Result<std::vector<model::Activity>> activities_after(sql::Tx&, Id after, int limit);

// The `ordering` of what goes out about a post itself.
std::string post_ordering(Id post);

// False where the inbox has its row or its result for this activity already.
Result<bool> queue_delivery(sql::Tx&, const model::Delivery&);

struct WaitingDelivery {
    model::Delivery delivery;
    Id actor_id = 0;        // who signs
    TimeMs created_at = 0;  // of the activity
};
// In the order they go out.
Result<std::vector<WaitingDelivery>> waiting_deliveries(sql::Tx&, std::string_view host, Id after,
                                                        int limit);

// A row that is done with, one way or the other.
struct FinishedDelivery {
    Id id = 0, activity_id = 0;
    std::string host, inbox;
    model::DeliveryOutcome outcome = model::DeliveryOutcome::delivered;
    std::string error;
    std::optional<Id> post_id;  // whose post_reach it changes
};
Result<> finish_delivery(sql::Tx&, const FinishedDelivery&, TimeMs at);
// Attempts, not_before and last_error, after a try that did not succeed.
Result<> postpone_delivery(sql::Tx&, const model::Delivery&);
// To where its actor is now; a row that is there already takes its place.
Result<> readdress_delivery(sql::Tx&, Id delivery, std::string_view inbox);
// Gives up the oldest rows of a host, or of one inbox there ("" = all); returns how many.
Result<std::int64_t> give_up_deliveries(sql::Tx&, std::string_view host, std::string_view inbox,
                                        std::string_view error, TimeMs at, int limit);

struct DeliveryResult {
    std::string host, inbox;
    model::DeliveryOutcome outcome = model::DeliveryOutcome::delivered;
    TimeMs at = 0;
    std::string error;
};
Result<std::vector<DeliveryResult>> delivery_results(sql::Tx&, Id activity);  // by inbox

// What is older than `before` and waits for nobody; at most `limit` a call, returns how many.
Result<std::int64_t> trim_activities(sql::Tx&, TimeMs before, int limit);
Result<std::int64_t> trim_delivery_results(sql::Tx&, TimeMs before, int limit);

// post_reach, where a post is sent to a host: `queued`, unless it has it.
Result<> queue_reach(sql::Tx&, Id post, const InboxRow&, TimeMs at);

// follower_inboxes() of one host only.
Result<std::vector<InboxRow>> follower_inboxes_at(sql::Tx&, Id followed, std::string_view host);
// One inbox for each host that ever was a peer and still has a living actor ("" = all hosts).
Result<std::vector<InboxRow>> peer_inboxes(sql::Tx&, std::string_view host);
// Somebody who reads this inbox, alone or with neighbours.
Result<std::optional<model::Actor>> actor_of_inbox(sql::Tx&, std::string_view host,
                                                   std::string_view inbox);
// Nothing is sent there until the actor's document names an inbox again.
Result<> forget_inbox(sql::Tx&, Id actor);

}  // namespace kith::repo
