// Filters as the first version had them (Mastodon: methods/filters, deprecated; entities/V1_Filter):
// each is one keyword of a filter.
#include "node/community/filters.hpp"

#include "node/api/mastodon/filter.hpp"
#include "node/api/mastodon/routes.hpp"
#include "node/http/exchange.hpp"

namespace kith::mastodon {

namespace {

using community::FilterChange;
using http::Exchange;
using json::Writer;
using model::Filter;

Result<> answer(Exchange& exchange, const Filter& filter, Id keyword_id) {
    for (const auto& keyword : filter.keywords) {
        if (keyword.id != keyword_id) continue;
        Writer w;
        write_v1_filter(w, filter, keyword);
        return exchange.json(200, w.take());
    }
    return fail(Code::not_found, "Record not found");
}

// The filter whose keyword the request names.
Result<Filter> filter_asked(const ApiContext& api, Exchange& exchange, Id me) {
    const auto keyword = TRY(community::filter_keyword_by_id(api.community, me, TRY(exchange.id_param())));
    return community::filter_by_id(api.community, me, keyword.filter_id);
}

Result<FilterChange> change_asked(Exchange& exchange, std::optional<Id> keyword_id) {
    const auto& params = *TRY(exchange.params());
    FilterChange change;
    community::KeywordChange keyword;
    keyword.id = keyword_id;
    if (const auto phrase = params.get("phrase")) {
        keyword.keyword = std::string(*phrase);
        change.title = keyword.keyword;  // the one is called by the other
    }
    keyword.whole_word = params.flag("whole_word");
    change.keywords.push_back(std::move(keyword));
    TRY(read_filter_contexts(params, change.contexts));
    TRY(read_filter_expiry(params, change.expires_in_s));
    if (const auto irreversible = params.flag("irreversible"))
        change.action = *irreversible ? model::FilterAction::hide : model::FilterAction::warn;
    return change;
}

Result<> show_all(const ApiContext& api, Exchange& exchange) {
    const auto me = TRY(acting_account(api, exchange, {"read:filters"}));
    Writer w;
    w.array();
    for (const auto& filter : TRY(community::filters(api.community, me)))
        for (const auto& keyword : filter.keywords) write_v1_filter(w, filter, keyword);
    w.end();
    return exchange.json(200, w.take());
}

Result<> show(const ApiContext& api, Exchange& exchange) {
    const auto me = TRY(acting_account(api, exchange, {"read:filters"}));
    return answer(exchange, TRY(filter_asked(api, exchange, me)), TRY(exchange.id_param()));
}

Result<> create(const ApiContext& api, Exchange& exchange) {
    const auto me = TRY(acting_account(api, exchange, {"write:filters"}));
    const auto made = TRY(community::create_filter(api.community, me, TRY(change_asked(exchange, {}))));
    return answer(exchange, made, made.keywords.front().id);
}

// What concerns the whole filter cannot be changed for one of several keywords.
Result<> change(const ApiContext& api, Exchange& exchange) {
    const auto me = TRY(acting_account(api, exchange, {"write:filters"}));
    const auto id = TRY(exchange.id_param());
    const auto filter = TRY(filter_asked(api, exchange, me));
    const auto asked = TRY(change_asked(exchange, id));
    const bool whole = (asked.contexts && *asked.contexts != filter.contexts) ||
                       (asked.action && *asked.action != filter.action) ||
                       (asked.expires_in_s && (*asked.expires_in_s != 0 || filter.expires_at));
    if (whole && filter.keywords.size() > 1)
        return fail(Code::unprocessable,
                    "These parameters cannot be changed from this application because they apply to more than one "
                    "filter keyword");
    return answer(exchange, TRY(community::change_filter(api.community, me, filter.id, asked)), id);
}

// With its last keyword the filter goes.
Result<> remove(const ApiContext& api, Exchange& exchange) {
    const auto me = TRY(acting_account(api, exchange, {"write:filters"}));
    const auto filter = TRY(filter_asked(api, exchange, me));
    if (filter.keywords.size() > 1 || !filter.posts.empty())
        TRY(community::remove_filter_keyword(api.community, me, TRY(exchange.id_param())));
    else
        TRY(community::delete_filter(api.community, me, filter.id));
    return exchange.json(200, "{}");
}

}  // namespace

void add_filter_v1_routes(http::Router& router, const ApiContext& api) {
    add_endpoints(router, api,
                  {{"GET", "/api/v1/filters", show_all},
                   {"POST", "/api/v1/filters", create},
                   {"GET", "/api/v1/filters/:id", show},
                   {"PUT", "/api/v1/filters/:id", change},
                   {"PATCH", "/api/v1/filters/:id", change},
                   {"DELETE", "/api/v1/filters/:id", remove}});
}

}  // namespace kith::mastodon
