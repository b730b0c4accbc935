#pragma once
#include "base/core/result.hpp"
#include "storage/model/federation.hpp"
#include "storage/sql/db.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

// What peers sent: the journal of accepted activities, which is also the memory of replays, and the
// log of refusals.
namespace kith::repo {

// What a repetition of the same bytes under the same (actor, id) means once the first is closed.
enum class Repetition {
    ignored,      // nothing
    judged_anew,  // Follow, Like …: the state decides; some servers use an id again after an Undo
};

enum class Acceptance {
    stored,  // open now, under the id of the given record
    replay,  // was here; nothing changed
    busy,    // the same id with other bytes, while the earlier one is still open: to be sent again
};

// Stores an activity as open. A closed row with other bytes, or one to be judged anew, is opened
// again with the new id, because ids order the lanes after a restart.
Result<Acceptance> accept_activity(sql::Tx&, const model::InboxActivity&, Repetition);

// Whether an activity of that actor was accepted, open or closed.
Result<bool> is_journaled(sql::Tx&, std::string_view actor_ap_id, std::string_view ap_id);

// An open row without its body.
struct OpenActivity {
    Id id = 0;
    std::string actor_ap_id, lane;
    TimeMs not_before = 0;
};
// The oldest first. A node reads them in pages that grow until nothing unknown is left: never from
// an id onwards, since commits do not come in the order of ids. Several processes on one database
// would claim here with a lease.
Result<std::vector<OpenActivity>> open_activities(sql::Tx&, int limit);
// With its body; nothing where it is closed.
Result<std::optional<model::InboxActivity>> find_open_activity(sql::Tx&, Id);

// Both drop the body. Code::conflict where the row is not open (any more): what was done in the
// same transaction must not be done twice.
Result<> close_applied(sql::Tx&, Id);
Result<> close_refused(sql::Tx&, Id, std::string_view phase, std::string_view reason);
// Keeps it open; phase and reason say what it waits for.
Result<> postpone_activity(sql::Tx&, const model::InboxActivity&);
// Closed rows received before `before`, at most `limit`; returns how many.
Result<std::int64_t> delete_closed_activities(sql::Tx&, TimeMs before, int limit);

struct InboxBacklog {
    std::int64_t open = 0;
    std::optional<TimeMs> oldest_received_at;
};
Result<InboxBacklog> inbox_backlog(sql::Tx&);

Result<> add_refusal(sql::Tx&, const model::Refusal&);
// Keeps the newest `keep`.
Result<> trim_refusals(sql::Tx&, std::int64_t keep);
// Newest first, with ids below `below`; of one host, or of all ("").
Result<std::vector<model::Refusal>> refusals(sql::Tx&, std::string_view host, Id below, int limit);

}  // namespace kith::repo
