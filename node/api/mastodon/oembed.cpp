// Posts as other sites embed them (Mastodon: methods/oembed; oembed.com 2.3.4.4, type rich).
#include "base/html/escape.hpp"
#include "base/text/url.hpp"
#include "node/api/mastodon/routes.hpp"
#include "node/api/mastodon/status.hpp"
#include "node/community/accounts.hpp"
#include "node/http/exchange.hpp"

#include <algorithm>

namespace kith::mastodon {

namespace {

using community::PostView;
using http::Exchange;

constexpr int usual_width = 400;
constexpr int width_max = 2'000;
constexpr int cache_seconds = 24 * 3600;

// The last part of a page's URL here: /@alice/1 or /post/1.
std::optional<Id> post_id_of(const Urls& urls, std::string_view url) {
    auto path = urls.path_of(url);
    path = path.substr(0, path.find_first_of("?#"));
    if (!path.starts_with("/@") && !path.starts_with("/post/")) return {};
    const auto slash = path.rfind('/');
    return slash == 0 ? std::nullopt : parse_id(path.substr(slash + 1));
}

std::string link(const std::string& url, const std::string& text) {
    return "<a href=\"" + html::escape(url) + "\">" + html::escape(text) + "</a>";
}

// A quotation that stands for itself: no script, no frame.
std::string quotation(const community::Context& context, const PostView& view) {
    const auto& name = view.author.name.empty() ? view.author.username : view.author.name;
    const auto hidden = view.post.summary.empty() ? content_of(view) : "<p>" + html::escape(view.post.summary) + "</p>";
    return "<blockquote cite=\"" + html::escape(view.post.url) + "\">" + hidden + "<footer>" +
           link(view.author.url, name + " (@" + view.author.username + "@" + context.config.server.account_domain + ")") +
           ", " + link(view.post.url, format_iso8601(view.post.published_at)) + "</footer></blockquote>";
}

// Only what is for everybody, and from here: others are asked where the post is.
Result<> oembed(const ApiContext& api, Exchange& exchange) {
    const auto& params = *TRY(exchange.params());
    const auto& context = api.community;
    const auto id = post_id_of(context.urls, params.get_or("url", ""));
    if (!id) return fail(Code::not_found, "Record not found");
    const auto view = TRY(community::load_view(api.community, community::Viewer::nobody(), *id));
    const bool open = view.post.visibility == model::Visibility::public_ ||
                      view.post.visibility == model::Visibility::unlisted;
    if (!view.author.local || !open || view.boost) return fail(Code::not_found, "Record not found");
    json::Writer w;
    w.object().member("type", "rich").member("version", "1.0");
    w.member("title", "New status by " + view.author.username);
    w.member("author_name", view.author.name.empty() ? view.author.username : view.author.name);
    w.member("author_url", view.author.url).member("provider_name", context.config.server.title);
    w.member("provider_url", context.urls.base()).member("cache_age", cache_seconds);
    w.member("html", quotation(context, view));
    w.member("width", std::clamp<std::int64_t>(params.integer("maxwidth").value_or(usual_width), 1, width_max));
    w.null_member("height").end();
    return exchange.json(200, w.take());
}

}  // namespace

void add_oembed_routes(http::Router& router, const ApiContext& api) {
    add_endpoints(router, api, {{"GET", "/api/oembed", oembed}});
}

}  // namespace kith::mastodon
