// What the node's moderators and admins do about people and what these wrote.
#include "base/text/fold.hpp"
#include "node/api/lemmy/cursor.hpp"
#include "node/api/lemmy/entities.hpp"
#include "node/api/lemmy/local_user.hpp"
#include "node/api/lemmy/routes.hpp"
#include "node/api/lemmy/site.hpp"
#include "node/community/moderation.hpp"
#include "node/community/team.hpp"

namespace kith::lemmy {

namespace {

using http::Exchange;
using http::Params;
using json::Writer;
using model::UserRole;

void write_admins(Writer& w, const ApiContext& api, const std::vector<model::Actor>& admins) {
    w.key("admins").array();
    for (const auto& admin : admins) write_person_view(w, api, admin);
    w.end();
}

Result<> add_admin(const ApiContext& api, Exchange& exchange) {
    const auto caller = TRY(require_team(api, exchange, UserRole::admin));
    const auto& params = *TRY(exchange.params());
    TRY(community::set_admin(api.community, caller.account_id, params.id("person_id").value_or(0), params.flag_or("added", true)));
    Writer w;
    w.object();
    write_admins(w, api, TRY(community::admins(api.community)));
    w.end();
    return exchange.json(200, w.take());
}

Result<> leave(const ApiContext& api, Exchange& exchange) {
    const auto caller = TRY(require_team(api, exchange, UserRole::admin));
    TRY(community::set_admin(api.community, caller.account_id, caller.account_id, false));
    return exchange.json(200, TRY(site_json(api)));
}

Result<> ban(const ApiContext& api, Exchange& exchange) {
    const auto caller = TRY(require_team(api, exchange));
    const auto& params = *TRY(exchange.params());
    const auto person = TRY(community::known_person(api.community, params.id("person_id").value_or(0)));
    const auto reason = std::string(params.get_or("reason", ""));
    if (params.flag_or("ban", true))
        TRY(community::ban_person(api.community, caller.account_id,
                                  {.person = person.id, .reason = reason, .expires_at = expiry_of(params), .with_posts = params.flag_or("remove_or_restore_data", false)}));
    else
        TRY(community::unban_person(api.community, caller.account_id, person.id, reason));
    return exchange.json(200, person_response(api, TRY(community::known_person(api.community, person.id))));
}

template <class Purge>
Result<> purge(const ApiContext& api, Exchange& exchange, std::string_view key, Purge what) {
    const auto caller = TRY(require_team(api, exchange, UserRole::admin));
    const auto& params = *TRY(exchange.params());
    TRY(what(api.community, caller.account_id, params.id(key).value_or(0), params.get_or("reason", "")));
    return exchange.json(200, success());
}
Result<> purge_person(const ApiContext& api, Exchange& x) { return purge(api, x, "person_id", community::purge_person); }
Result<> purge_community(const ApiContext& api, Exchange& x) { return purge(api, x, "community_id", community::purge_group); }
Result<> purge_post(const ApiContext& api, Exchange& x) { return purge(api, x, "post_id", community::purge_post); }
Result<> purge_comment(const ApiContext& api, Exchange& x) { return purge(api, x, "comment_id", community::purge_post); }

// Who has an account here, with what only the team sees of it.
Result<> users(const ApiContext& api, Exchange& exchange) {
    TRY(require_team(api, exchange));
    const auto& params = *TRY(exchange.params());
    repo::AccountQuery query;
    query.local = true;
    const auto page = TRY(page_of<repo::AccountRow>(
        params, [&](const community::PageRequest& request) { return community::moderated_accounts(api.community, query, request); }));
    const bool banned_only = params.flag_or("banned_only", false);
    return exchange.json(200, page_json([&](Writer& w) {
                             for (const auto& row : page.items) {
                                 const auto standing = community::node_standing(api.community, row.actor).value_or(community::NodeStanding{});
                                 if (!row.user || (banned_only && !standing.banned)) continue;
                                 w.object().key("local_user");
                                 write_local_user(w, api, *row.user, row.sign_up);
                                 w.key("person");
                                 write_person(w, api, row.actor);
                                 write_banned(w, "banned", standing);
                                 w.end();
                             }
                         }, page.beside));
}

// People known here; who does not want to be found is not among them.
Result<> people(const ApiContext& api, Exchange& exchange) {
    const auto viewer = TRY(viewer_of(api, exchange));
    const auto& params = *TRY(exchange.params());
    repo::AccountQuery query;
    query.status = repo::AccountQuery::Status::active;
    if (params.get_or("type_", "all") == "local") query.local = true;
    query.username = text::fold(params.get_or("search_term", ""));
    const auto page = TRY(page_of<repo::AccountRow>(
        params, [&](const community::PageRequest& request) { return community::moderated_accounts(api.community, query, request); }));
    return exchange.json(200, page_json([&](Writer& w) {
                             for (const auto& row : page.items)
                                 if (row.actor.kind != model::ActorKind::application && row.actor.discoverable.value_or(true) && !row.silenced)
                                     write_person_view(w, api, row.actor, {}, viewer);
                         }, page.beside));
}

}  // namespace

void add_admin_routes(http::Router& router, const ApiContext& api) {
    add_endpoints(router, api,
                  {{"POST", "/api/v4/admin/add", add_admin},
                   {"POST", "/api/v4/admin/leave", leave},
                   {"POST", "/api/v4/admin/ban", ban},
                   {"GET", "/api/v4/admin/users", users},
                   {"GET", "/api/v4/person/list", people},
                   {"POST", "/api/v4/admin/purge/person", purge_person},
                   {"POST", "/api/v4/admin/purge/community", purge_community},
                   {"POST", "/api/v4/admin/purge/post", purge_post},
                   {"POST", "/api/v4/admin/purge/comment", purge_comment}});
}

}  // namespace kith::lemmy
