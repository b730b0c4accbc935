// What a member's year was (Mastodon: methods/annual_reports; entities/AnnualReport).
#include "node/community/annual_reports.hpp"

#include "base/json/view.hpp"
#include "node/api/mastodon/account.hpp"
#include "node/api/mastodon/routes.hpp"
#include "node/api/mastodon/status.hpp"
#include "node/community/accounts.hpp"
#include "node/community/posts.hpp"
#include "node/http/exchange.hpp"

#include <charconv>

namespace kith::mastodon {

namespace {

using community::AnnualReportState;
using community::AnnualReportView;
using http::Exchange;
using json::Writer;

constexpr std::string_view read_accounts = "read:accounts";
constexpr std::string_view write_accounts = "write:accounts";

Result<int> year_asked(Exchange& exchange) {
    const auto text = exchange.param("year");
    int year = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), year);
    if (text.size() != 4 || error != std::errc{} || end != text.data() + text.size() || year < 0)
        return fail(Code::not_found, "Record not found");
    return year;
}

std::string_view state_name(AnnualReportState state) {
    switch (state) {
        case AnnualReportState::available: return "available";
        case AnnualReportState::eligible: return "eligible";
        case AnnualReportState::ineligible: return "ineligible";
    }
    return "ineligible";
}

// A post that is gone, or that its author may not see any more, is not named.
Result<> write_data(Writer& w, const AnnualReportView& view) {
    const auto data = TRY(json::Document::parse(view.report.data));
    w.object();
    for (std::size_t i = 0; i < data.root().member_count(); ++i) {
        const auto name = data.root().member_name(i);
        if (name == "top_statuses" && !view.top_post)
            w.key(name).object().null_member("by_reblogs").null_member("by_replies").null_member("by_favourites").end();
        else
            w.key(name).value(data.root().member(i));
    }
    w.end();
    return {};
}

// WrappedAnnualReports. Nothing is shown to others, so that there is nothing to share.
Result<> answer(const ApiContext& api, Exchange& exchange, Id me, std::span<const AnnualReportView> views) {
    Writer w;
    w.object().key("annual_reports").array();
    std::vector<Id> posts;
    for (const auto& view : views) {
        w.object().member("year", view.report.year).key("data");
        TRY(write_data(w, view));
        w.member("schema_version", community::annual_report_schema).null_member("share_url");
        w.member("account_id", std::to_string(me)).end();
        if (view.top_post) posts.push_back(*view.top_post);
    }
    w.end().key("accounts").array();
    if (!views.empty()) write_account(w, api.community, TRY(community::actor_by_id(api.community, me)));
    const auto viewer = community::Viewer::actor(me);
    w.end().key("statuses").array();
    for (const auto id : posts)
        if (const auto post = community::load_view(api.community, viewer, id)) write_status(w, api.community, viewer, *post);
    w.end().end();
    return exchange.json(200, w.take());
}

Result<> list(const ApiContext& api, Exchange& exchange) {
    const auto me = TRY(acting_account(api, exchange, {read_accounts}));
    return answer(api, exchange, me, TRY(community::annual_reports(api.community, me)));
}

Result<> show(const ApiContext& api, Exchange& exchange) {
    const auto me = TRY(acting_account(api, exchange, {read_accounts}));
    const auto view = TRY(community::annual_report(api.community, me, TRY(year_asked(exchange))));
    return answer(api, exchange, me, std::span(&view, 1));
}

Result<> state(const ApiContext& api, Exchange& exchange) {
    const auto me = TRY(acting_account(api, exchange, {read_accounts}));
    const auto found = TRY(community::annual_report_state(api.community, me, TRY(year_asked(exchange))));
    Writer w;
    w.object().member("state", state_name(found)).end();
    return exchange.json(200, w.take());
}

Result<> read(const ApiContext& api, Exchange& exchange) {
    const auto me = TRY(acting_account(api, exchange, {write_accounts}));
    TRY(community::read_annual_report(api.community, me, TRY(year_asked(exchange))));
    return exchange.json(200, "{}");
}

// It is there with the answer, so that nobody has to wait for it (200, never 202).
Result<> generate(const ApiContext& api, Exchange& exchange) {
    const auto me = TRY(acting_account(api, exchange, {write_accounts}));
    TRY(community::make_annual_report(api.community, me, TRY(year_asked(exchange))));
    return exchange.json(200, "{}");
}

}  // namespace

void add_annual_report_routes(http::Router& router, const ApiContext& api) {
    add_endpoints(router, api,
                  {{"GET", "/api/v1/annual_reports", list},
                   {"GET", "/api/v1/annual_reports/:year", show},
                   {"GET", "/api/v1/annual_reports/:year/state", state},
                   {"POST", "/api/v1/annual_reports/:year/read", read},
                   {"POST", "/api/v1/annual_reports/:year/generate", generate}});
}

}  // namespace kith::mastodon
