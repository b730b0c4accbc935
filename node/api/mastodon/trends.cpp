// What is talked about (Mastodon: methods/trends, methods/admin/trends; entities/Tag, its `history`).
#include "node/community/personal.hpp"
#include "node/community/trends.hpp"

#include "config/limits/trends.hpp"
#include "node/api/mastodon/card.hpp"
#include "node/api/mastodon/paging.hpp"
#include "node/api/mastodon/routes.hpp"
#include "node/api/mastodon/status.hpp"
#include "node/api/mastodon/trends.hpp"
#include "node/http/exchange.hpp"

#include <algorithm>

namespace kith::mastodon {

using http::Exchange;
using json::Writer;

void write_history(Writer& w, const std::vector<community::TagDay>& days) {
    w.key("history").array();
    for (const auto& day : days)
        w.object().member("day", std::to_string(day.day / 1000)).member("accounts", std::to_string(day.people)).member("uses", std::to_string(day.uses)).end();
    w.end();
}

namespace {

constexpr PageSize tags_per_page{limits::trends_page, limits::trends_page_max};
constexpr PageSize posts_per_page{limits::trending_posts_page, limits::trending_posts_page_max};

int offset_of(const http::Params& params) {
    return int(std::clamp<std::int64_t>(params.integer("offset").value_or(0), 0, limits::trends_kept));
}

enum class For { everybody, moderators };

// Who asks with a token hears whether they follow it, as of any hashtag; one that may not read that hears nothing of it.
Result<> write_own_standing(Writer& w, const ApiContext& api, Exchange& exchange, const std::string& name) {
    const auto viewer = viewer_of(api, exchange, {"read:follows"});
    if (!viewer || !viewer->actor_id) return {};
    const auto tag = TRY(community::tag_by_name(api.community, viewer->actor_id, name));
    w.member("following", tag.following).member("featuring", tag.featuring);
    return {};
}

Result<> answer_tags(const ApiContext& api, Exchange& exchange, For whom) {
    const auto& params = *TRY(exchange.params());
    Writer w;
    w.array();
    for (const auto& tag :
         TRY(community::trending_tags(api.community, limit_of(params, tags_per_page), offset_of(params)))) {
        w.object();
        write_tag_members(w, api.community, tag.name);
        write_history(w, tag.history);
        if (whom == For::everybody) TRY(write_own_standing(w, api, exchange, tag.name));
        if (whom == For::moderators) {
            w.member("id", std::to_string(tag.id)).member("trendable", true).member("usable", true);
            w.member("requires_review", false);
        }
        w.end();
    }
    w.end();
    return exchange.json(200, w.take());
}

Result<> answer_statuses(const ApiContext& api, Exchange& exchange, const community::Viewer& viewer) {
    const auto& params = *TRY(exchange.params());
    const auto found = TRY(community::trending_posts(api.community, viewer, limit_of(params, posts_per_page),
                                                     offset_of(params)));
    return exchange.json(200, statuses_json(api.community, viewer, found));
}

Result<> answer_links(const ApiContext& api, Exchange& exchange, For whom) {
    const auto& params = *TRY(exchange.params());
    Writer w;
    w.array();
    for (const auto& [card, history] :
         TRY(community::trending_links(api.community, limit_of(params, tags_per_page), offset_of(params)))) {
        begin_card(w, api.community, card);
        write_history(w, history);
        if (whom == For::moderators) w.member("id", std::to_string(card.link.id)).member("requires_review", false);
        w.end();
    }
    w.end();
    return exchange.json(200, w.take());
}

Result<> links(const ApiContext& api, Exchange& exchange) { return answer_links(api, exchange, For::everybody); }

Result<> tags(const ApiContext& api, Exchange& exchange) { return answer_tags(api, exchange, For::everybody); }

Result<> statuses(const ApiContext& api, Exchange& exchange) {
    return answer_statuses(api, exchange, TRY(viewer_of(api, exchange, {"read:statuses"})));
}

// Moderators see what everybody sees: nothing waits for a review.
Result<community::Viewer> moderator(const ApiContext& api, Exchange& exchange) {
    if (TRY(acting_role(api, exchange, {"admin:read"})) == model::UserRole::member)
        return fail(Code::forbidden, "This action is not allowed");
    return community::Viewer::actor(TRY(acting_account(api, exchange, {"admin:read"})));
}

Result<> admin_tags(const ApiContext& api, Exchange& exchange) {
    TRY(moderator(api, exchange));
    return answer_tags(api, exchange, For::moderators);
}

Result<> admin_links(const ApiContext& api, Exchange& exchange) {
    TRY(moderator(api, exchange));
    return answer_links(api, exchange, For::moderators);
}

Result<> admin_statuses(const ApiContext& api, Exchange& exchange) {
    return answer_statuses(api, exchange, TRY(moderator(api, exchange)));
}

}  // namespace

void add_trend_routes(http::Router& router, const ApiContext& api) {
    add_endpoints(router, api,
                  {{"GET", "/api/v1/trends", tags},
                   {"GET", "/api/v1/trends/tags", tags},
                   {"GET", "/api/v1/trends/statuses", statuses},
                   {"GET", "/api/v1/trends/links", links},
                   {"GET", "/api/v1/admin/trends/links", admin_links},
                   {"GET", "/api/v1/admin/trends/tags", admin_tags},
                   {"GET", "/api/v1/admin/trends/statuses", admin_statuses}});
}

}  // namespace kith::mastodon
