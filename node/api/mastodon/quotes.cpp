// Who quotes a post, and what its author says to it.
#include "node/community/quotes.hpp"

#include "node/api/mastodon/paging.hpp"
#include "node/api/mastodon/routes.hpp"
#include "node/api/mastodon/status.hpp"
#include "node/http/exchange.hpp"

namespace kith::mastodon {

namespace {

using community::Viewer;
using http::Exchange;

Result<> list(const ApiContext& api, Exchange& exchange) {
    const auto viewer = TRY(viewer_of(api, exchange, {"read:statuses"}));
    auto post = TRY(community::load_view(api.community, viewer, TRY(exchange.id_param()))).post;
    auto page = TRY(community::quotes_of_post(api.community, viewer, post.id,
                                              TRY(page_request(exchange, statuses_per_page))));
    set_link(exchange, api.community.urls, page);
    return exchange.json(200, statuses_json(api.community, viewer, page.items));
}

Result<> answer(const ApiContext& api, Exchange& exchange, Id me, Id status_id) {
    const auto viewer = Viewer::actor(me);
    auto view = TRY(community::load_view(api.community, viewer, status_id));
    return exchange.json(200, status_json(api.community, viewer, view));
}

// Answers with the quoting post, whose quote is revoked now.
Result<> revoke(const ApiContext& api, Exchange& exchange) {
    const auto me = TRY(acting_account(api, exchange, {"write:statuses"}));
    const auto quoting = TRY(exchange.id_param("quoting_status_id"));
    TRY(community::revoke_quote(api.community, me, TRY(exchange.id_param()), quoting));
    return answer(api, exchange, me, quoting);
}

Result<> set_policy(const ApiContext& api, Exchange& exchange) {
    const auto me = TRY(acting_account(api, exchange, {"write:statuses"}));
    const auto id = TRY(exchange.id_param());
    const auto audience =
        community::quote_policy_from(TRY(exchange.params())->get_or("quote_approval_policy", ""));
    if (!audience)
        return fail(Code::unprocessable,
                    "Validation failed: Quote approval policy is not included in the list");
    TRY(community::change_quote_policy(api.community, me, id, *audience));
    return answer(api, exchange, me, id);
}

}  // namespace

void add_quote_routes(http::Router& router, const ApiContext& api) {
    add_endpoints(router, api,
                  {{"GET", "/api/v1/statuses/:id/quotes", list},
                   {"POST", "/api/v1/statuses/:id/quotes/:quoting_status_id/revoke", revoke},
                   {"PUT", "/api/v1/statuses/:id/interaction_policy", set_policy}});
}

}  // namespace kith::mastodon
