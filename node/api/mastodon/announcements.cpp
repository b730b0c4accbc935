// Announcements (Mastodon: methods/announcements; entities/Announcement).
#include "node/api/mastodon/announcement.hpp"
#include "node/api/mastodon/emoji.hpp"
#include "node/api/mastodon/routes.hpp"
#include "node/http/exchange.hpp"

namespace kith::mastodon {

using json::Writer;

namespace {

using http::Exchange;

void write_time(Writer& w, std::string_view name, std::optional<TimeMs> at) {
    if (at)
        w.member(name, format_iso8601(*at));
    else
        w.null_member(name);
}

}  // namespace

void write_announcement(Writer& w, const Urls& urls, const community::AnnouncementView& view) {
    const auto& announcement = view.announcement;
    w.object().member("id", std::to_string(announcement.id)).member("content", view.content);
    write_time(w, "starts_at", announcement.starts_at);
    write_time(w, "ends_at", announcement.ends_at);
    w.member("all_day", announcement.all_day).member("published_at", format_iso8601(announcement.published_at));
    w.member("updated_at", format_iso8601(announcement.published_at)).member("read", view.read);
    // Nobody is mentioned and nothing is tagged in what the operators write.
    for (auto list : {"mentions", "statuses", "tags"}) w.key(list).array().end();
    w.key("emojis").array();
    for (const auto& emoji : view.emojis) write_emoji(w, urls, emoji.shortcode, emoji.url);
    w.end().key("reactions").array();
    for (const auto& reaction : view.reactions)
        write_reaction(w, reaction.name, reaction.count, reaction.mine, urls.file(reaction.url));
    w.end().end();
}

namespace {

Result<> list(const ApiContext& api, Exchange& exchange) {
    const auto me = TRY(acting_account(api, exchange, {"read:accounts", "read:announcements"}));
    const bool all = TRY(exchange.params())->flag_or("with_dismissed", false);
    Writer w;
    w.array();
    for (const auto& view : TRY(community::announcements_for(api.community, me, all))) write_announcement(w, api.community.urls, view);
    w.end();
    return exchange.json(200, w.take());
}

Result<> dismiss(const ApiContext& api, Exchange& exchange) {
    const auto me = TRY(acting_account(api, exchange, {"write:accounts"}));
    TRY(community::dismiss_announcement(api.community, me, TRY(exchange.id_param())));
    return exchange.json(200, "{}");
}

Result<> react(const ApiContext& api, Exchange& exchange) {
    const auto me = TRY(acting_account(api, exchange, {"write:favourites"}));
    TRY(community::react_to_announcement(api.community, me, TRY(exchange.id_param()), exchange.param("name")));
    return exchange.json(200, "{}");
}

Result<> unreact(const ApiContext& api, Exchange& exchange) {
    const auto me = TRY(acting_account(api, exchange, {"write:favourites"}));
    TRY(community::unreact_to_announcement(api.community, me, TRY(exchange.id_param()), exchange.param("name")));
    return exchange.json(200, "{}");
}

}  // namespace

void add_announcement_routes(http::Router& router, const ApiContext& api) {
    add_endpoints(router, api,
                  {{"GET", "/api/v1/announcements", list},
                   {"POST", "/api/v1/announcements/:id/dismiss", dismiss},
                   {"PUT", "/api/v1/announcements/:id/reactions/:name", react},
                   {"DELETE", "/api/v1/announcements/:id/reactions/:name", unreact}});
}

}  // namespace kith::mastodon
