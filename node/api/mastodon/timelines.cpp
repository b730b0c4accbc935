#include "node/community/timelines.hpp"

#include "node/api/mastodon/paging.hpp"
#include "node/api/mastodon/routes.hpp"
#include "node/api/mastodon/status.hpp"
#include "node/http/exchange.hpp"

namespace kith::mastodon {

namespace {

using community::Page;
using community::PostView;
using community::Viewer;
using http::Exchange;

Result<> answer(const ApiContext& api, Exchange& exchange, const Viewer& viewer,
                const Page<PostView>& page) {
    set_link(exchange, api.community.urls, page);
    return exchange.json(200, statuses_json(api.community, viewer, page.items));
}

Result<> home(const ApiContext& api, Exchange& exchange) {
    const auto me = TRY(acting_account(api, exchange, {"read:statuses"}));
    auto page =
        TRY(community::home(api.community, me, TRY(page_request(exchange, statuses_per_page))));
    return answer(api, exchange, Viewer::actor(me), page);
}

Result<> everyone(const ApiContext& api, Exchange& exchange) {
    const auto viewer = TRY(viewer_of(api, exchange, {"read:statuses"}));
    const auto& params = *TRY(exchange.params());
    const community::PublicFilter filter{.local = params.flag_or("local", false),
                                         .remote = params.flag_or("remote", false),
                                         .only_media = params.flag_or("only_media", false)};
    auto page = TRY(community::public_timeline(api.community, viewer, filter,
                                               TRY(page_request(exchange, statuses_per_page))));
    return answer(api, exchange, viewer, page);
}

std::vector<std::string> tags_of(const http::Params& params, std::string_view key) {
    auto names = params.list(key);
    return {names.begin(), names.end()};
}

Result<> tag(const ApiContext& api, Exchange& exchange) {
    const auto viewer = TRY(viewer_of(api, exchange, {"read:statuses"}));
    const auto& params = *TRY(exchange.params());
    const community::TagFilter filter{.tag = std::string(exchange.param("tag")),
                                      .any = tags_of(params, "any"),
                                      .all = tags_of(params, "all"),
                                      .none = tags_of(params, "none"),
                                      .local = params.flag_or("local", false),
                                      .remote = params.flag_or("remote", false),
                                      .only_media = params.flag_or("only_media", false)};
    auto page = TRY(community::tag_timeline(api.community, viewer, filter,
                                            TRY(page_request(exchange, statuses_per_page))));
    return answer(api, exchange, viewer, page);
}

// Deprecated for conversations, which show the same by thread.
Result<> direct(const ApiContext& api, Exchange& exchange) {
    const auto me = TRY(acting_account(api, exchange, {"read:statuses"}));
    const auto page = TRY(community::direct_timeline(api.community, me, TRY(page_request(exchange, statuses_per_page))));
    return answer(api, exchange, Viewer::actor(me), page);
}

Result<> link(const ApiContext& api, Exchange& exchange) {
    const auto viewer = TRY(viewer_of(api, exchange, {"read:statuses"}));
    const auto url = TRY(exchange.params())->get_or("url", "");
    auto page = TRY(community::link_timeline(api.community, viewer, url, TRY(page_request(exchange, statuses_per_page))));
    return answer(api, exchange, viewer, page);
}

}  // namespace

void add_timeline_routes(http::Router& router, const ApiContext& api) {
    add_endpoints(router, api,
                  {{"GET", "/api/v1/timelines/home", home},
                   {"GET", "/api/v1/timelines/public", everyone},
                   {"GET", "/api/v1/timelines/direct", direct},
                   {"GET", "/api/v1/timelines/link", link},
                   {"GET", "/api/v1/timelines/tag/:tag", tag}});
}

}  // namespace kith::mastodon
