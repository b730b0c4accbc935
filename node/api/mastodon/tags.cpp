// Hashtags (Mastodon: methods/tags, methods/followed_tags; entities/Tag).
#include "node/api/mastodon/paging.hpp"
#include "node/api/mastodon/routes.hpp"
#include "node/api/mastodon/status.hpp"
#include "node/community/featured_tags.hpp"
#include "node/community/personal.hpp"
#include "node/http/exchange.hpp"
#include "config/limits/mastodon_api.hpp"

namespace kith::mastodon {

namespace {

using community::FollowedTag;
using http::Exchange;
using json::Writer;

Result<> answer(const ApiContext& api, Exchange& exchange, const FollowedTag& tag,
                const std::optional<Id>& viewer) {
    Writer w;
    write_tag(w, api.community, tag.name,
              viewer ? std::optional(TagStanding{tag.following, tag.featuring}) : std::nullopt,
              TRY(community::tag_history(api.community, tag.name)));
    return exchange.json(200, w.take());
}

Result<> show(const ApiContext& api, Exchange& exchange) {
    const auto viewer = TRY(viewer_of(api, exchange, {"read"}));
    return answer(api, exchange,
                  TRY(community::tag_by_name(api.community, viewer.actor_id, exchange.param("name"))),
                  viewer.actor_id);
}

Result<> follow(const ApiContext& api, Exchange& exchange) {
    const auto me = TRY(acting_account(api, exchange, {"write:follows"}));
    return answer(api, exchange, TRY(community::follow_tag(api.community, me, exchange.param("name"))), me);
}

Result<> unfollow(const ApiContext& api, Exchange& exchange) {
    const auto me = TRY(acting_account(api, exchange, {"write:follows"}));
    return answer(api, exchange, TRY(community::unfollow_tag(api.community, me, exchange.param("name"))), me);
}

Result<> feature(const ApiContext& api, Exchange& exchange) {
    const auto me = TRY(acting_account(api, exchange, {"write:accounts"}));
    const auto before = TRY(community::tag_by_name(api.community, me, exchange.param("name")));
    if (!before.featuring) TRY(community::feature_tag(api.community, me, before.name));
    return answer(api, exchange, TRY(community::tag_by_name(api.community, me, before.name)), me);
}

Result<> unfeature(const ApiContext& api, Exchange& exchange) {
    const auto me = TRY(acting_account(api, exchange, {"write:accounts"}));
    const auto tag = TRY(community::tag_by_name(api.community, me, exchange.param("name")));
    TRY(community::unfeature_tag(api.community, me, std::string_view(tag.name)));
    return answer(api, exchange, TRY(community::tag_by_name(api.community, me, tag.name)), me);
}

Result<> followed(const ApiContext& api, Exchange& exchange) {
    const auto me = TRY(acting_account(api, exchange, {"read:follows"}));
    const auto page = TRY(community::followed_tags(
        api.community, me, TRY(page_request(exchange, {limits::domains_page, limits::domains_page_max}))));
    set_link(exchange, api.community.urls, page);
    Writer w;
    w.array();
    for (const auto& tag : page.items)
        write_tag(w, api.community, tag.name, TagStanding{tag.following, tag.featuring});
    w.end();
    return exchange.json(200, w.take());
}

}  // namespace

void add_tag_routes(http::Router& router, const ApiContext& api) {
    add_endpoints(router, api,
                  {{"GET", "/api/v1/tags/:name", show},
                   {"POST", "/api/v1/tags/:name/follow", follow},
                   {"POST", "/api/v1/tags/:name/unfollow", unfollow},
                   {"POST", "/api/v1/tags/:name/feature", feature},
                   {"POST", "/api/v1/tags/:name/unfeature", unfeature},
                   {"GET", "/api/v1/followed_tags", followed}});
}

}  // namespace kith::mastodon
