// Filters (Mastodon: methods/filters, version 2; entities/Filter).
#include "node/community/filters.hpp"

#include "node/api/mastodon/filter.hpp"
#include "node/api/mastodon/routes.hpp"
#include "node/http/exchange.hpp"

namespace kith::mastodon {

namespace {

using community::FilterChange;
using community::KeywordChange;
using http::Exchange;
using http::Params;
using json::Writer;

constexpr std::string_view read_filters = "read:filters";
constexpr std::string_view write_filters = "write:filters";

// One value by its writer, or an array of them.
template <class T>
Result<> answer(Exchange& exchange, const T& value, void (*write)(Writer&, const T&)) {
    Writer w;
    write(w, value);
    return exchange.json(200, w.take());
}

template <class T>
Result<> answer(Exchange& exchange, const std::vector<T>& values, void (*write)(Writer&, const T&)) {
    Writer w;
    w.array();
    for (const auto& value : values) write(w, value);
    w.end();
    return exchange.json(200, w.take());
}

KeywordChange keyword_asked(const Params& params) {
    KeywordChange change;
    change.id = params.id("id");
    if (const auto keyword = params.get("keyword")) change.keyword = std::string(*keyword);
    change.whole_word = params.flag("whole_word");
    change.remove = params.flag_or("_destroy", false);
    return change;
}

Result<FilterChange> change_asked(Exchange& exchange) {
    const auto& params = *TRY(exchange.params());
    FilterChange change;
    if (const auto title = params.get("title")) change.title = std::string(*title);
    TRY(read_filter_contexts(params, change.contexts));
    if (const auto action = params.get_or("filter_action", ""); !action.empty()) {
        change.action = filter_action(action);
        if (!change.action)
            return fail(Code::unprocessable, "Validation failed: Action is not included in the list");
    }
    TRY(read_filter_expiry(params, change.expires_in_s));
    for (const auto& each : params.children("keywords_attributes"))
        change.keywords.push_back(keyword_asked(each));
    return change;
}

Result<> show_all(const ApiContext& api, Exchange& exchange) {
    const auto me = TRY(acting_account(api, exchange, {read_filters}));
    return answer(exchange, TRY(community::filters(api.community, me)), write_filter);
}

Result<> show(const ApiContext& api, Exchange& exchange) {
    const auto me = TRY(acting_account(api, exchange, {read_filters}));
    return answer(exchange, TRY(community::filter_by_id(api.community, me, TRY(exchange.id_param()))),
                  write_filter);
}

Result<> create(const ApiContext& api, Exchange& exchange) {
    const auto me = TRY(acting_account(api, exchange, {write_filters}));
    return answer(exchange, TRY(community::create_filter(api.community, me, TRY(change_asked(exchange)))),
                  write_filter);
}

Result<> change(const ApiContext& api, Exchange& exchange) {
    const auto me = TRY(acting_account(api, exchange, {write_filters}));
    return answer(exchange,
                  TRY(community::change_filter(api.community, me, TRY(exchange.id_param()),
                                               TRY(change_asked(exchange)))),
                  write_filter);
}

Result<> remove(const ApiContext& api, Exchange& exchange) {
    const auto me = TRY(acting_account(api, exchange, {write_filters}));
    TRY(community::delete_filter(api.community, me, TRY(exchange.id_param())));
    return exchange.json(200, "{}");
}

Result<> keywords(const ApiContext& api, Exchange& exchange) {
    const auto me = TRY(acting_account(api, exchange, {read_filters}));
    const auto filter = TRY(community::filter_by_id(api.community, me, TRY(exchange.id_param())));
    return answer(exchange, filter.keywords, write_filter_keyword);
}

Result<> add_keyword(const ApiContext& api, Exchange& exchange) {
    const auto me = TRY(acting_account(api, exchange, {write_filters}));
    return answer(exchange,
                  TRY(community::add_filter_keyword(api.community, me, TRY(exchange.id_param()),
                                                    keyword_asked(*TRY(exchange.params())))),
                  write_filter_keyword);
}

Result<> show_keyword(const ApiContext& api, Exchange& exchange) {
    const auto me = TRY(acting_account(api, exchange, {read_filters}));
    return answer(exchange, TRY(community::filter_keyword_by_id(api.community, me, TRY(exchange.id_param()))),
                  write_filter_keyword);
}

Result<> change_keyword(const ApiContext& api, Exchange& exchange) {
    const auto me = TRY(acting_account(api, exchange, {write_filters}));
    return answer(exchange,
                  TRY(community::change_filter_keyword(api.community, me, TRY(exchange.id_param()),
                                                       keyword_asked(*TRY(exchange.params())))),
                  write_filter_keyword);
}

Result<> remove_keyword(const ApiContext& api, Exchange& exchange) {
    const auto me = TRY(acting_account(api, exchange, {write_filters}));
    TRY(community::remove_filter_keyword(api.community, me, TRY(exchange.id_param())));
    return exchange.json(200, "{}");
}

Result<> statuses(const ApiContext& api, Exchange& exchange) {
    const auto me = TRY(acting_account(api, exchange, {read_filters}));
    const auto filter = TRY(community::filter_by_id(api.community, me, TRY(exchange.id_param())));
    return answer(exchange, filter.posts, write_filter_post);
}

Result<> add_status(const ApiContext& api, Exchange& exchange) {
    const auto me = TRY(acting_account(api, exchange, {write_filters}));
    const auto filter = TRY(exchange.id_param());
    const auto post = TRY(exchange.params())->id("status_id");
    if (!post) return fail(Code::unprocessable, "Validation failed: Status must exist");
    return answer(exchange, TRY(community::add_filter_post(api.community, me, filter, *post)),
                  write_filter_post);
}

Result<> show_status(const ApiContext& api, Exchange& exchange) {
    const auto me = TRY(acting_account(api, exchange, {read_filters}));
    return answer(exchange, TRY(community::filter_post_by_id(api.community, me, TRY(exchange.id_param()))),
                  write_filter_post);
}

Result<> remove_status(const ApiContext& api, Exchange& exchange) {
    const auto me = TRY(acting_account(api, exchange, {write_filters}));
    TRY(community::remove_filter_post(api.community, me, TRY(exchange.id_param())));
    return exchange.json(200, "{}");
}

}  // namespace

void add_filter_routes(http::Router& router, const ApiContext& api) {
    add_endpoints(router, api,
                  {{"GET", "/api/v2/filters", show_all},
                   {"POST", "/api/v2/filters", create},
                   {"GET", "/api/v2/filters/:id", show},
                   {"PUT", "/api/v2/filters/:id", change},
                   {"PATCH", "/api/v2/filters/:id", change},
                   {"DELETE", "/api/v2/filters/:id", remove},
                   {"GET", "/api/v2/filters/:id/keywords", keywords},
                   {"POST", "/api/v2/filters/:id/keywords", add_keyword},
                   {"GET", "/api/v2/filters/keywords/:id", show_keyword},
                   {"PUT", "/api/v2/filters/keywords/:id", change_keyword},
                   {"PATCH", "/api/v2/filters/keywords/:id", change_keyword},
                   {"DELETE", "/api/v2/filters/keywords/:id", remove_keyword},
                   {"GET", "/api/v2/filters/:id/statuses", statuses},
                   {"POST", "/api/v2/filters/:id/statuses", add_status},
                   {"GET", "/api/v2/filters/statuses/:id", show_status},
                   {"DELETE", "/api/v2/filters/statuses/:id", remove_status}});
}

}  // namespace kith::mastodon
