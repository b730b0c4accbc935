// What members keep for themselves (Mastodon: methods/bookmarks, favourites, endorsements, domain_blocks,
// markers; notes and familiar followers of methods/accounts; muting of methods/statuses).
#include "config/limits/mastodon_api.hpp"
#include "node/api/mastodon/account.hpp"
#include "node/api/mastodon/paging.hpp"
#include "node/api/mastodon/routes.hpp"
#include "node/api/mastodon/status.hpp"
#include "node/community/accounts.hpp"
#include "node/community/personal.hpp"
#include "node/http/exchange.hpp"

#include <algorithm>
#include <array>

namespace kith::mastodon {

namespace {

using community::Page;
using community::PostView;
using community::Viewer;
using http::Exchange;
using json::Writer;

constexpr std::array<std::string_view, 2> marked_timelines{"home", "notifications"};

// ---- posts -----------------------------------------------------------------------------------------

using PostAction = Result<> (*)(community::Context&, Id, Id);

template <PostAction action>
Result<> act(const ApiContext& api, Exchange& exchange, std::string_view scope) {
    const auto me = TRY(acting_account(api, exchange, {scope}));
    const auto viewer = Viewer::actor(me);
    const auto id = TRY(community::load_view(api.community, viewer, TRY(exchange.id_param()))).post.id;
    TRY(action(api.community, me, id));
    const auto view = TRY(community::load_view(api.community, viewer, id));
    return exchange.json(200, status_json(api.community, viewer, view));
}

Result<> bookmark(const ApiContext& api, Exchange& x) {
    return act<community::bookmark>(api, x, "write:bookmarks");
}
Result<> unbookmark(const ApiContext& api, Exchange& x) {
    return act<community::unbookmark>(api, x, "write:bookmarks");
}
Result<> mute(const ApiContext& api, Exchange& x) {
    return act<community::mute_conversation>(api, x, "write:mutes");
}
Result<> unmute(const ApiContext& api, Exchange& x) {
    return act<community::unmute_conversation>(api, x, "write:mutes");
}

using PostList = Result<Page<PostView>> (*)(community::Context&, Id, const community::PageRequest&);

Result<> answer_posts(const ApiContext& api, Exchange& exchange, PostList list, std::string_view scope) {
    const auto me = TRY(acting_account(api, exchange, {scope}));
    const auto page = TRY(list(api.community, me, TRY(page_request(exchange, statuses_per_page))));
    set_link(exchange, api.community.urls, page);
    return exchange.json(200, statuses_json(api.community, Viewer::actor(me), page.items));
}

Result<> bookmarks(const ApiContext& api, Exchange& x) {
    return answer_posts(api, x, community::bookmarks, "read:bookmarks");
}
Result<> favourites(const ApiContext& api, Exchange& x) {
    return answer_posts(api, x, community::favourites, "read:favourites");
}

// ---- accounts --------------------------------------------------------------------------------------

Result<> answer(Exchange& exchange, const community::Relationship& relationship) {
    Writer w;
    write_relationship(w, relationship);
    return exchange.json(200, w.take());
}

Result<> note(const ApiContext& api, Exchange& exchange) {
    const auto me = TRY(acting_account(api, exchange, {"write:accounts"}));
    const auto text = TRY(exchange.params())->get_or("comment", "");
    return answer(exchange, TRY(community::set_note(api.community, me, TRY(exchange.id_param()), text)));
}

Result<> endorse(const ApiContext& api, Exchange& exchange) {
    const auto me = TRY(acting_account(api, exchange, {"write:accounts"}));
    return answer(exchange, TRY(community::endorse(api.community, me, TRY(exchange.id_param()))));
}

Result<> unendorse(const ApiContext& api, Exchange& exchange) {
    const auto me = TRY(acting_account(api, exchange, {"write:accounts"}));
    return answer(exchange, TRY(community::unendorse(api.community, me, TRY(exchange.id_param()))));
}

Result<> answer_endorsements(const ApiContext& api, Exchange& exchange, Id actor) {
    const auto page = TRY(community::endorsements(api.community, actor,
                                                  TRY(page_request(exchange, accounts_per_page))));
    set_link(exchange, api.community.urls, page);
    return exchange.json(200, accounts_json(api.community, page.items));
}

Result<> own_endorsements(const ApiContext& api, Exchange& exchange) {
    return answer_endorsements(api, exchange, TRY(acting_account(api, exchange, {"read:accounts"})));
}

Result<> endorsements_of(const ApiContext& api, Exchange& exchange) {
    TRY(viewer_of(api, exchange, {"read:accounts"}));
    const auto actor = TRY(community::actor_by_id(api.community, TRY(exchange.id_param())));
    return answer_endorsements(api, exchange, actor.id);
}

Result<> familiar_followers(const ApiContext& api, Exchange& exchange) {
    const auto me = TRY(acting_account(api, exchange, {"read:follows"}));
    Writer w;
    w.array();
    for (const auto id : TRY(ids_asked(exchange, limits::ids_asked_max))) {
        w.object().member("id", std::to_string(id));
        w.key("accounts").raw(
            accounts_json(api.community, TRY(community::familiar_followers(api.community, me, id))));
        w.end();
    }
    w.end();
    return exchange.json(200, w.take());
}

// ---- hosts -----------------------------------------------------------------------------------------

Result<> blocked_hosts(const ApiContext& api, Exchange& exchange) {
    const auto me = TRY(acting_account(api, exchange, {"read:blocks"}));
    const auto page = TRY(community::blocked_hosts(
        api.community, me, TRY(page_request(exchange, {limits::domains_page, limits::domains_page_max}))));
    set_link(exchange, api.community.urls, page);
    Writer w;
    w.array();
    for (const auto& host : page.items) w.value(host);
    w.end();
    return exchange.json(200, w.take());
}

using HostAction = Result<> (*)(community::Context&, Id, std::string_view);

Result<> act_on_host(const ApiContext& api, Exchange& exchange, HostAction action) {
    const auto me = TRY(acting_account(api, exchange, {"write:blocks"}));
    const auto host = TRY(exchange.params())->get_or("domain", "");
    if (host.empty()) return fail(Code::unprocessable, "Validation failed: Domain can't be blank");
    TRY(action(api.community, me, host));
    return exchange.json(200, "{}");
}

Result<> block_host(const ApiContext& api, Exchange& x) { return act_on_host(api, x, community::block_host); }
Result<> unblock_host(const ApiContext& api, Exchange& x) {
    return act_on_host(api, x, community::unblock_host);
}

// ---- markers ---------------------------------------------------------------------------------------

bool is_marked(std::string_view timeline) {
    return std::find(marked_timelines.begin(), marked_timelines.end(), timeline) != marked_timelines.end();
}

Result<> answer_markers(const ApiContext& api, Exchange& exchange, Id me,
                        const std::vector<std::string>& wanted) {
    Writer w;
    w.object();
    for (const auto& marker : TRY(community::markers(api.community, me))) {
        if (std::find(wanted.begin(), wanted.end(), marker.timeline) == wanted.end()) continue;
        w.key(marker.timeline).object().member("last_read_id", std::to_string(marker.last_read_id));
        w.member("version", marker.version).member("updated_at", format_iso8601(marker.updated_at)).end();
    }
    w.end();
    return exchange.json(200, w.take());
}

Result<> show_markers(const ApiContext& api, Exchange& exchange) {
    const auto me = TRY(acting_account(api, exchange, {"read:statuses"}));
    std::vector<std::string> wanted;
    for (const auto timeline : TRY(exchange.params())->list("timeline"))
        if (is_marked(timeline)) wanted.emplace_back(timeline);
    return answer_markers(api, exchange, me, wanted);
}

Result<> set_markers(const ApiContext& api, Exchange& exchange) {
    const auto me = TRY(acting_account(api, exchange, {"write:statuses"}));
    const auto& params = *TRY(exchange.params());
    std::vector<std::pair<std::string, Id>> wanted;
    std::vector<std::string> names;
    for (const auto timeline : marked_timelines) {
        const auto of_timeline = params.nested(timeline);
        const auto given = of_timeline.get_or("last_read_id", "");
        if (given.empty()) continue;
        const auto id = parse_id(given);
        if (!id) return fail(Code::unprocessable, "Validation failed: last_read_id is not an id");
        wanted.emplace_back(timeline, *id);
        names.emplace_back(timeline);
    }
    TRY(community::set_markers(api.community, me, wanted));
    return answer_markers(api, exchange, me, names);
}

}  // namespace

void add_personal_routes(http::Router& router, const ApiContext& api) {
    add_endpoints(router, api,
                  {{"POST", "/api/v1/statuses/:id/bookmark", bookmark},
                   {"POST", "/api/v1/statuses/:id/unbookmark", unbookmark},
                   {"POST", "/api/v1/statuses/:id/mute", mute},
                   {"POST", "/api/v1/statuses/:id/unmute", unmute},
                   {"GET", "/api/v1/bookmarks", bookmarks},
                   {"GET", "/api/v1/favourites", favourites},
                   {"POST", "/api/v1/accounts/:id/note", note},
                   {"POST", "/api/v1/accounts/:id/endorse", endorse},
                   {"POST", "/api/v1/accounts/:id/unendorse", unendorse},
                   {"POST", "/api/v1/accounts/:id/pin", endorse},
                   {"POST", "/api/v1/accounts/:id/unpin", unendorse},
                   {"GET", "/api/v1/accounts/:id/endorsements", endorsements_of},
                   {"GET", "/api/v1/endorsements", own_endorsements},
                   {"GET", "/api/v1/accounts/familiar_followers", familiar_followers},
                   {"GET", "/api/v1/domain_blocks", blocked_hosts},
                   {"POST", "/api/v1/domain_blocks", block_host},
                   {"DELETE", "/api/v1/domain_blocks", unblock_host},
                   {"GET", "/api/v1/markers", show_markers},
                   {"POST", "/api/v1/markers", set_markers}});
}

}  // namespace kith::mastodon
