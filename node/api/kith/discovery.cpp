// How groups are found: the directory, what they are about, which are like which, and who would help to look after them.
#include "base/core/clock.hpp"
#include "base/json/writer.hpp"
#include "config/limits/groups.hpp"
#include "node/api/kith/groups.hpp"
#include "node/api/kith/handlers.hpp"
#include "node/api/kith/json_groups.hpp"
#include "node/community/accounts.hpp"
#include "node/community/group_discovery.hpp"
#include "node/http/exchange.hpp"

#include <algorithm>
#include <array>

namespace kith::own_api {

namespace {

using community::DirectoryPlace;
using http::Exchange;
using json::Writer;

constexpr std::array<std::string_view, 4> orders{"members", "active", "new", "name"};

void write_place(Writer& w, const ApiContext& api, const DirectoryPlace& place) {
    const auto& group = place.group;
    w.object().member("id", std::to_string(group.id)).member("acct", community::acct_of(api.community, group));
    w.member("url", group.url.empty() ? group.ap_id : group.url).member("title", group.name).member("summary", place.brief);
    w.member("members_count", group.followers_count).member("created_at", format_iso8601(group.created_at));
    w.key("topics").array();
    for (const auto& topic : place.topics) w.value(topic);
    w.end().member("seeks_moderators", place.seeks_moderators).member("unattended", place.unattended).end();
}

Result<> answer_places(const ApiContext& api, Exchange& exchange, const std::vector<DirectoryPlace>& places) {
    return answer_list(exchange, places, [&](Writer& w, const DirectoryPlace& place) { write_place(w, api, place); });
}

Result<> directory(const ApiContext& api, Exchange& exchange) {
    const auto& params = *TRY(exchange.params());
    const auto sort = params.get_or("sort", orders.front());
    const auto order = std::find(orders.begin(), orders.end(), sort);
    if (order == orders.end()) return fail(Code::unprocessable, "Validation failed: sort is members, active, new or name");
    community::DirectoryRequest request;
    request.words = params.get_or("q", "");
    request.topic = params.get_or("topic", "");
    request.order = repo::GroupOrder(order - orders.begin());
    request.local = params.flag_or("local", false);
    request.seeks_moderators = params.flag_or("seeks_moderators", false);
    request.limit = int(std::clamp<std::int64_t>(params.integer("limit").value_or(limits::group_directory_page), 1, limits::group_directory_page_max));
    request.offset = int(std::clamp<std::int64_t>(params.integer("offset").value_or(0), 0, limits::group_directory_offset_max));
    return answer_places(api, exchange, TRY(community::group_directory(api.community, request)));
}

Result<> topics(const ApiContext& api, Exchange& exchange) {
    return answer_list(exchange, TRY(community::group_topics(api.community)), [](Writer& w, const repo::Topic& topic) {
        w.object().member("name", topic.name).member("groups_count", topic.groups).end();
    });
}

Result<> similar(const ApiContext& api, Exchange& exchange) {
    return answer_places(api, exchange,
                         TRY(community::similar_groups(api.community, TRY(viewer_of(api, exchange)), TRY(exchange.id_param()))));
}

Result<> offer(const ApiContext& api, Exchange& exchange) {
    const auto me = TRY(writer(api, exchange));
    const std::string text(TRY(exchange.params())->get_or("text", ""));
    TRY(community::offer_help(api.community, me, TRY(exchange.id_param()), text));
    return answer_nothing(exchange);
}

Result<> withdraw(const ApiContext& api, Exchange& exchange) {
    const auto me = TRY(writer(api, exchange));
    TRY(community::end_help_offer(api.community, me, TRY(exchange.id_param()), me));
    return answer_nothing(exchange);
}

Result<> dismiss(const ApiContext& api, Exchange& exchange) {
    const auto me = TRY(writer(api, exchange));
    TRY(community::end_help_offer(api.community, me, TRY(exchange.id_param()), TRY(exchange.id_param("account"))));
    return answer_nothing(exchange);
}

Result<> offers(const ApiContext& api, Exchange& exchange) {
    const auto me = TRY(reader(api, exchange));
    const auto found = TRY(community::help_offers(api.community, me, TRY(exchange.id_param())));
    return answer_list(exchange, found, [&](Writer& w, const community::HelpOfferView& view) {
        w.object().member("text", view.offer.text).member("at", format_iso8601(view.offer.at));
        write_actor(w, api, "account", view.actor);
        w.end();
    });
}

}  // namespace

void add_discovery_routes(http::Router& router, const ApiContext& api) {
    add_endpoints(router, api,
                  {{"GET", "/api/kith/v1/groups", directory},
                   {"GET", "/api/kith/v1/group_topics", topics},
                   {"GET", "/api/kith/v1/groups/:id/similar", similar},
                   {"GET", "/api/kith/v1/groups/:id/help", offers},
                   {"POST", "/api/kith/v1/groups/:id/help", offer},
                   {"DELETE", "/api/kith/v1/groups/:id/help", withdraw},
                   {"DELETE", "/api/kith/v1/groups/:id/help/:account", dismiss}});
}

}  // namespace kith::own_api
