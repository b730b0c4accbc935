#include "storage/repo/host_suspension.hpp"

#include "base/text/host.hpp"
#include "storage/repo/relations.hpp"

#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace kith::repo {

using sql::Tx;

namespace {

using Names = std::set<std::string, std::less<>>;

Result<Names> hosts_under(Tx& tx, model::BlockSeverity severity) {
    Names out;
    for (auto& block : TRY(domain_blocks(tx)))
        if (block.severity == severity) out.insert(std::move(block.host));
    return out;
}

bool covers(const Names& suspended, const std::string& host) {
    if (suspended.contains(host)) return true;
    const auto parsed = parse_authority(host);
    if (!parsed) return false;
    std::string_view name = parsed->host;
    for (;;) {
        if (suspended.contains(name)) return true;
        const auto dot = name.find('.');
        if (dot == name.npos) return false;
        name.remove_prefix(dot + 1);
    }
}

Result<std::vector<std::string>> hosts_of(Tx& tx, std::string_view query) {
    std::vector<std::string> out;
    for (const auto& row : TRY(tx.query(query))) out.push_back(row.str(0));
    return out;
}

Result<std::int64_t> hide(Tx& tx, const std::string& host, TimeMs now) {
    TRY(
        tx.execute("INSERT INTO host_suspension (actor_id) SELECT id FROM actor WHERE host = $1 "
                   "AND NOT local AND suspended_at IS NULL ON CONFLICT (actor_id) DO NOTHING",
                   {host}));
    return TRY(
        tx.execute("UPDATE actor SET suspended_at = $2 WHERE host = $1 AND NOT local AND "
                   "suspended_at IS NULL",
                   {host, now}));
}

Result<std::int64_t> show(Tx& tx, const std::string& host) {
    const auto shown =
        TRY(tx.execute("UPDATE actor SET suspended_at = NULL WHERE host = $1 AND id IN (SELECT "
                       "actor_id FROM host_suspension)",
                       {host}));
    TRY(
        tx.execute("DELETE FROM host_suspension WHERE actor_id IN (SELECT id FROM actor WHERE "
                   "host = $1)",
                   {host}));
    return shown;
}

// Their people are heard by those who follow them, and by nobody else.
Result<> silence(Tx& tx, const Names& silenced) {
    for (const auto& host :
         TRY(hosts_of(tx, "SELECT DISTINCT host FROM actor WHERE silenced ORDER BY host")))
        if (!covers(silenced, host))
            TRY(tx.execute("UPDATE actor SET silenced = FALSE WHERE host = $1", {host}));
    if (silenced.empty()) return {};
    for (const auto& host : TRY(hosts_of(tx,
                                         "SELECT DISTINCT host FROM actor WHERE NOT local AND NOT "
                                         "silenced ORDER BY host")))
        if (covers(silenced, host))
            TRY(tx.execute("UPDATE actor SET silenced = TRUE WHERE host = $1 AND NOT local",
                           {host}));
    return {};
}

}  // namespace

Result<HostSuspensions> follow_domain_blocks(Tx& tx, TimeMs now) {
    TRY(silence(tx, TRY(hosts_under(tx, model::BlockSeverity::silence))));
    const auto suspended = TRY(hosts_under(tx, model::BlockSeverity::suspend));
    HostSuspensions out;
    for (const auto& host : TRY(hosts_of(tx,
                                         "SELECT DISTINCT a.host FROM host_suspension h JOIN "
                                         "actor a ON a.id = h.actor_id ORDER BY a.host")))
        if (!covers(suspended, host)) out.shown += TRY(show(tx, host));
    if (suspended.empty()) return out;
    for (const auto& host : TRY(hosts_of(tx,
                                         "SELECT DISTINCT host FROM actor WHERE NOT local AND "
                                         "suspended_at IS NULL ORDER BY host")))
        if (covers(suspended, host)) out.hidden += TRY(hide(tx, host, now));
    return out;
}

}  // namespace kith::repo
