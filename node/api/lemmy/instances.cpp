// Other nodes: who is known, what is said about them, and whom a member does not want to hear.
#include "base/text/host.hpp"
#include "node/api/lemmy/cursor.hpp"
#include "node/api/lemmy/entities.hpp"
#include "node/api/lemmy/handlers.hpp"
#include "node/api/lemmy/routes.hpp"
#include "node/community/notices.hpp"
#include "node/community/personal.hpp"
#include "node/community/statistics.hpp"
#include "node/community/team.hpp"
#include "storage/repo/domains.hpp"

#include <algorithm>

namespace kith::lemmy {

namespace {

using http::Exchange;
using json::Writer;

// What is said about hosts is for whom federation.blocks_shown says, without those whose names are published with
// stars; whom the node speaks with, where it only speaks with some, is for its team.
struct Said {
    std::vector<model::DomainBlock> blocks;
    std::vector<model::DomainAllow> allows;
};

Result<Said> said_to(const ApiContext& api, const community::Viewer& viewer) {
    auto said = TRY(api.community.db.read([](sql::Tx& tx) -> Result<Said> { return Said{TRY(repo::domain_blocks(tx)), TRY(repo::domain_allows(tx))}; }));
    if (viewer.actor_id && community::require_role(api.community, *viewer.actor_id, model::UserRole::moderator)) return said;
    const auto shown = api.community.config.federation.blocks_shown;
    if (shown == BlocksShown::nobody || (shown == BlocksShown::members && !viewer.actor_id)) said.blocks.clear();
    said.allows.clear();
    std::erase_if(said.blocks, [](const auto& block) { return block.obfuscate; });
    return said;
}

Result<std::vector<std::string>> hosts_of_kind(const ApiContext& api, std::string_view kind, const Said& said) {
    std::vector<std::string> out;
    if (kind == "blocked") {
        for (const auto& block : said.blocks)
            if (block.severity == model::BlockSeverity::suspend) out.push_back(block.host);
    } else if (kind == "allowed") {
        for (const auto& allow : said.allows) out.push_back(allow.host);
    } else {
        out = TRY(community::known_hosts(api.community));
    }
    return out;
}

void write_said(Writer& w, const Said& said, const std::string& host) {
    for (const auto& block : said.blocks)
        if (block.host == host && block.severity == model::BlockSeverity::suspend)
            w.key("blocked").object().member("instance_id", instance_id(host)).member("published_at", format_iso8601(block.created_at)).end();
    for (const auto& allow : said.allows)
        if (allow.host == host)
            w.key("allowed").object().member("instance_id", instance_id(host)).member("published_at", format_iso8601(allow.created_at)).end();
}

Result<> list(const ApiContext& api, Exchange& exchange) {
    const auto viewer = TRY(viewer_of(api, exchange));
    const auto& params = *TRY(exchange.params());
    const auto part = params.get_or("domain_filter", "");
    const auto said = TRY(said_to(api, viewer));
    auto hosts = TRY(hosts_of_kind(api, params.get_or("kind", "all"), said));
    std::erase_if(hosts, [&](const auto& host) { return host.find(part) == host.npos; });
    const auto stretch = TRY(stretch_of(params, limit_of(params)));
    const auto begin = std::min(std::size_t(stretch.offset), hosts.size());
    const auto end = std::min(begin + std::size_t(stretch.limit), hosts.size());
    return exchange.json(200, page_json([&](Writer& w) {
                             for (auto at = begin; at < end; ++at) {
                                 w.object().key("instance");
                                 write_instance(w, hosts[at]);
                                 write_said(w, said, hosts[at]);
                                 w.end();
                             }
                         }, beside(stretch, end < hosts.size())));
}

// By its number, which is of its name.
Result<std::string> host_asked(const ApiContext& api, const http::Params& params) {
    const auto id = params.id("instance_id").value_or(0);
    const auto hosts = TRY(community::known_hosts(api.community));
    const auto host = std::find_if(hosts.begin(), hosts.end(), [id](const auto& each) { return instance_id(each) == id; });
    if (host == hosts.end()) return fail(Code::not_found, "Record not found");
    return *host;
}

Result<> block_communities(const ApiContext& api, Exchange& exchange) {
    const auto caller = TRY(require_member(api, exchange));
    const auto& params = *TRY(exchange.params());
    TRY(community::block_groups_of(api.community, caller.account_id, TRY(host_asked(api, params)), params.flag_or("block", true)));
    return exchange.json(200, success());
}

Result<std::string> host_named(const http::Params& params) {
    const auto host = normalize_host(params.get_or("instance", ""));
    if (!host) return fail(Code::unprocessable, "Validation failed: instance is no host");
    return *host;
}

Result<> admin_block(const ApiContext& api, Exchange& exchange) {
    const auto caller = TRY(require_team(api, exchange, model::UserRole::admin));
    const auto& params = *TRY(exchange.params());
    TRY(community::block_host_openly(api.community, caller.account_id, TRY(host_named(params)), params.flag_or("block", true),
                                     params.get_or("reason", ""), expiry_of(params)));
    return exchange.json(200, success());
}

Result<> admin_allow(const ApiContext& api, Exchange& exchange) {
    const auto caller = TRY(require_team(api, exchange, model::UserRole::admin));
    const auto& params = *TRY(exchange.params());
    TRY(community::allow_host_openly(api.community, caller.account_id, TRY(host_named(params)), params.flag_or("allow", true),
                                     params.get_or("reason", "")));
    return exchange.json(200, success());
}

}  // namespace

Result<> block_instance(const ApiContext& api, Exchange& exchange) {
    const auto caller = TRY(require_member(api, exchange));
    const auto& params = *TRY(exchange.params());
    const bool blocks = params.flag_or("block", true);
    const auto change = blocks ? community::block_host : community::unblock_host;
    TRY(change(api.community, caller.account_id, TRY(host_asked(api, params))));
    Writer w;
    w.object().member("success", true).member("blocked", blocks).end();  // the latter as v3 has it
    return exchange.json(200, w.take());
}

void add_instance_routes(http::Router& router, const ApiContext& api) {
    add_endpoints(router, api,
                  {{"GET", "/api/v4/federated_instances", list},
                   {"POST", "/api/v4/account/block/instance/persons", block_instance},
                   {"POST", "/api/v4/account/block/instance/communities", block_communities},
                   {"POST", "/api/v4/admin/instance/block", admin_block},
                   {"POST", "/api/v4/admin/instance/allow", admin_allow}});
}

}  // namespace kith::lemmy
