#include "storage/repo/jobs.hpp"

namespace kith::repo {

using model::Job;
using sql::Tx;

Result<> add_job(Tx& tx, const Job& job) {
    TRY(
        tx.execute("INSERT INTO job (id, kind, payload, attempts, not_before, lease_until, "
                   "last_error, created_at) "
                   "VALUES ($1, $2, $3, $4, $5, 0, '', $6)",
                   {job.id, job.kind, job.payload, job.attempts, job.not_before, job.created_at}));
    return {};
}

Result<std::optional<Job>> claim_job(Tx& tx, TimeMs now, TimeMs lease_until) {
    static const auto make = [](const sql::Dialect& d) {
        return "UPDATE job SET lease_until = $2, attempts = attempts + 1 WHERE id = (SELECT id "
               "FROM job WHERE "
               "not_before <= $1 AND lease_until <= $1 ORDER BY not_before, id LIMIT 1" +
               std::string(d.skip_locked()) +
               ") RETURNING id, kind, payload, attempts, not_before, created_at";
    };
    auto rows = TRY(tx.query(make(tx.dialect()), {now, lease_until}));
    if (rows.empty()) return std::optional<Job>{};
    auto row = rows[0];
    return Job{row.integer(0),      row.str(1),     row.str(2),
               int(row.integer(3)), row.integer(4), row.integer(5)};
}

Result<> finish_job(Tx& tx, Id id) {
    TRY(tx.execute("DELETE FROM job WHERE id = $1", {id}));
    return {};
}

Result<> set_job_payload(Tx& tx, Id id, std::string_view payload, TimeMs not_before) {
    TRY(tx.execute(
        "UPDATE job SET payload = $2, not_before = $3, lease_until = 0, attempts = 0 WHERE id = $1",
        {id, payload, not_before}));
    return {};
}

Result<> retry_job(Tx& tx, Id id, std::string_view error, TimeMs not_before) {
    TRY(tx.execute("UPDATE job SET last_error = $2, not_before = $3, lease_until = 0 WHERE id = $1",
                   {id, error, not_before}));
    return {};
}

Result<> release_jobs(Tx& tx) {
    TRY(tx.execute("UPDATE job SET lease_until = 0 WHERE lease_until > 0"));
    return {};
}

Result<> ensure_job(Tx& tx, const Job& job) {
    auto rows = TRY(tx.query("SELECT 1 FROM job WHERE kind = $1 LIMIT 1", {job.kind}));
    return rows.empty() ? add_job(tx, job) : Result<>{};
}

}  // namespace kith::repo
