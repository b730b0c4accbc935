#pragma once
#include "base/core/result.hpp"
#include "storage/model/event.hpp"
#include "storage/sql/db.hpp"

#include <vector>

// The stream of domain events: written with the change, claimed by each consumer for itself.
namespace kith::repo {

// In the transaction of the change. The publisher gets what is local or relayed, and whoever
// listens to Db::on_news hears of it; insight gets what concerns a group or a member.
Result<> append_event(sql::Tx&, const model::Event&);

struct ClaimedEvent {
    model::Event event;
    int attempts = 0;
};

// The oldest open rows of a consumer whose lease has run out, leased until `lease_until`. Rows are
// claimed, never read by "greater than the last id": commits do not come in id order. Of one post
// none is claimed before an earlier one that somebody has leased.
Result<std::vector<ClaimedEvent>> claim_events(sql::Tx&, model::Consumer, TimeMs now,
                                               TimeMs lease_until, int limit);
// Done with: in the transaction of the consumer's own effect.
Result<> finish_event(sql::Tx&, model::Consumer, Id event);
// Again, not before `at`.
Result<> postpone_event(sql::Tx&, model::Consumer, Id event, TimeMs at);
// A single-process node frees what it had leased before it was killed.
Result<> release_events(sql::Tx&, model::Consumer);
Result<std::int64_t> open_events(sql::Tx&, model::Consumer);
// Events that nobody waits for and that are older than `before`; at most `limit` a call.
Result<std::int64_t> trim_events(sql::Tx&, TimeMs before, int limit);

}  // namespace kith::repo
