// What the page says about itself that a post would link to. For members: it makes us ask other hosts.
#include "base/core/rate_limiter.hpp"
#include "base/json/writer.hpp"
#include "config/limits/lemmy_api.hpp"
#include "node/api/lemmy/routes.hpp"

#include <memory>

namespace kith::lemmy {

namespace {

using http::Exchange;

Result<> metadata(const ApiContext& api, RateLimiter& limiter, Exchange& exchange) {
    const auto caller = TRY(require_member(api, exchange));
    if (limiter.take(std::to_string(caller.account_id)) > 0) return fail(Code::rate_limited, "Too many requests");
    const auto url = std::string(TRY(exchange.params())->get_or("url", ""));
    if (url.empty() || !api.previews) return fail(Code::invalid, "url is missing");
    const auto link = TRY(api.previews->preview_of(url));
    json::Writer w;
    w.object().key("metadata").object().member("content_type", "text/html").member_unless_empty("title", link.title);
    w.member_unless_empty("description", link.description).member_unless_empty("image", link.image_url).end().end();
    return exchange.json(200, w.take());
}

}  // namespace

void add_link_metadata_routes(http::Router& router, const ApiContext& api) {
    const auto limiter = std::make_shared<RateLimiter>(
        api.community.clock,
        RateLimiter::Rate{.burst = limits::previews_per_member_max, .per_second = limits::previews_per_member_max / 60.0}, limits::previews_members_max);
    router.add("GET", "/api/v4/post/site_metadata", [api, limiter](Exchange& x) { return metadata(api, *limiter, x); });
}

}  // namespace kith::lemmy
