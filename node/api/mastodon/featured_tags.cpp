// Hashtags on profiles (Mastodon: methods/featured_tags; entities/FeaturedTag).
#include "base/text/strings.hpp"
#include "node/api/mastodon/featured_tag.hpp"
#include "node/api/mastodon/routes.hpp"
#include "node/api/mastodon/status.hpp"
#include "node/community/accounts.hpp"
#include "node/community/featured_tags.hpp"
#include "node/http/exchange.hpp"

namespace kith::mastodon {

void write_featured_tag(json::Writer& w, const community::Context& context, const model::Actor& owner,
                        const model::FeaturedTag& tag) {
    w.object().member("id", std::to_string(tag.id)).member("name", tag.display);
    w.member("url", (owner.url.empty() ? context.urls.base() : owner.url) + "/tagged/" + text::percent_encode(tag.display));
    w.member("statuses_count", std::to_string(tag.posts)).key("last_status_at");
    if (tag.last_post_at)
        w.value(format_iso8601(*tag.last_post_at).substr(0, 10));
    else
        w.null();
    w.end();
}

namespace {

using http::Exchange;
using json::Writer;

Result<> answer_list(const ApiContext& api, Exchange& exchange, const model::Actor& owner) {
    Writer w;
    w.array();
    for (const auto& tag : TRY(community::featured_tags(api.community, owner.id)))
        write_featured_tag(w, api.community, owner, tag);
    w.end();
    return exchange.json(200, w.take());
}

Result<> of_account(const ApiContext& api, Exchange& exchange) {
    TRY(viewer_of(api, exchange, {"read:accounts"}));
    return answer_list(api, exchange,
                       TRY(community::actor_by_id(api.community, TRY(exchange.id_param()))));
}

Result<> own(const ApiContext& api, Exchange& exchange) {
    const auto me = TRY(acting_account(api, exchange, {"read:accounts"}));
    return answer_list(api, exchange, TRY(community::actor_by_id(api.community, me)));
}

Result<> feature(const ApiContext& api, Exchange& exchange) {
    const auto me = TRY(acting_account(api, exchange, {"write:accounts"}));
    const auto name = TRY(exchange.params())->get_or("name", "");
    const auto tag = TRY(community::feature_tag(api.community, me, name));
    Writer w;
    write_featured_tag(w, api.community, TRY(community::actor_by_id(api.community, me)), tag);
    return exchange.json(200, w.take());
}

Result<> unfeature(const ApiContext& api, Exchange& exchange) {
    const auto me = TRY(acting_account(api, exchange, {"write:accounts"}));
    TRY(community::unfeature_tag(api.community, me, TRY(exchange.id_param())));
    return exchange.json(200, "{}");
}

Result<> suggestions(const ApiContext& api, Exchange& exchange) {
    const auto me = TRY(acting_account(api, exchange, {"read:accounts"}));
    Writer w;
    w.array();
    for (const auto& name : TRY(community::featured_tag_suggestions(api.community, me)))
        write_tag(w, api.community, name, TagStanding{});
    w.end();
    return exchange.json(200, w.take());
}

}  // namespace

void add_featured_tag_routes(http::Router& router, const ApiContext& api) {
    add_endpoints(router, api,
                  {{"GET", "/api/v1/accounts/:id/featured_tags", of_account},
                   {"GET", "/api/v1/featured_tags", own},
                   {"POST", "/api/v1/featured_tags", feature},
                   {"DELETE", "/api/v1/featured_tags/:id", unfeature},
                   {"GET", "/api/v1/featured_tags/suggestions", suggestions}});
}

}  // namespace kith::mastodon
