// Reacting with emoji as clients of Pleroma and of glitch-soc do. Mastodon's API has no such thing.
#include "node/community/emoji_reactions.hpp"
#include "base/text/strings.hpp"
#include "node/api/mastodon/routes.hpp"
#include "node/api/mastodon/status.hpp"
#include "node/http/exchange.hpp"

namespace kith::mastodon {

namespace {

using community::Viewer;
using http::Exchange;

using Action = Result<> (*)(community::Context&, Id me, Id post_id, std::string_view emoji);

template <Action action>
Result<> act(const ApiContext& api, Exchange& exchange) {
    const auto me = TRY(acting_account(api, exchange, {"write:favourites"}));
    const auto viewer = Viewer::actor(me);
    auto view = TRY(community::load_view(api.community, viewer, TRY(exchange.id_param())));
    TRY(action(api.community, me, view.post.id, exchange.param("emoji")));
    view = TRY(community::load_view(api.community, viewer, view.post.id));
    return exchange.json(200, status_json(api.community, viewer, view));
}

}  // namespace

void add_emoji_reaction_routes(http::Router& router, const ApiContext& api) {
    constexpr auto react = act<community::react_with_emoji>;
    constexpr auto take_back = act<community::take_emoji_back>;
    add_endpoints(router, api,
                  {{"PUT", "/api/v1/pleroma/statuses/:id/reactions/:emoji", react},
                   {"DELETE", "/api/v1/pleroma/statuses/:id/reactions/:emoji", take_back},
                   {"POST", "/api/v1/statuses/:id/react/:emoji", react},
                   {"POST", "/api/v1/statuses/:id/unreact/:emoji", take_back}});
}

}  // namespace kith::mastodon
