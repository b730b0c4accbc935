// The node's own emoji (Mastodon: methods/custom_emojis; entities/CustomEmoji).
#include "node/community/custom_emoji.hpp"

#include "base/json/writer.hpp"
#include "node/api/mastodon/routes.hpp"
#include "node/http/exchange.hpp"

namespace kith::mastodon {

namespace {

Result<> list(const ApiContext& api, http::Exchange& exchange) {
    json::Writer w;
    w.array();
    for (const auto& emoji : TRY(community::custom_emojis(api.community))) {
        w.object().member("shortcode", emoji.shortcode).member("url", emoji.url).member("static_url", emoji.url);
        w.member("visible_in_picker", true);
        w.member_unless_empty("category", emoji.category);
        w.end();
    }
    w.end();
    return exchange.json(200, w.take());
}

}  // namespace

void add_custom_emoji_routes(http::Router& router, const ApiContext& api) {
    add_endpoints(router, api, {{"GET", "/api/v1/custom_emojis", list}});
}

}  // namespace kith::mastodon
