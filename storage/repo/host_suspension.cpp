#include "storage/repo/host_suspension.hpp"

#include "storage/repo/domain_rules.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace kith::repo {

using sql::Tx;

namespace {

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

// A mark on the host's actors that follows from its policy. `column` is a name in this file.
Result<> mark(Tx& tx, const std::string& column, const DomainRules& rules,
              bool model::DomainPolicy::*holds) {
    for (const auto& host :
         TRY(hosts_of(tx, "SELECT DISTINCT host FROM actor WHERE " + column + " ORDER BY host")))
        if (!(rules.of(host).*holds))
            TRY(tx.execute("UPDATE actor SET " + column + " = FALSE WHERE host = $1", {host}));
    if (rules.empty()) return {};
    for (const auto& host : TRY(hosts_of(tx, "SELECT DISTINCT host FROM actor WHERE NOT local AND NOT " +
                                                 column + " ORDER BY host")))
        if (rules.of(host).*holds)
            TRY(tx.execute("UPDATE actor SET " + column + " = TRUE WHERE host = $1 AND NOT local",
                           {host}));
    return {};
}

}  // namespace

Result<HostSuspensions> follow_domain_blocks(Tx& tx, TimeMs now) {
    const auto rules = TRY(DomainRules::all(tx));
    // Silenced people are heard by those who follow them, and by nobody else.
    TRY(mark(tx, "silenced", rules, &model::DomainPolicy::silenced));
    TRY(tx.execute("UPDATE actor SET silenced = TRUE WHERE limited", {}));
    TRY(mark(tx, "media_rejected", rules, &model::DomainPolicy::reject_media));
    HostSuspensions out;
    for (const auto& host : TRY(hosts_of(tx,
                                         "SELECT DISTINCT a.host FROM host_suspension h JOIN "
                                         "actor a ON a.id = h.actor_id ORDER BY a.host")))
        if (!rules.of(host).suspended) out.shown += TRY(show(tx, host));
    if (rules.empty()) return out;
    for (const auto& host : TRY(hosts_of(tx,
                                         "SELECT DISTINCT host FROM actor WHERE NOT local AND "
                                         "suspended_at IS NULL ORDER BY host")))
        if (rules.of(host).suspended) out.hidden += TRY(hide(tx, host, now));
    return out;
}

Result<> set_limited(Tx& tx, Id actor, bool limited, bool silenced) {
    TRY(tx.execute("UPDATE actor SET limited = $2, silenced = $3 WHERE id = $1", {actor, limited, silenced}));
    return {};
}

Result<> set_sensitized(Tx& tx, Id actor, bool sensitized) {
    TRY(tx.execute("UPDATE actor SET sensitized = $2 WHERE id = $1", {actor, sensitized}));
    return {};
}

Result<> mark_new_actor(Tx& tx, Id actor, const std::string& host) {
    const auto policy = TRY(domain_policy(tx, host));
    if (!policy.silenced && !policy.reject_media) return {};
    TRY(tx.execute("UPDATE actor SET silenced = $2, media_rejected = $3 WHERE id = $1",
                   {actor, policy.silenced, policy.reject_media}));
    return {};
}

}  // namespace kith::repo
