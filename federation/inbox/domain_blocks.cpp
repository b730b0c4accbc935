#include "federation/inbox/domain_blocks.hpp"

#include "base/text/host.hpp"
#include "config/limits/inbox.hpp"
#include "storage/repo/relations.hpp"

namespace kith::inbox {
namespace {

Result<bool> is_suspended(sql::Tx& tx, std::string_view name) {
    const auto block = TRY(repo::find_domain_block(tx, name));
    return block && block->severity == model::BlockSeverity::suspend;
}

Result<bool> look_up(sql::Tx& tx, const std::string& host) {
    if (TRY(is_suspended(tx, host))) return true;
    const auto parsed = TRY(parse_authority(host));
    std::string_view name = parsed.host;
    for (;;) {
        if (TRY(is_suspended(tx, name))) return true;
        const auto dot = name.find('.');
        if (dot == name.npos) return false;
        name.remove_prefix(dot + 1);
    }
}

}  // namespace

DomainBlocks::DomainBlocks(sql::Db& db, const Clock& clock)
    : db_(db), clock_(clock), held_(limits::domain_blocks_cached_max) {}

Result<bool> DomainBlocks::suspended(const std::string& host) {
    const auto now = clock_.now_ms();
    {
        std::lock_guard lock(mutex_);
        if (auto* held = held_.find(host); held && held->until > now) return held->suspended;
    }
    const bool found = TRY(db_.read([&](sql::Tx& tx) { return look_up(tx, host); }));
    std::lock_guard lock(mutex_);
    return held_.put(host, {found, now + limits::domain_block_cached_ms}).suspended;
}

}  // namespace kith::inbox
