#include "storage/repo/inbox.hpp"

namespace kith::repo {

using model::InboxActivity;
using model::InboxState;
using model::Refusal;
using sql::Tx;

namespace {

Result<bool> insert(Tx& tx, const InboxActivity& a) {
    return TRY(tx.execute("INSERT INTO inbox_activity (id, actor_ap_id, ap_id, type, lane, body, "
                          "body_hash, state, "
                          "phase, reason, attempts, received_at, not_before) VALUES ($1, $2, $3, "
                          "$4, $5, $6, $7, 0, "
                          "'', '', 0, $8, $9) ON CONFLICT (actor_ap_id, ap_id) DO NOTHING",
                          {a.id, a.actor_ap_id, a.ap_id, a.type, a.lane, a.body, a.body_hash,
                           a.received_at, a.not_before})) == 1;
}

Result<bool> open_again(Tx& tx, const InboxActivity& a) {
    return TRY(tx.execute("UPDATE inbox_activity SET id = $1, type = $4, lane = $5, body = $6, "
                          "body_hash = $7, "
                          "state = 0, phase = '', reason = '', attempts = 0, received_at = $8, "
                          "not_before = $9 "
                          "WHERE actor_ap_id = $2 AND ap_id = $3 AND state <> 0",
                          {a.id, a.actor_ap_id, a.ap_id, a.type, a.lane, a.body, a.body_hash,
                           a.received_at, a.not_before})) == 1;
}

Result<> must_be_open(Result<std::int64_t> changed) {
    if (TRY(std::move(changed)) != 1) return fail(Code::conflict, "the activity is closed already");
    return {};
}

}  // namespace

Result<Acceptance> accept_activity(Tx& tx, const InboxActivity& a, Repetition repetition) {
    if (TRY(insert(tx, a))) return Acceptance::stored;
    auto rows = TRY(tx.query(
        "SELECT state, body_hash FROM inbox_activity WHERE actor_ap_id = $1 AND ap_id = $2",
        {a.actor_ap_id, a.ap_id}));
    if (rows.empty()) return Acceptance::busy;  // deleted as too old at this moment
    const bool open = InboxState(rows[0].integer(0)) == InboxState::accepted;
    const bool same = rows[0].text(1) == a.body_hash;
    if (same && (open || repetition == Repetition::ignored)) return Acceptance::replay;
    if (open) return Acceptance::busy;
    return TRY(open_again(tx, a)) ? Acceptance::stored : Acceptance::busy;
}

Result<bool> is_journaled(Tx& tx, std::string_view actor_ap_id, std::string_view ap_id) {
    auto rows = TRY(tx.query("SELECT 1 FROM inbox_activity WHERE actor_ap_id = $1 AND ap_id = $2",
                             {actor_ap_id, ap_id}));
    return !rows.empty();
}

Result<std::vector<OpenActivity>> open_activities(Tx& tx, int limit) {
    auto rows =
        TRY(tx.query("SELECT id, actor_ap_id, lane, not_before FROM inbox_activity WHERE state = 0 "
                     "ORDER BY id LIMIT $1",
                     {limit}));
    std::vector<OpenActivity> out;
    out.reserve(rows.size());
    for (const auto& row : rows)
        out.push_back({row.integer(0), row.str(1), row.str(2), row.integer(3)});
    return out;
}

Result<std::optional<InboxActivity>> find_open_activity(Tx& tx, Id id) {
    auto rows = TRY(
        tx.query("SELECT actor_ap_id, ap_id, type, lane, body, body_hash, phase, reason, attempts, "
                 "received_at, not_before FROM inbox_activity WHERE id = $1 AND state = 0",
                 {id}));
    if (rows.empty()) return std::optional<InboxActivity>{};
    const auto row = rows[0];
    return InboxActivity{.id = id,
                         .actor_ap_id = row.str(0),
                         .ap_id = row.str(1),
                         .type = row.str(2),
                         .lane = row.str(3),
                         .body = row.str(4),
                         .body_hash = row.str(5),
                         .state = InboxState::accepted,
                         .phase = row.str(6),
                         .reason = row.str(7),
                         .attempts = int(row.integer(8)),
                         .received_at = row.integer(9),
                         .not_before = row.integer(10)};
}

Result<> close_applied(Tx& tx, Id id) {
    return must_be_open(
        tx.execute("UPDATE inbox_activity SET state = 1, body = NULL, phase = '', reason = '' "
                   "WHERE id = $1 AND state = 0",
                   {id}));
}

Result<> close_refused(Tx& tx, Id id, std::string_view phase, std::string_view reason) {
    return must_be_open(
        tx.execute("UPDATE inbox_activity SET state = 2, body = NULL, phase = $2, reason = $3 "
                   "WHERE id = $1 AND state = 0",
                   {id, phase, reason}));
}

Result<> postpone_activity(Tx& tx, const InboxActivity& a) {
    return must_be_open(tx.execute(
        "UPDATE inbox_activity SET attempts = $2, not_before = $3, phase = $4, reason = $5 "
        "WHERE id = $1 AND state = 0",
        {a.id, a.attempts, a.not_before, a.phase, a.reason}));
}

Result<std::int64_t> delete_closed_activities(Tx& tx, TimeMs before, int limit) {
    return tx.execute(
        "DELETE FROM inbox_activity WHERE id IN (SELECT id FROM inbox_activity WHERE "
        "received_at < $1 AND state <> 0 ORDER BY received_at LIMIT $2)",
        {before, limit});
}

Result<InboxBacklog> inbox_backlog(Tx& tx) {
    auto rows =
        TRY(tx.query("SELECT COUNT(*), MIN(received_at) FROM inbox_activity WHERE state = 0"));
    return InboxBacklog{rows[0].integer(0), rows[0].maybe_integer(1)};
}

Result<> add_refusal(Tx& tx, const Refusal& r) {
    TRY(
        tx.execute("INSERT INTO refusal (id, at, phase, reason, status, host, key_id, actor_ap_id, "
                   "activity_ap_id) "
                   "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
                   {r.id, r.at, r.phase, r.reason, r.status, r.host, r.key_id, r.actor_ap_id,
                    r.activity_ap_id}));
    return {};
}

Result<> trim_refusals(Tx& tx, std::int64_t keep) {
    TRY(
        tx.execute("DELETE FROM refusal WHERE id <= (SELECT id FROM refusal ORDER BY id DESC LIMIT "
                   "1 OFFSET $1)",
                   {keep}));
    return {};
}

Result<std::vector<Refusal>> refusals(Tx& tx, std::string_view host, Id below, int limit) {
    static const std::string columns =
        "SELECT id, at, phase, reason, status, host, key_id, actor_ap_id, activity_ap_id "
        "FROM refusal WHERE id < $1 ";
    static const auto of_all = columns + "ORDER BY id DESC LIMIT $2";
    static const auto of_host = columns + "AND host = $3 ORDER BY id DESC LIMIT $2";
    auto rows = TRY(host.empty() ? tx.query(of_all, {below, limit})
                                 : tx.query(of_host, {below, limit, host}));
    std::vector<Refusal> out;
    for (const auto& row : rows)
        out.push_back({row.integer(0), row.integer(1), row.str(2), row.str(3), int(row.integer(4)),
                       row.str(5), row.str(6), row.str(7), row.str(8)});
    return out;
}

}  // namespace kith::repo
