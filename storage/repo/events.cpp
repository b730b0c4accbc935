#include "storage/repo/events.hpp"

#include <algorithm>

namespace kith::repo {

using model::Consumer;
using model::Event;
using model::EventKind;
using sql::Tx;

namespace {

bool only_for_listeners(const Event& e) {
    return e.kind >= EventKind::filters_changed && e.kind <= EventKind::announcement_reacted;
}

bool wanted_by(Consumer consumer, const Event& e) {
    if (only_for_listeners(e)) return false;
    switch (consumer) {
        case Consumer::publisher:
            // Received events interest it only where a local group, or author, spreads them.
            return e.kind == EventKind::group_relayed || e.kind == EventKind::activity_forwarded ||
                   (e.local && e.kind != EventKind::member_joined &&
                    e.kind != EventKind::member_left);
        case Consumer::insight:
            return e.kind != EventKind::group_relayed &&
                   (e.group_id || e.kind == EventKind::actor_deleted);
    }
    return false;
}

}  // namespace

Result<> append_event(Tx& tx, const Event& e) {
    TRY(
        tx.execute("INSERT INTO event (id, kind, actor_id, local, post_id, target_id, group_id, "
                   "object_ap_id, payload, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
                   {e.id, int(e.kind), e.actor_id, e.local, e.post_id, e.target_id, e.group_id,
                    e.object_ap_id, e.payload, e.at}));
    for (auto consumer : {Consumer::publisher, Consumer::insight})
        if (wanted_by(consumer, e))
            TRY(
                tx.execute("INSERT INTO event_todo (consumer, event_id, lease_until, attempts) "
                           "VALUES ($1, $2, 0, 0)",
                           {int(consumer), e.id}));
    if (wanted_by(Consumer::publisher, e) || only_for_listeners(e)) tx.mark_news();  // what happens here leaves at once
    return {};
}

Result<std::vector<ClaimedEvent>> claim_events(Tx& tx, Consumer consumer, TimeMs now,
                                               TimeMs lease_until, int limit) {
    static const auto make = [](const sql::Dialect& d) {
        // A WITH, because PostgreSQL may run a locking subselect after IN more than once.
        // An earlier event of the same post that is leased or postponed goes first: its consumer
        // may have died with it.
        return "WITH due AS (SELECT event_id FROM event_todo t WHERE consumer = $1 AND lease_until "
               "<= $2 AND NOT EXISTS (SELECT 1 FROM event_todo w JOIN event before ON before.id = "
               "w.event_id JOIN event this ON this.post_id = before.post_id WHERE w.consumer = $1 "
               "AND w.lease_until > $2 AND w.event_id < t.event_id AND this.id = t.event_id) "
               "ORDER BY event_id LIMIT $4" +
               std::string(d.skip_locked()) +
               ") UPDATE event_todo SET lease_until = $3, attempts = attempts + 1 WHERE consumer = "
               "$1 "
               "AND event_id IN (SELECT event_id FROM due) RETURNING event_id, attempts";
    };
    auto claimed = TRY(tx.query(make(tx.dialect()), {int(consumer), now, lease_until, limit}));
    std::vector<ClaimedEvent> out;
    for (const auto& row : claimed) {
        auto found =
            TRY(tx.query("SELECT id, kind, actor_id, local, post_id, target_id, group_id, "
                         "object_ap_id, payload, at FROM event WHERE id = $1",
                         {row.integer(0)}));
        if (found.empty()) continue;
        auto e = found[0];
        out.push_back({.event = {.id = e.integer(0),
                                 .kind = EventKind(e.integer(1)),
                                 .actor_id = e.integer(2),
                                 .local = e.boolean(3),
                                 .post_id = e.maybe_integer(4),
                                 .target_id = e.maybe_integer(5),
                                 .group_id = e.maybe_integer(6),
                                 .object_ap_id = e.str(7),
                                 .payload = e.str(8),
                                 .at = e.integer(9)},
                       .attempts = int(row.integer(1))});
    }
    std::sort(out.begin(), out.end(),
              [](const auto& x, const auto& y) { return x.event.id < y.event.id; });
    return out;
}

Result<> finish_event(Tx& tx, Consumer consumer, Id event) {
    TRY(tx.execute("DELETE FROM event_todo WHERE consumer = $1 AND event_id = $2",
                   {int(consumer), event}));
    return {};
}

Result<> postpone_event(Tx& tx, Consumer consumer, Id event, TimeMs at) {
    TRY(tx.execute("UPDATE event_todo SET lease_until = $3 WHERE consumer = $1 AND event_id = $2",
                   {int(consumer), event, at}));
    return {};
}

Result<> release_events(Tx& tx, Consumer consumer) {
    TRY(tx.execute("UPDATE event_todo SET lease_until = 0 WHERE consumer = $1 AND lease_until > 0",
                   {int(consumer)}));
    return {};
}

Result<std::int64_t> open_events(Tx& tx, Consumer consumer) {
    auto rows =
        TRY(tx.query("SELECT COUNT(*) FROM event_todo WHERE consumer = $1", {int(consumer)}));
    return rows[0].integer(0);
}

Result<std::int64_t> trim_events(Tx& tx, TimeMs before, int limit) {
    return tx.execute(
        "DELETE FROM event WHERE id IN (SELECT e.id FROM event e WHERE e.at < $1 AND "
        "NOT EXISTS (SELECT 1 FROM event_todo t WHERE t.event_id = e.id) "
        "ORDER BY e.id LIMIT $2)",
        {before, limit});
}

}  // namespace kith::repo
