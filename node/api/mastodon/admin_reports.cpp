// Reports as moderators handle them (Mastodon: methods/admin/reports).
#include "config/limits/reports.hpp"
#include "node/api/mastodon/paging.hpp"
#include "node/api/mastodon/report.hpp"
#include "node/api/mastodon/routes.hpp"
#include "node/community/reports.hpp"
#include "node/http/exchange.hpp"

namespace kith::mastodon {

namespace {

using community::ReportView;
using http::Exchange;

constexpr std::string_view read_reports = "admin:read:reports";
constexpr std::string_view write_reports = "admin:write:reports";
constexpr PageSize reports_per_page{limits::reports_page, limits::reports_page_max};

// The posts of a report by the same rule as anywhere: a moderator sees no more of them here.
Result<std::vector<community::PostView>> posts_seen(const ApiContext& api, Id moderator,
                                                    const ReportView& view) {
    std::vector<community::Entry> entries;
    for (const auto& post : view.posts)
        entries.push_back({.id = post.id, .post_id = post.id, .boost_id = {}, .group_id = {}});
    return api.community.db.read([&](sql::Tx& tx) {
        return community::load_views(tx, community::Viewer::actor(moderator), entries);
    });
}

Result<> write(json::Writer& w, const ApiContext& api, Id moderator, const ReportView& view) {
    write_admin_report(w, api.community, moderator, view, TRY(posts_seen(api, moderator, view)));
    return {};
}

Result<> answer(const ApiContext& api, Exchange& exchange, Id moderator, const ReportView& view) {
    json::Writer w;
    TRY(write(w, api, moderator, view));
    return exchange.json(200, w.take());
}

Result<> list(const ApiContext& api, Exchange& exchange) {
    const auto me = TRY(acting_account(api, exchange, {read_reports}));
    const auto& params = *TRY(exchange.params());
    const repo::ReportFilter filter{.resolved = params.flag_or("resolved", false),
                                    .reporter_id = params.id("account_id"),
                                    .target_id = params.id("target_account_id")};
    const auto page = TRY(community::reports(api.community, me, filter,
                                             TRY(page_request(exchange, reports_per_page))));
    set_link(exchange, api.community.urls, page);
    json::Writer w;
    w.array();
    for (const auto& view : page.items) TRY(write(w, api, me, view));
    w.end();
    return exchange.json(200, w.take());
}

Result<> show(const ApiContext& api, Exchange& exchange) {
    const auto me = TRY(acting_account(api, exchange, {read_reports}));
    return answer(api, exchange, me,
                  TRY(community::report(api.community, me, TRY(exchange.id_param()))));
}

Result<> assign_to_self(const ApiContext& api, Exchange& exchange) {
    const auto me = TRY(acting_account(api, exchange, {write_reports}));
    return answer(api, exchange, me,
                  TRY(community::assign_report(api.community, me, TRY(exchange.id_param()), me)));
}

Result<> unassign(const ApiContext& api, Exchange& exchange) {
    const auto me = TRY(acting_account(api, exchange, {write_reports}));
    return answer(api, exchange, me,
                  TRY(community::assign_report(api.community, me, TRY(exchange.id_param()), {})));
}

Result<> resolve(const ApiContext& api, Exchange& exchange) {
    const auto me = TRY(acting_account(api, exchange, {write_reports}));
    return answer(api, exchange, me,
                  TRY(community::resolve_report(api.community, me, TRY(exchange.id_param()))));
}

Result<> reopen(const ApiContext& api, Exchange& exchange) {
    const auto me = TRY(acting_account(api, exchange, {write_reports}));
    return answer(api, exchange, me,
                  TRY(community::reopen_report(api.community, me, TRY(exchange.id_param()))));
}

// Without a category it is as it was.
Result<> change(const ApiContext& api, Exchange& exchange) {
    const auto me = TRY(acting_account(api, exchange, {write_reports}));
    const auto id = TRY(exchange.id_param());
    const auto category = TRY(exchange.params())->get("category");
    return answer(api, exchange, me,
                  TRY(category ? community::categorize_report(api.community, me, id, *category)
                               : community::report(api.community, me, id)));
}

}  // namespace

void add_admin_report_routes(http::Router& router, const ApiContext& api) {
    add_endpoints(router, api,
                  {{"GET", "/api/v1/admin/reports", list},
                   {"GET", "/api/v1/admin/reports/:id", show},
                   {"PUT", "/api/v1/admin/reports/:id", change},
                   {"PATCH", "/api/v1/admin/reports/:id", change},
                   {"POST", "/api/v1/admin/reports/:id/assign_to_self", assign_to_self},
                   {"POST", "/api/v1/admin/reports/:id/unassign", unassign},
                   {"POST", "/api/v1/admin/reports/:id/resolve", resolve},
                   {"POST", "/api/v1/admin/reports/:id/reopen", reopen}});
}

}  // namespace kith::mastodon
