#include "storage/repo/domain_rules.hpp"

#include "base/json/writer.hpp"
#include "base/text/host.hpp"
#include "storage/repo/domains.hpp"

namespace kith::repo {

using sql::Tx;

namespace {

// The host as it is written, without its port, and each domain above it.
std::vector<std::string> names_of(std::string_view host) {
    std::vector<std::string> out{std::string(host)};
    const auto parsed = parse_authority(host);
    if (!parsed) return out;
    std::string_view name = parsed->host;
    for (;;) {
        if (name != out.front()) out.emplace_back(name);
        const auto dot = name.find('.');
        if (dot == name.npos) return out;
        name.remove_prefix(dot + 1);
    }
}

std::string as_list(std::span<const std::string> texts) {
    json::Writer w;
    w.array();
    for (const auto& text : texts) w.value(text);
    w.end();
    return w.take();
}

}  // namespace

Result<DomainRules> DomainRules::all(Tx& tx) {
    DomainRules out;
    for (auto& block : TRY(domain_blocks(tx))) {
        auto host = block.host;
        out.blocks_.emplace(std::move(host), std::move(block));
    }
    if (!TRY(only_allowed_hosts(tx))) return out;
    out.allowed_.emplace();
    for (auto& allow : TRY(domain_allows(tx))) out.allowed_->insert(std::move(allow.host));
    return out;
}

Result<DomainRules> DomainRules::about(Tx& tx, std::span<const std::string> hosts) {
    static const auto blocks = [](const sql::Dialect& d) {
        return "SELECT host, severity, reject_media, reject_reports FROM domain_block WHERE " +
               d.in_texts("host", 1);
    };
    static const auto allows = [](const sql::Dialect& d) {
        return "SELECT host FROM domain_allow WHERE " + d.in_texts("host", 1);
    };
    std::vector<std::string> names;
    for (const auto& host : hosts)
        for (auto& name : names_of(host)) names.push_back(std::move(name));
    DomainRules out;
    for (const auto& row : TRY(tx.query(blocks(tx.dialect()), {as_list(names)}))) {
        model::DomainBlock block;
        block.host = row.str(0);
        block.severity = model::BlockSeverity(row.integer(1));
        block.reject_media = row.boolean(2);
        block.reject_reports = row.boolean(3);
        out.blocks_.emplace(row.str(0), std::move(block));
    }
    if (!TRY(only_allowed_hosts(tx))) return out;
    out.allowed_.emplace();
    for (const auto& row : TRY(tx.query(allows(tx.dialect()), {as_list(hosts)})))
        out.allowed_->insert(row.str(0));
    return out;
}

model::DomainPolicy DomainRules::of(std::string_view host) const {
    model::DomainPolicy out;
    out.suspended = allowed_ && !allowed_->contains(host);
    if (blocks_.empty()) return out;
    for (const auto& name : names_of(host)) {
        const auto found = blocks_.find(name);
        if (found == blocks_.end()) continue;
        const auto& block = found->second;
        out.suspended = out.suspended || block.severity == model::BlockSeverity::suspend;
        out.silenced = out.silenced || block.severity == model::BlockSeverity::silence;
        out.reject_media = out.reject_media || block.reject_media;
        out.reject_reports = out.reject_reports || block.reject_reports;
    }
    return out;
}

Result<model::DomainPolicy> domain_policy(Tx& tx, const std::string& host) {
    return TRY(DomainRules::about(tx, std::span(&host, 1))).of(host);
}

}  // namespace kith::repo
