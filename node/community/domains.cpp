#include "node/community/domains.hpp"

#include "node/community/severances.hpp"
#include "storage/repo/domains.hpp"
#include "storage/repo/host_suspension.hpp"
#include "storage/repo/node_acts.hpp"

#include <algorithm>

namespace kith::community {

using model::DomainAllow;
using model::DomainBlock;
using sql::Tx;

namespace {

Result<bool> is_listed(Tx& tx, std::string_view host) {
    for (const auto& entry : TRY(repo::blocklist_entries(tx)))
        if (entry.host == host) return true;
    return false;
}

}  // namespace

Result<> settle_domains(Tx& tx, const Context& context, const std::string& cause) {
    TRY(repo::follow_domain_blocks(tx, context.clock.now_ms()));
    return begin_severance(tx, context, cause);
}

Result<DomainBlock> block_domain(Context& context, DomainBlock block) {
    if (block.host == context.config.server.host || block.host == context.config.server.account_domain)
        return fail(Code::unprocessable, "Validation failed: Domain is this node's own");
    return context.db.write([&](Tx& tx) -> Result<DomainBlock> {
        auto wanted = block;
        const auto known = TRY(repo::find_domain_block(tx, block.host));
        wanted.id = known ? known->id : context.ids.next();
        wanted.created_at = known ? known->created_at : context.clock.now_ms();
        wanted.list_id = {};
        TRY(repo::put_domain_block(tx, wanted));
        TRY(repo::set_domain_block_end(tx, wanted.host, {}));
        TRY(settle_domains(tx, context, wanted.host));
        return wanted;
    });
}

Result<> unblock_domain(Context& context, const std::string& host) {
    return context.db.write([&](Tx& tx) -> Result<> {
        auto known = TRY(repo::find_domain_block(tx, host));
        if (!known) return fail(Code::not_found, host + " is not blocked");
        if (TRY(is_listed(tx, host))) {
            DomainBlock kept{.host = host,
                             .severity = model::BlockSeverity::none,
                             .reason = known->reason,
                             .created_at = known->created_at,
                             .id = known->id,
                             .note = known->note};
            TRY(repo::put_domain_block(tx, kept));
        } else {
            TRY(repo::remove_domain_block(tx, host));
        }
        return settle_domains(tx, context, host);
    });
}

Result<DomainAllow> allow_domain(Context& context, const std::string& host) {
    return context.db.write([&](Tx& tx) -> Result<DomainAllow> {
        const DomainAllow allow{host, context.clock.now_ms(), context.ids.next()};
        if (!TRY(repo::add_domain_allow(tx, allow)))
            return fail(Code::conflict, host + " is allowed already");
        TRY(settle_domains(tx, context, host));
        return allow;
    });
}

Result<> disallow_domain(Context& context, const std::string& host) {
    return context.db.write([&](Tx& tx) -> Result<> {
        if (!TRY(repo::remove_domain_allow(tx, host)))
            return fail(Code::not_found, host + " is not among the allowed hosts");
        return settle_domains(tx, context, host);
    });
}

Result<> follow_configured_domains(Context& context) {
    const bool wanted = context.config.federation.allow_list;
    return context.db.write([&](Tx& tx) -> Result<> {
        if (TRY(repo::only_allowed_hosts(tx)) == wanted) return {};
        TRY(repo::set_only_allowed_hosts(tx, wanted));
        return settle_domains(tx, context, "hosts that are not allowed");
    });
}

std::string published_name(const DomainBlock& block) {
    auto name = block.host;
    if (!block.obfuscate || name.size() < 4) return name;
    // The first and last quarter stay, and every dot.
    const auto edge = name.size() / 4;
    for (auto i = edge; i < name.size() - edge; ++i)
        if (name[i] != '.') name[i] = '*';
    return name;
}

}  // namespace kith::community
