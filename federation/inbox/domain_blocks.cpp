#include "federation/inbox/domain_blocks.hpp"

#include "config/limits/inbox.hpp"
#include "storage/repo/domain_rules.hpp"

namespace kith::inbox {
DomainBlocks::DomainBlocks(sql::Db& db, const Clock& clock)
    : db_(db), clock_(clock), held_(limits::domain_blocks_cached_max) {}

Result<bool> DomainBlocks::suspended(const std::string& host) {
    const auto now = clock_.now_ms();
    {
        std::lock_guard lock(mutex_);
        if (auto* held = held_.find(host); held && held->until > now) return held->suspended;
    }
    const bool found =
        TRY(db_.read([&](sql::Tx& tx) { return repo::domain_policy(tx, host); })).suspended;
    std::lock_guard lock(mutex_);
    return held_.put(host, {found, now + limits::domain_block_cached_ms}).suspended;
}

}  // namespace kith::inbox
