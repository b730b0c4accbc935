#pragma once
#include "base/core/clock.hpp"
#include "base/core/lru_map.hpp"
#include "storage/sql/db.hpp"

#include <mutex>
#include <string>
#include <string_view>

namespace kith::inbox {

// Whether a host is suspended here (storage/repo/domain_rules.hpp). Answers are kept for limits::domain_block_cached_ms.
// Thread-safe.
class DomainBlocks {
public:
    DomainBlocks(sql::Db& db, const Clock& clock);

    // `host` as Url::host_port() gives it.
    Result<bool> suspended(const std::string& host);

private:
    struct Held {
        bool suspended;
        TimeMs until;
    };
    sql::Db& db_;
    const Clock& clock_;
    std::mutex mutex_;
    LruMap<Held> held_;
};

}  // namespace kith::inbox
