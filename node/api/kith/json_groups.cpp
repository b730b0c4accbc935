#include "node/api/kith/json_groups.hpp"

#include "base/core/clock.hpp"
#include "config/limits/groups.hpp"
#include "node/community/accounts.hpp"
#include "node/community/group_roles.hpp"

namespace kith::own_api {

using json::Writer;

void write_actor(Writer& w, const ApiContext& api, const std::optional<model::Actor>& actor) {
    if (!actor) return void(w.null());
    w.object().member("id", std::to_string(actor->id)).member("acct", community::acct_of(api.community, *actor));
    w.member("url", actor->url.empty() ? actor->ap_id : actor->url).end();
}

void write_actor(Writer& w, const ApiContext& api, std::string_view name, const std::optional<model::Actor>& actor) {
    w.key(name);
    write_actor(w, api, actor);
}

void write_act(Writer& w, const ApiContext& api, const community::GroupActView& view) {
    const auto& act = view.act;
    const auto role = [&](std::string_view name, model::TeamRole value) {
        if (value == model::TeamRole::none)
            w.null_member(name);
        else
            w.member(name, community::team_role_name(value));
    };
    w.object().member("id", std::to_string(act.id)).member("kind", community::group_act_name(act.kind));
    w.member("time_out", is_time_out(act, limits::time_out_ms_max));
    w.member("at", format_iso8601(act.at)).member("reason", act.reason).member("rule", act.rule);
    role("role", act.role);
    role("given_role", act.given_role);
    write_actor(w, api, "group", view.group);
    write_actor(w, api, "moderator", view.moderator);
    write_actor(w, api, "target", view.target);
    w.key("status");
    if (view.post)
        w.object().member("id", std::to_string(view.post->id)).member("uri", view.post->ap_id).end();
    else
        w.null();
    write_time(w, "expires_at", act.expires_at);
    w.member("with_posts", act.with_posts).member("quiet", act.quiet).member("undone", view.undone);
    if (view.appeal)
        w.member("appeal", community::appeal_state(*view.appeal));
    else
        w.null_member("appeal");
    w.end();
}

}  // namespace kith::own_api
