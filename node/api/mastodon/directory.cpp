// Who wants to be found, and whom to follow (Mastodon: methods/directory, methods/suggestions;
// entities/Suggestion).
#include "node/community/directory.hpp"

#include "node/api/mastodon/account.hpp"
#include "node/api/mastodon/paging.hpp"
#include "node/api/mastodon/routes.hpp"
#include "node/http/exchange.hpp"

#include <algorithm>

namespace kith::mastodon {

namespace {

using community::Suggestion;
using http::Exchange;
using json::Writer;

Result<> directory(const ApiContext& api, Exchange& exchange) {
    const auto viewer = TRY(viewer_of(api, exchange, {"read:accounts"}));
    const auto& params = *TRY(exchange.params());
    community::DirectoryQuery query;
    if (params.get_or("order", "active") == "new") query.order = repo::DirectoryOrder::newest;
    query.local_only = params.flag_or("local", false);
    query.limit = limit_of(params, accounts_per_page);
    query.offset =
        int(std::clamp<std::int64_t>(params.integer("offset").value_or(0), 0, limits::search_offset_max));
    return exchange.json(200, accounts_json(api.community, TRY(community::directory(api.community, viewer, query))));
}

// The words of the first version of suggestions, and those of Mastodon 4.3.
constexpr std::string_view old_name(community::SuggestionSource source) {
    return source == community::SuggestionSource::friends_of_friends ? "past_interactions" : "global";
}
constexpr std::string_view new_name(community::SuggestionSource source) {
    return source == community::SuggestionSource::friends_of_friends ? "friends_of_friends" : "most_followed";
}

Result<std::vector<Suggestion>> suggestions_asked(const ApiContext& api, Exchange& exchange) {
    const auto me = TRY(acting_account(api, exchange, {"read:accounts"}));
    return community::suggestions(api.community, me, limit_of(*TRY(exchange.params()), accounts_per_page));
}

Result<> suggestions(const ApiContext& api, Exchange& exchange) {
    Writer w;
    w.array();
    for (const auto& [source, account] : TRY(suggestions_asked(api, exchange))) {
        w.object().member("source", old_name(source)).key("sources").array().value(new_name(source)).end();
        w.key("account");
        write_account(w, api.community, account);
        w.end();
    }
    w.end();
    return exchange.json(200, w.take());
}

Result<> suggestions_v1(const ApiContext& api, Exchange& exchange) {
    std::vector<model::Actor> accounts;
    for (auto& each : TRY(suggestions_asked(api, exchange))) accounts.push_back(std::move(each.account));
    return exchange.json(200, accounts_json(api.community, accounts));
}

Result<> dismiss(const ApiContext& api, Exchange& exchange) {
    const auto me = TRY(acting_account(api, exchange, {"write:accounts", "read"}));
    TRY(community::dismiss_suggestion(api.community, me, TRY(exchange.id_param())));
    return exchange.json(200, "{}");
}

}  // namespace

void add_directory_routes(http::Router& router, const ApiContext& api) {
    add_endpoints(router, api,
                  {{"GET", "/api/v1/directory", directory},
                   {"GET", "/api/v2/suggestions", suggestions},
                   {"GET", "/api/v1/suggestions", suggestions_v1},
                   {"DELETE", "/api/v1/suggestions/:id", dismiss}});
}

}  // namespace kith::mastodon
