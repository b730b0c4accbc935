#pragma once
#include "base/core/ids.hpp"
#include "base/core/rate_limiter.hpp"
#include "federation/inbox/phase.hpp"
#include "storage/model/federation.hpp"
#include "storage/sql/db.hpp"

#include <atomic>

namespace kith::inbox {

// Why things were refused, for operators: the newest limits::refusals_max lines, written behind the
// answer and at a bounded rate, so that a flood of refusals costs neither disk nor time.
// Thread-safe.
class RefusalLog {
public:
    RefusalLog(sql::Db& db, const Clock& clock, IdGenerator& ids);

    // `line` without id and time; its texts are cut. Never waits.
    void add(model::Refusal line);

private:
    sql::Db& db_;
    const Clock& clock_;
    IdGenerator& ids_;
    RateLimiter rate_;
    std::atomic<unsigned> lines_{0};
};

}  // namespace kith::inbox
