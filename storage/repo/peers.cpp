#include "storage/repo/peers.hpp"

namespace kith::repo {

using model::Peer;
using model::PeerState;
using sql::Tx;

namespace {

const std::string peer_columns =
    "host, state, next_at, lease_until, lease_owner, fail_count, first_fail_at, last_success_at, "
    "resume_after, "
    "last_error, answered_streak";

Peer peer_from(const sql::Rows::Row& row) {
    return {.host = row.str(0),
            .state = PeerState(row.integer(1)),
            .next_at = row.integer(2),
            .lease_until = row.integer(3),
            .lease_owner = row.str(4),
            .fail_count = int(row.integer(5)),
            .first_fail_at = row.maybe_integer(6),
            .last_success_at = row.maybe_integer(7),
            .resume_after = row.maybe_integer(8),
            .last_error = row.str(9),
            .answered_streak = int(row.integer(10))};
}

const std::string overview_text =
    "SELECT " + peer_columns +
    ", (SELECT COUNT(*) FROM delivery d WHERE d.host = p.host), (SELECT a.created_at FROM delivery "
    "d JOIN activity a "
    "ON a.id = d.activity_id WHERE d.host = p.host ORDER BY d.id LIMIT 1), p.software FROM peer p";

PeerOverview overview_from(const sql::Rows::Row& row) {
    return {.peer = peer_from(row),
            .waiting_rows = row.integer(11),
            .oldest_at = row.maybe_integer(12),
            .software = row.str(13)};
}

}  // namespace

Result<Peer> admit_peer(Tx& tx, std::string_view host, TimeMs now) {
    static const auto text =
        "INSERT INTO peer (host, state, next_at, lease_until, lease_owner, fail_count, last_error, "
        "answered_streak) "
        "VALUES ($1, 0, $2, 0, '', 0, '', 0) ON CONFLICT (host) DO UPDATE SET next_at = CASE WHEN "
        "peer.state = 0 AND "
        "peer.next_at > excluded.next_at THEN excluded.next_at ELSE peer.next_at END RETURNING " +
        peer_columns;
    auto rows = TRY(tx.query(text, {host, now}));
    if (rows.empty()) return fail(Code::internal, "a peer cannot be stored", std::string(host));
    return peer_from(rows[0]);
}

Result<std::optional<Peer>> lock_peer(Tx& tx, std::string_view host) {
    static const auto make = [](const sql::Dialect& d) {
        return "SELECT " + peer_columns + " FROM peer WHERE host = $1" +
               std::string(d.for_update());
    };
    auto rows = TRY(tx.query(make(tx.dialect()), {host}));
    return rows.empty() ? std::optional<Peer>{} : peer_from(rows[0]);
}

Result<> set_resume_after(Tx& tx, std::string_view host, std::optional<Id> activity) {
    TRY(tx.execute("UPDATE peer SET resume_after = $2 WHERE host = $1", {host, activity}));
    return {};
}

Result<std::vector<std::string>> due_peers(Tx& tx, TimeMs now, int limit) {
    auto rows = TRY(
        tx.query("SELECT host FROM peer p WHERE lease_until <= $1 AND next_at <= $1 AND state <> 4 "
                 "AND EXISTS "
                 "(SELECT 1 FROM delivery d WHERE d.host = p.host) ORDER BY next_at, host LIMIT $2",
                 {now, limit}));
    std::vector<std::string> out;
    for (const auto& row : rows) out.push_back(row.str(0));
    return out;
}

Result<std::vector<Peer>> claim_peers(Tx& tx, std::string_view hosts, TimeMs now,
                                      TimeMs lease_until, std::string_view owner) {
    static const auto make = [](const sql::Dialect& d) {
        // A WITH, because PostgreSQL may run a locking subselect after IN more than once.
        return "WITH due AS (SELECT host FROM peer WHERE " + d.in_texts("host", 4) +
               " AND lease_until <= $1 AND next_at <= $1 AND state <> 4 ORDER BY host" +
               std::string(d.skip_locked()) +
               ") UPDATE peer SET lease_until = $2, lease_owner = $3 WHERE host IN (SELECT host "
               "FROM due) RETURNING " +
               peer_columns;
    };
    auto rows = TRY(tx.query(make(tx.dialect()), {now, lease_until, owner, hosts}));
    std::vector<Peer> out;
    for (const auto& row : rows) out.push_back(peer_from(row));
    return out;
}

Result<> renew_peer_leases(Tx& tx, std::string_view owner, TimeMs lease_until) {
    TRY(tx.execute("UPDATE peer SET lease_until = $2 WHERE lease_owner = $1",
                   {owner, lease_until}));
    return {};
}

Result<> save_peer(Tx& tx, const Peer& p) {
    TRY(
        tx.execute("UPDATE peer SET state = $3, next_at = $4, fail_count = $5, first_fail_at = $6, "
                   "last_success_at = $7, "
                   "last_error = $8, answered_streak = $9 WHERE host = $1 AND lease_owner = $2",
                   {p.host, p.lease_owner, int(p.state), p.next_at, p.fail_count, p.first_fail_at,
                    p.last_success_at, p.last_error, p.answered_streak}));
    return {};
}

Result<> release_peer(Tx& tx, std::string_view host, std::string_view owner, Id seen) {
    TRY(tx.execute(
        "UPDATE peer SET lease_until = 0, lease_owner = '', next_at = CASE WHEN state = 0 AND "
        "EXISTS "
        "(SELECT 1 FROM delivery d WHERE d.host = $1 AND d.id > $3) THEN 0 ELSE next_at END "
        "WHERE host = $1 AND lease_owner = $2",
        {host, owner, seen}));
    return {};
}

Result<> release_peers(Tx& tx) {
    TRY(tx.execute("UPDATE peer SET lease_until = 0, lease_owner = '' WHERE lease_until > 0"));
    return {};
}

Result<bool> revive_peer(Tx& tx, std::string_view host, TimeMs now) {
    return TRY(tx.execute("UPDATE peer SET next_at = $2, state = CASE WHEN state = 2 THEN 3 WHEN "
                          "state = 4 THEN 0 ELSE state "
                          "END WHERE host = $1 AND lease_until <= $2 AND state <> 0",
                          {host, now})) == 1;
}

Result<std::vector<std::string>> troubled_peers(Tx& tx) {
    auto rows = TRY(tx.query("SELECT host FROM peer WHERE state <> 0 ORDER BY host"));
    std::vector<std::string> out;
    for (const auto& row : rows) out.push_back(row.str(0));
    return out;
}

Result<std::vector<PeerOverview>> peers_overview(Tx& tx) {
    static const auto text = overview_text + " ORDER BY p.host";
    auto rows = TRY(tx.query(text));
    std::vector<PeerOverview> out;
    for (const auto& row : rows) out.push_back(overview_from(row));
    return out;
}

Result<std::optional<PeerOverview>> peer_overview(Tx& tx, std::string_view host) {
    static const auto text = overview_text + " WHERE p.host = $1";
    auto rows = TRY(tx.query(text, {host}));
    return rows.empty() ? std::optional<PeerOverview>{} : overview_from(rows[0]);
}

Result<std::vector<PeerBacklog>> peer_backlogs(Tx& tx, int limit) {
    auto rows = TRY(tx.query(
        "SELECT d.host, COUNT(*), MIN(a.created_at) AS oldest FROM delivery d JOIN activity a ON "
        "a.id = d.activity_id GROUP BY d.host ORDER BY oldest, d.host LIMIT $1",
        {limit}));
    std::vector<PeerBacklog> out;
    for (const auto& row : rows) out.push_back({row.str(0), row.integer(1), row.integer(2)});
    return out;
}

Result<std::vector<std::int64_t>> peers_by_state(Tx& tx) {
    std::vector<std::int64_t> out(model::peer_state_count);
    for (const auto& row : TRY(tx.query("SELECT state, COUNT(*) FROM peer GROUP BY state")))
        out.at(std::size_t(row.integer(0))) = row.integer(1);
    return out;
}

Result<std::vector<std::string>> peers_to_ask(Tx& tx, TimeMs before, int limit) {
    auto rows =
        TRY(tx.query("SELECT host FROM peer WHERE state = 0 AND software_asked_at < $1 ORDER BY "
                     "software_asked_at, host LIMIT $2",
                     {before, limit}));
    std::vector<std::string> out;
    for (const auto& row : rows) out.push_back(row.str(0));
    return out;
}

Result<> put_peer_software(Tx& tx, std::string_view host, std::string_view software, TimeMs at) {
    TRY(
        tx.execute("UPDATE peer SET software_asked_at = $3, software = CASE WHEN $2 = '' THEN "
                   "software ELSE $2 END WHERE host = $1",
                   {host, software, at}));
    return {};
}

}  // namespace kith::repo
