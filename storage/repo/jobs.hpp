#pragma once
#include "base/core/result.hpp"
#include "storage/model/federation.hpp"
#include "storage/sql/db.hpp"

#include <optional>
#include <string>
#include <string_view>

// Work left for later, in the transaction that wants it. Each job is done in repeatable pieces.
namespace kith::repo {

Result<> add_job(sql::Tx&, const model::Job&);
// The oldest due job, leased; attempts counts this try.
Result<std::optional<model::Job>> claim_job(sql::Tx&, TimeMs now, TimeMs lease_until);
Result<> finish_job(sql::Tx&, Id);
Result<> set_job_payload(sql::Tx&, Id, std::string_view payload,
                         TimeMs not_before);  // the next piece
Result<> retry_job(sql::Tx&, Id, std::string_view error, TimeMs not_before);
Result<> release_jobs(sql::Tx&);  // after a kill, by a single-process node
// Timed jobs: exactly one of a kind is waiting.
Result<> ensure_job(sql::Tx&, const model::Job&);

}  // namespace kith::repo
