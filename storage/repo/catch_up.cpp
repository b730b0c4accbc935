#include "storage/repo/catch_up.hpp"

namespace kith::repo {

using sql::Tx;

namespace {

constexpr std::string_view host_columns =
    "SELECT h.host, h.since, h.not_before, h.attempts, h.started_at, h.finished_at, h.requests, "
    "h.found, h.taken, h.error FROM catch_up_host h ";

CatchUpHost host_of(const sql::Rows::Row& row) {
    return {.host = row.str(0),
            .since = row.integer(1),
            .not_before = row.integer(2),
            .attempts = int(row.integer(3)),
            .started_at = row.maybe_integer(4),
            .finished_at = row.maybe_integer(5),
            .requests = row.integer(6),
            .found = row.integer(7),
            .taken = row.integer(8),
            .error = row.str(9)};
}

Result<std::optional<CatchUpHost>> first_host(Tx& tx, std::string_view rest,
                                              std::initializer_list<sql::Param> params) {
    auto rows = TRY(tx.query(std::string(host_columns) + std::string(rest), params));
    if (rows.empty()) return std::optional<CatchUpHost>{};
    return std::optional<CatchUpHost>(host_of(rows[0]));
}

}  // namespace

Result<std::optional<TimeMs>> last_alive(Tx& tx) {
    auto rows = TRY(tx.query("SELECT at FROM alive WHERE id = 1"));
    if (rows.empty()) return std::optional<TimeMs>{};
    return std::optional<TimeMs>(rows[0].integer(0));
}

Result<> note_alive(Tx& tx, TimeMs now) {
    TRY(tx.execute("INSERT INTO alive (id, at) VALUES (1, $1) "
                   "ON CONFLICT (id) DO UPDATE SET at = excluded.at WHERE alive.at < excluded.at",
                   {now}));
    return {};
}

Result<> queue_followed(Tx& tx, TimeMs since, std::string_view host, int limit) {
    TRY(tx.execute(
        "INSERT INTO catch_up (kind, subject_id, host, weight, since) "
        "SELECT 0, a.id, a.host, COUNT(*), CAST($1 AS BIGINT) FROM follow f "
        "JOIN actor a ON a.id = f.followed_id JOIN actor b ON b.id = f.follower_id "
        "WHERE b.local AND NOT a.local AND f.state = 1 AND a.suspended_at IS NULL "
        "AND a.deleted_at IS NULL AND a.outbox <> '' AND ($2 = '' OR a.host = $2) "
        "GROUP BY a.id, a.host ORDER BY COUNT(*) DESC, a.id LIMIT $3 "
        "ON CONFLICT (kind, subject_id) DO NOTHING",
        {since, host, limit}));
    return {};
}

Result<> queue_threads(Tx& tx, TimeMs since, Id live_from, std::string_view host, int limit) {
    TRY(tx.execute(
        "INSERT INTO catch_up (kind, subject_id, host, weight, since) "
        "SELECT 1, p.id, a.host, t.latest, CAST($1 AS BIGINT) FROM "
        "(SELECT thread_id, MAX(id) AS latest, COUNT(*) AS posts FROM post WHERE id >= $2 GROUP BY thread_id) t "
        "JOIN post p ON p.id = t.thread_id JOIN actor a ON a.id = p.actor_id "
        "WHERE NOT p.local AND p.context_url <> '' AND p.deleted_at IS NULL "
        "AND p.visibility <= 1 AND a.suspended_at IS NULL AND ($3 = '' OR a.host = $3) AND ("
        "EXISTS (SELECT 1 FROM post q WHERE q.thread_id = p.id AND q.local) OR "
        "(t.posts > 1 AND EXISTS (SELECT 1 FROM follow f JOIN actor b ON b.id = f.follower_id "
        "WHERE f.followed_id = p.actor_id AND f.state = 1 AND b.local))) "
        "ORDER BY t.latest DESC LIMIT $4 ON CONFLICT (kind, subject_id) DO NOTHING",
        {since, live_from, host, limit}));
    return {};
}

Result<> queue_thread(Tx& tx, Id first_post, TimeMs now) {
    TRY(tx.execute("INSERT INTO catch_up (kind, subject_id, host, weight, since) "
                   "SELECT 1, p.id, a.host, 0, CAST($2 AS BIGINT) FROM post p "
                   "JOIN actor a ON a.id = p.actor_id WHERE p.id = $1 AND NOT p.local AND "
                   "p.deleted_at IS NULL AND p.visibility <= 1 AND a.suspended_at IS NULL "
                   "ON CONFLICT (kind, subject_id) DO NOTHING",
                   {first_post, now}));
    return open_hosts(tx, now, now, Counts::go_on);
}

Result<> queue_profile(Tx& tx, Id actor, TimeMs now) {
    TRY(tx.execute("INSERT INTO catch_up (kind, subject_id, host, weight, since) "
                   "SELECT 2, a.id, a.host, 0, CAST($2 AS BIGINT) FROM actor a WHERE a.id = $1 AND NOT "
                   "a.local AND a.suspended_at IS NULL AND a.deleted_at IS NULL "
                   "ON CONFLICT (kind, subject_id) DO NOTHING",
                   {actor, now}));
    return open_hosts(tx, now, now, Counts::go_on);
}

Result<> open_hosts(Tx& tx, TimeMs since, TimeMs now, Counts counts) {
    constexpr std::string_view open =
        "INSERT INTO catch_up_host (host, since, not_before) "
        "SELECT DISTINCT c.host, CAST($1 AS BIGINT), CAST($2 AS BIGINT) FROM catch_up c "
        "WHERE NOT EXISTS (SELECT 1 FROM catch_up_host h WHERE h.host = c.host AND "
        "h.finished_at IS NULL) "
        "ON CONFLICT (host) DO UPDATE SET not_before = excluded.not_before, attempts = 0, "
        "finished_at = NULL, error = ''";
    constexpr std::string_view anew =
        ", since = excluded.since, started_at = NULL, requests = 0, found = 0, taken = 0";
    TRY(tx.execute(std::string(open) + std::string(counts == Counts::anew ? anew : ""),
                   {since, now}));
    tx.mark_news();
    return {};
}

Result<bool> has_due_host(Tx& tx, TimeMs now) {
    return !TRY(tx.query("SELECT 1 FROM catch_up_host WHERE finished_at IS NULL AND not_before <= $1 LIMIT 1", {now})).empty();
}

Result<std::optional<CatchUpHost>> claim_host(Tx& tx, TimeMs now, TimeMs lease_until) {
    auto host = TRY(first_host(
        tx,
        "WHERE h.finished_at IS NULL AND h.not_before <= $1 ORDER BY (SELECT MAX(c.weight) FROM "
        "catch_up c WHERE c.host = h.host AND c.kind = 0) DESC, h.host LIMIT 1" +
            std::string(tx.dialect().engine() == sql::Engine::postgres
                            ? " FOR UPDATE OF h SKIP LOCKED"
                            : ""),
        {now}));
    if (!host) return host;
    TRY(tx.execute("UPDATE catch_up_host SET not_before = $2, attempts = attempts + 1, "
                   "started_at = $3 WHERE host = $1",
                   {host->host, lease_until, now}));
    host->not_before = lease_until;
    ++host->attempts;
    host->started_at = now;
    return host;
}

Result<std::vector<CatchUpSubject>> subjects_of(Tx& tx, std::string_view host) {
    auto rows = TRY(tx.query("SELECT kind, subject_id, since FROM catch_up WHERE host = $1 "
                             "ORDER BY kind, weight DESC, subject_id",
                             {host}));
    std::vector<CatchUpSubject> out;
    for (const auto& row : rows)
        out.push_back({CatchUpKind(row.integer(0)), row.integer(1), row.integer(2)});
    return out;
}

Result<> finish_subject(Tx& tx, const CatchUpSubject& subject) {
    TRY(tx.execute("DELETE FROM catch_up WHERE kind = $1 AND subject_id = $2",
                   {int(subject.kind), subject.subject_id}));
    return {};
}

Result<> save_host(Tx& tx, const CatchUpHost& h) {
    TRY(tx.execute("UPDATE catch_up_host SET not_before = $2, attempts = $3, started_at = $4, "
                   "finished_at = $5, requests = $6, found = $7, taken = $8, error = $9 "
                   "WHERE host = $1",
                   {h.host, h.not_before, h.attempts, h.started_at, h.finished_at, h.requests,
                    h.found, h.taken, h.error}));
    if (h.finished_at) TRY(tx.execute("DELETE FROM catch_up WHERE host = $1", {h.host}));
    return {};
}

Result<> release_hosts(Tx& tx, TimeMs now) {
    TRY(tx.execute("UPDATE catch_up_host SET not_before = $1 WHERE finished_at IS NULL", {now}));
    return {};
}

Result<std::optional<CatchUpHost>> catch_up_of(Tx& tx, std::string_view host) {
    return first_host(tx, "WHERE h.host = $1", {host});
}

Result<std::vector<CatchUpHost>> catch_ups(Tx& tx) {
    auto rows = TRY(tx.query(std::string(host_columns) + "ORDER BY h.host"));
    std::vector<CatchUpHost> out;
    for (const auto& row : rows) out.push_back(host_of(row));
    return out;
}

}  // namespace kith::repo
