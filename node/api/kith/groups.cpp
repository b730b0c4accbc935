// Groups and their moderation, in the open.
#include "base/core/clock.hpp"
#include "base/json/writer.hpp"
#include "config/limits/groups.hpp"
#include "node/api/kith/groups.hpp"
#include "node/api/kith/handlers.hpp"
#include "node/api/kith/json_groups.hpp"
#include "node/api/oauth/bearer.hpp"
#include "node/community/accounts.hpp"
#include "node/community/group_moderation.hpp"
#include "node/community/group_roles.hpp"
#include "node/community/group_settings.hpp"
#include "node/http/exchange.hpp"


namespace kith::own_api {

namespace {

using http::Exchange;
using json::Writer;

// Who asks, where somebody does who may read: what is quiet is shown to the team.
std::optional<Id> asking(const ApiContext& api, Exchange& exchange) {
    if (exchange.header("authorization").empty()) return {};
    const auto who = reader(api, exchange);
    return who ? std::optional(*who) : std::nullopt;
}

Result<> answer_log(const ApiContext& api, Exchange& exchange, repo::GroupActFilter filter) {
    const auto& params = *TRY(exchange.params());
    filter.post_id = params.id("status_id");
    filter.target_id = params.id("account_id");
    const auto page = TRY(community::moderation_log(api.community, filter,
                                                    TRY(page_of(exchange, limits::moderation_log_page, limits::moderation_log_page_max)),
                                                    asking(api, exchange)));
    return answer_list(exchange, page.items, [&](Writer& w, const community::GroupActView& view) { write_act(w, api, view); });
}

}  // namespace

Result<community::Viewer> viewer_of(const ApiContext& api, Exchange& exchange) {
    if (exchange.header("authorization").empty()) return community::Viewer::nobody();
    return community::Viewer::actor(TRY(reader(api, exchange)));
}

Result<model::Actor> group_of(const ApiContext& api, Exchange& exchange) {
    auto group = TRY(community::actor_by_id(api.community, TRY(exchange.id_param())));
    if (!group.is_group()) return fail(Code::not_found, "Record not found");
    const auto viewer = TRY(viewer_of(api, exchange));
    if (!TRY(api.community.db.read([&](sql::Tx& tx) { return community::may_know_group(tx, viewer, group.id); })))
        return fail(Code::not_found, "Record not found");
    return group;
}

namespace {

Result<> whole_log(const ApiContext& api, Exchange& exchange) { return answer_log(api, exchange, {}); }

Result<> group_log(const ApiContext& api, Exchange& exchange) {
    return answer_log(api, exchange, {.group_id = TRY(group_of(api, exchange)).id, .post_id = {}, .target_id = {}, .moderator_id = {}});
}

Result<> show_moderators(const ApiContext& api, Exchange& exchange) {
    const auto group = TRY(group_of(api, exchange));
    const auto moderators = TRY(api.community.db.read([&](sql::Tx& tx) { return community::group_moderators_of(tx, group); }));
    return answer_list(exchange, moderators, [&](Writer& w, const model::Actor& moderator) { write_actor(w, api, moderator); });
}

Result<community::NewGroupAct> wanted_act(const ApiContext& api, const http::Params& params, Id group) {
    const auto now = api.community.clock.now_ms();
    const auto name = params.get_or("kind", "");
    // A time-out is a ban that ends soon.
    const bool time_out = name == "time_out";
    const auto kind = community::group_act_from(time_out ? "ban" : name);
    if (!kind) return fail(Code::unprocessable, "Validation failed: Kind is not included in the list");
    community::NewGroupAct wanted;
    wanted.kind = *kind;
    wanted.group_id = group;
    wanted.post_id = params.id("status_id");
    wanted.target_id = params.id("account_id");
    wanted.reason = std::string(params.get_or("reason", ""));
    wanted.with_posts = params.flag_or("with_posts", false);
    wanted.rule = std::string(params.get_or("rule", ""));
    // One of the group's rules; without other words it is the reason as well.
    if (const auto rule = params.id("rule_id")) wanted.rule = TRY(community::find_rule(api.community, group, *rule)).text;
    if (wanted.reason.empty()) wanted.reason = wanted.rule;
    wanted.given_role = community::team_role_from(params.get_or("role", ""));
    wanted.open = params.flag_or("open", false);
    if (const auto seconds = params.integer("expires_in")) {
        if (*seconds <= 0 || *seconds > limits::ban_seconds_max)
            return fail(Code::unprocessable, "Validation failed: Expires in is not a time that can be");
        wanted.expires_at = now + *seconds * 1000;
    }
    if (time_out && (!wanted.expires_at || *wanted.expires_at - now > limits::time_out_ms_max))
        return fail(Code::unprocessable, "Validation failed: a time-out ends within " +
                                             std::to_string(limits::time_out_ms_max / day_ms) + " days (expires_in)");
    return wanted;
}

Result<> moderate(const ApiContext& api, Exchange& exchange) {
    const auto me = TRY(writer(api, exchange));
    const auto group = TRY(group_of(api, exchange));
    const auto wanted = TRY(wanted_act(api, *TRY(exchange.params()), group.id));
    const auto act = TRY(community::moderate(api.community, me, wanted));
    const auto view = TRY(api.community.db.read([&](sql::Tx& tx) { return community::load_act(tx, act); }));
    Writer w;
    write_act(w, api, view);
    return exchange.json(200, w.take());
}

}  // namespace

void add_group_routes(http::Router& router, const ApiContext& api) {
    add_endpoints(router, api,
                  {{"GET", "/api/kith/v1/moderation_log", whole_log},
                   {"GET", "/api/kith/v1/groups/:id/moderation_log", group_log},
                   {"GET", "/api/kith/v1/groups/:id/moderators", show_moderators},
                   {"POST", "/api/kith/v1/groups/:id/moderation", moderate}});
}

}  // namespace kith::own_api
