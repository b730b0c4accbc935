// What the node's moderators do about whole communities, and an owner about their own.
#include "node/api/lemmy/entities.hpp"
#include "node/api/lemmy/routes.hpp"
#include "storage/repo/actors.hpp"

namespace kith::lemmy {

namespace {

using community::GroupView;
using community::Viewer;
using http::Exchange;

// Also one that was just removed or deleted, which nobody is shown any more.
Result<GroupView> view_of(const ApiContext& api, Id me, Id group) {
    if (auto view = community::group_view(api.community, Viewer::actor(me), group)) return std::move(*view);
    const auto actor = TRY(api.community.db.read([group](sql::Tx& tx) { return repo::find_actor(tx, group); }));
    if (!actor || !actor->is_group()) return fail(Code::not_found, "Record not found");
    auto views = TRY(community::group_views(api.community, Viewer::actor(me), {*actor}));
    return std::move(views.front());
}

Result<> remove(const ApiContext& api, Exchange& exchange) {
    const auto caller = TRY(require_team(api, exchange));
    const auto& params = *TRY(exchange.params());
    const auto group = params.id("community_id").value_or(0);
    TRY(community::remove_group(api.community, caller.account_id, group, params.flag_or("removed", true), params.get_or("reason", "")));
    return exchange.json(200, community_response(api, TRY(view_of(api, caller.account_id, group))));
}

Result<> hide(const ApiContext& api, Exchange& exchange) {
    const auto caller = TRY(require_team(api, exchange));
    const auto& params = *TRY(exchange.params());
    TRY(community::hide_group(api.community, caller.account_id, params.id("community_id").value_or(0), params.flag_or("hidden", true),
                              params.get_or("reason", "")));
    return exchange.json(200, success());
}

}  // namespace

void add_community_admin_routes(http::Router& router, const ApiContext& api) {
    add_endpoints(router, api,
                  {{"POST", "/api/v4/community/remove", remove}, {"PUT", "/api/v4/community/hide", hide}});
}

}  // namespace kith::lemmy
