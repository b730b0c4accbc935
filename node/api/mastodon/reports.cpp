// Reporting an account to the moderators (Mastodon: methods/reports).
#include "node/community/reports.hpp"

#include "base/text/host.hpp"
#include "config/limits/reports.hpp"
#include "node/api/mastodon/report.hpp"
#include "node/api/mastodon/routes.hpp"
#include "node/http/exchange.hpp"

#include <algorithm>

namespace kith::mastodon {

namespace {

using http::Exchange;

Result<std::vector<Id>> ids_of(const http::Params& params, std::string_view name) {
    std::vector<Id> out;
    for (auto text : params.list(name)) {
        auto id = parse_id(text);
        if (!id) return fail(Code::not_found, "Record not found");
        if (std::find(out.begin(), out.end(), *id) == out.end()) out.push_back(*id);
    }
    return out;
}

Result<> submit(const ApiContext& api, Exchange& exchange) {
    const auto me = TRY(acting_account(api, exchange, {"write:reports"}));
    const auto& params = *TRY(exchange.params());
    community::NewReport wanted;
    wanted.target_id = params.id("account_id").value_or(0);
    wanted.post_ids = TRY(ids_of(params, "status_ids"));
    wanted.collection_ids = TRY(ids_of(params, "collection_ids"));
    wanted.comment = params.get_or("comment", "");
    wanted.category = params.get_or("category", "other");
    for (auto text : params.list("rule_ids")) wanted.rule_ids.push_back(parse_id(text).value_or(0));
    wanted.forward = params.flag_or("forward", false);
    for (auto text : params.list("forward_to_domains"))
        if (auto host = normalize_host(text)) wanted.forward_hosts.push_back(std::move(*host));
    const auto made = TRY(community::submit_report(api.community, me, wanted));
    json::Writer w;
    write_report(w, api.community, made);
    return exchange.json(200, w.take());
}

}  // namespace

void add_report_routes(http::Router& router, const ApiContext& api) {
    add_endpoints(router, api, {{"POST", "/api/v1/reports", submit}});
}

}  // namespace kith::mastodon
