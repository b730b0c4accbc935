// Collections of groups.
#include "node/community/multi_communities.hpp"

#include "base/text/fold.hpp"
#include "node/api/lemmy/cursor.hpp"
#include "node/api/lemmy/entities.hpp"
#include "node/api/lemmy/fields.hpp"
#include "node/api/lemmy/routes.hpp"
#include "node/community/accounts.hpp"
#include "node/community/relations.hpp"

#include <array>

namespace kith::lemmy {

namespace {

using community::MultiView;
using community::Viewer;
using http::Exchange;
using http::Params;
using repo::MultiOrder;

constexpr std::array<std::pair<std::string_view, MultiOrder>, 7> orders{{{"new", MultiOrder::new_},
                                                                         {"old", MultiOrder::old},
                                                                         {"name_asc", MultiOrder::name},
                                                                         {"name_desc", MultiOrder::name_back},
                                                                         {"communities", MultiOrder::communities},
                                                                         {"subscribers", MultiOrder::subscribers},
                                                                         {"subscribers_local", MultiOrder::subscribers}}};

community::MultiChange change_of(const Params& params) {
    return {.title = params.text("title"), .brief = params.text("summary"), .sidebar = params.text("sidebar")};
}

Result<> answer(const ApiContext& api, Exchange& exchange, Id me, Id multi) {
    json::Writer w;
    w.object().key("multi_community_view");
    write_multi_view(w, api, TRY(community::multi_view(api.community, Viewer::actor(me), multi)));
    w.end();
    return exchange.json(200, w.take());
}

Result<> create(const ApiContext& api, Exchange& exchange) {
    const auto caller = TRY(require_member(api, exchange));
    const auto& params = *TRY(exchange.params());
    const auto made = TRY(community::create_multi(api.community, caller.account_id, std::string(params.get_or("name", "")), change_of(params)));
    return answer(api, exchange, caller.account_id, made.id);
}

Result<> edit(const ApiContext& api, Exchange& exchange) {
    const auto caller = TRY(require_member(api, exchange));
    const auto& params = *TRY(exchange.params());
    const auto id = params.id("id").value_or(0);
    auto view = TRY(community::multi_view(api.community, Viewer::actor(caller.account_id), id));
    if (!params.flag_or("deleted", false)) {
        TRY(community::change_multi(api.community, caller.account_id, id, change_of(params)));
        return answer(api, exchange, caller.account_id, id);
    }
    TRY(community::delete_multi(api.community, caller.account_id, id));
    view.actor.deleted_at = api.community.clock.now_ms();
    json::Writer w;
    w.object().key("multi_community_view");
    write_multi_view(w, api, view);
    w.end();
    return exchange.json(200, w.take());
}

Result<> show(const ApiContext& api, Exchange& exchange) {
    const auto viewer = TRY(viewer_of(api, exchange));
    const auto id = TRY(multi_asked(api, *TRY(exchange.params()), "id", "name"));
    if (!id) return fail(Code::invalid, "Neither id nor name is given");
    const auto view = TRY(community::multi_view(api.community, viewer, *id));
    if (!view.actor.local && api.lookup) api.lookup->profile_opened(*id);
    json::Writer w;
    w.object().key("multi_community_view");
    write_multi_view(w, api, view);
    w.key("communities").array();
    for (const auto& group : TRY(community::group_views(api.community, viewer, TRY(community::groups_of_multi(api.community, viewer, *id)))))
        write_community_view(w, api, group);
    w.end().end();
    return exchange.json(200, w.take());
}

Result<> list(const ApiContext& api, Exchange& exchange) {
    const auto viewer = TRY(viewer_of(api, exchange));
    const auto& params = *TRY(exchange.params());
    const auto type = params.get_or("type_", "all");
    const auto words = text::fold(params.get_or("search_term", ""));
    repo::MultiQuery query;
    query.local = type == "local";
    if (type == "subscribed") query.follower_id = viewer.actor_id.value_or(0);
    query.creator_id = params.id("creator_id");
    query.words = words;
    for (const auto& [name, order] : orders)
        if (name == params.get_or("sort", "new")) query.order = order;
    const auto stretch = TRY(stretch_of(params, limit_of(params)));
    query.limit = stretch.limit + 1;
    query.offset = stretch.offset;
    auto found = TRY(community::find_multis(api.community, viewer, query));
    const auto pages = beside(stretch, found);
    return exchange.json(200, page_json([&](json::Writer& w) {
                             for (const auto& view : found) write_multi_view(w, api, view);
                         }, pages));
}

Result<> add_entry(const ApiContext& api, Exchange& exchange) {
    const auto caller = TRY(require_member(api, exchange));
    const auto& params = *TRY(exchange.params());
    const auto group = params.id("community_id").value_or(0);
    TRY(community::add_to_multi(api.community, caller.account_id, params.id("id").value_or(0), group));
    return exchange.json(200, community_response(api, TRY(community::group_view(api.community, Viewer::actor(caller.account_id), group))));
}

Result<> remove_entry(const ApiContext& api, Exchange& exchange) {
    const auto caller = TRY(require_member(api, exchange));
    const auto& params = *TRY(exchange.params());
    TRY(community::remove_from_multi(api.community, caller.account_id, params.id("id").value_or(0), params.id("community_id").value_or(0)));
    return exchange.json(200, success());
}

Result<> follow(const ApiContext& api, Exchange& exchange) {
    const auto caller = TRY(require_member(api, exchange));
    const auto& params = *TRY(exchange.params());
    const auto id = params.id("multi_community_id").value_or(0);
    TRY(community::multi_view(api.community, Viewer::actor(caller.account_id), id));
    if (params.flag_or("follow", true))
        TRY(community::follow(api.community, caller.account_id, id, {}));
    else
        TRY(community::unfollow(api.community, caller.account_id, id));
    return answer(api, exchange, caller.account_id, id);
}

}  // namespace

Result<std::optional<Id>> multi_asked(const ApiContext& api, const Params& params, std::string_view id_key, std::string_view name_key) {
    if (const auto id = params.id(id_key)) return id;
    const auto name = params.get_or(name_key, "");
    if (name.empty()) return std::optional<Id>{};
    return std::optional(TRY(community::actor_by_acct(api.community, name)).id);
}

void write_multi_view(json::Writer& w, const ApiContext& api, const MultiView& view, std::string_view type) {
    const auto& actor = view.actor;
    w.object();
    if (!type.empty()) w.member("type_", type);
    w.key("multi").object().member("id", actor.id).member("creator_id", view.multi.creator_id.value_or(0));
    w.member("instance_id", instance_id(actor.host)).member("name", actor.username);
    w.member_unless_empty("title", actor.name);
    w.member_unless_empty("summary", view.multi.brief);
    w.member_unless_empty("sidebar", about(actor));
    w.member("local", actor.local).member("deleted", actor.deleted_at.has_value()).member("ap_id", actor.ap_id);
    w.member("last_refreshed_at", format_iso8601(actor.local ? actor.updated_at : actor.fetched_at));
    w.member("published_at", format_iso8601(actor.created_at));
    if (actor.updated_at > actor.created_at) w.member("updated_at", format_iso8601(actor.updated_at));
    w.member("subscribers", actor.local ? view.numbers.followers : actor.followers_count);
    w.member("subscribers_local", view.numbers.followers_here).member("communities", view.numbers.communities).end();
    if (view.follows || view.asked) w.member("follow_state", view.follows ? "accepted" : "pending");
    w.key("owner");
    // Of one from elsewhere whose keeper is not known here, the collection itself.
    write_person(w, api, view.keeper.value_or(actor));
    w.end();
}

void add_multi_routes(http::Router& router, const ApiContext& api) {
    add_endpoints(router, api,
                  {{"GET", "/api/v4/multi_community", show},
                   {"POST", "/api/v4/multi_community", create},
                   {"PUT", "/api/v4/multi_community", edit},
                   {"GET", "/api/v4/multi_community/list", list},
                   {"POST", "/api/v4/multi_community/entry", add_entry},
                   {"DELETE", "/api/v4/multi_community/entry", remove_entry},
                   {"POST", "/api/v4/multi_community/follow", follow}});
}

}  // namespace kith::lemmy
