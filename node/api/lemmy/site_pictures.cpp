// The node's icon and banner.
#include "config/limits/media.hpp"
#include "node/api/lemmy/entities.hpp"
#include "node/api/lemmy/routes.hpp"
#include "node/community/site_settings.hpp"

namespace kith::lemmy {

namespace {

using community::SitePicture;
using http::Exchange;

Result<> set(const ApiContext& api, Exchange& exchange, SitePicture which, int width, int height) {
    const auto caller = TRY(require_team(api, exchange, model::UserRole::admin));
    const auto& files = TRY(exchange.params())->files();
    if (files.empty() || !api.pictures) return fail(Code::unprocessable, "The picture is missing");
    const auto name = TRY(api.pictures->take_cut(files.front().bytes, width, height)).name;
    TRY(community::set_site_picture(api.community, caller.account_id, which, name));
    json::Writer w;
    w.object().member("image_url", api.community.urls.file("/media/" + name)).member("filename", name.substr(name.rfind('/') + 1)).end();
    return exchange.json(200, w.take());
}
Result<> set_icon(const ApiContext& api, Exchange& x) { return set(api, x, SitePicture::icon, limits::media_avatar_side, limits::media_avatar_side); }
Result<> set_banner(const ApiContext& api, Exchange& x) {
    return set(api, x, SitePicture::banner, limits::media_header_width, limits::media_header_height);
}

Result<> remove(const ApiContext& api, Exchange& exchange, SitePicture which) {
    const auto caller = TRY(require_team(api, exchange, model::UserRole::admin));
    TRY(community::set_site_picture(api.community, caller.account_id, which, ""));
    return exchange.json(200, success());
}
Result<> remove_icon(const ApiContext& api, Exchange& x) { return remove(api, x, SitePicture::icon); }
Result<> remove_banner(const ApiContext& api, Exchange& x) { return remove(api, x, SitePicture::banner); }

}  // namespace

void add_site_picture_routes(http::Router& router, const ApiContext& api) {
    add_endpoints(router, api,
                  {{"POST", "/api/v4/site/icon", set_icon},
                   {"DELETE", "/api/v4/site/icon", remove_icon},
                   {"POST", "/api/v4/site/banner", set_banner},
                   {"DELETE", "/api/v4/site/banner", remove_banner}});
}

}  // namespace kith::lemmy
