// Accounts as moderators see them (Mastodon: methods/admin/accounts; entities/Admin_Account).
#include "base/text/fold.hpp"
#include "base/text/strings.hpp"
#include "config/limits/sign_up.hpp"
#include "node/api/mastodon/account.hpp"
#include "node/api/mastodon/paging.hpp"
#include "node/api/mastodon/routes.hpp"
#include "node/community/moderation.hpp"
#include "node/community/sign_up.hpp"
#include "node/http/exchange.hpp"

#include <array>

namespace kith::mastodon {

namespace {

using community::AccountAction;
using http::Exchange;
using http::Params;
using json::Writer;
using repo::AccountQuery;
using repo::AccountRow;

constexpr std::string_view read_accounts = "admin:read:accounts";
constexpr std::string_view write_accounts = "admin:write:accounts";
constexpr PageSize accounts_for_admins{limits::admin_accounts_page, limits::admin_accounts_page_max};

// The moderator who asks.
Result<Id> moderator(const ApiContext& api, Exchange& exchange, std::string_view scope) {
    if (TRY(acting_role(api, exchange, {scope})) == model::UserRole::member)
        return fail(Code::forbidden, "This action is not allowed");
    return acting_account(api, exchange, {scope});
}

void write_text_or_null(Writer& w, std::string_view name, std::string_view text) {
    if (text.empty())
        w.null_member(name);
    else
        w.member(name, text);
}

void write_admin_account(Writer& w, const community::Context& context, const AccountRow& row) {
    const auto& [actor, user, sign_up, silenced] = row;
    const bool waits = sign_up && sign_up->waits();
    w.object().member("id", std::to_string(actor.id)).member("username", actor.username);
    write_text_or_null(w, "domain", actor.host);
    w.member("created_at", format_iso8601(actor.created_at)).member("email", user ? user->email : "");
    write_text_or_null(w, "ip", sign_up ? sign_up->ip : "");
    w.key("ips").array();
    if (sign_up)
        w.object().member("ip", sign_up->ip).member("used_at", format_iso8601(actor.created_at)).end();
    w.end();
    write_text_or_null(w, "locale", user ? user->language : "");
    write_text_or_null(w, "invite_request", sign_up ? sign_up->reason : "");
    if (user)
        write_role(w, user->role);
    else
        w.null_member("role");
    w.member("confirmed", !sign_up || sign_up->email_confirmed_at.has_value());
    w.member("approved", !sign_up || sign_up->approved_at.has_value());
    // While it waits it is hidden, and that is not what the word means.
    w.member("suspended", actor.suspended_at.has_value() && !waits).member("silenced", silenced);
    w.member("sensitized", actor.sensitized).member("disabled", user && user->disabled_at && !actor.suspended_at).key("account");
    write_account(w, context, actor);
    if (sign_up && sign_up->app_id != 0) w.member("created_by_application_id", std::to_string(sign_up->app_id));
    w.end();
}

Result<> answer(const ApiContext& api, Exchange& exchange, Id actor) {
    Writer w;
    write_admin_account(w, api.community, TRY(community::moderated_account(api.community, actor)));
    return exchange.json(200, w.take());
}

void read_names(const Params& params, AccountQuery& query) {
    query.username = text::fold(params.get_or("username", ""));
    query.host = text::to_lower_ascii(params.get_or("by_domain", ""));
    query.email = text::to_lower_ascii(params.get_or("email", ""));
    query.ip = std::string(params.get_or("ip", ""));
}

constexpr std::array<std::pair<std::string_view, AccountQuery::Status>, 5> states{
    {{"active", AccountQuery::Status::active},
     {"pending", AccountQuery::Status::pending},
     {"disabled", AccountQuery::Status::disabled},
     {"silenced", AccountQuery::Status::silenced},
     {"suspended", AccountQuery::Status::suspended}}};

// The first version has a switch for each state, the second their names.
AccountQuery query_v1(const Params& params) {
    AccountQuery query;
    if (params.flag_or("local", false)) query.local = true;
    if (params.flag_or("remote", false)) query.local = false;
    for (const auto& [name, status] : states)
        if (params.flag_or(name, false)) query.status = status;
    query.staff = params.flag_or("staff", false);
    read_names(params, query);
    return query;
}

AccountQuery query_v2(const Params& params) {
    AccountQuery query;
    const auto origin = params.get_or("origin", "");
    if (origin == "local" || origin == "remote") query.local = origin == "local";
    for (const auto& [name, status] : states)
        if (params.get_or("status", "") == name) query.status = status;
    query.staff = params.get_or("permissions", "") == "staff";
    read_names(params, query);
    return query;
}

Result<> list(const ApiContext& api, Exchange& exchange, AccountQuery (*read)(const Params&)) {
    TRY(moderator(api, exchange, read_accounts));
    const auto page = TRY(community::moderated_accounts(api.community, read(*TRY(exchange.params())),
                                                        TRY(page_request(exchange, accounts_for_admins))));
    set_link(exchange, api.community.urls, page);
    Writer w;
    w.array();
    for (const auto& row : page.items) write_admin_account(w, api.community, row);
    w.end();
    return exchange.json(200, w.take());
}
Result<> list_v1(const ApiContext& api, Exchange& exchange) { return list(api, exchange, query_v1); }
Result<> list_v2(const ApiContext& api, Exchange& exchange) { return list(api, exchange, query_v2); }

Result<> show(const ApiContext& api, Exchange& exchange) {
    TRY(moderator(api, exchange, read_accounts));
    return answer(api, exchange, TRY(exchange.id_param()));
}

Result<> approve(const ApiContext& api, Exchange& exchange) {
    TRY(moderator(api, exchange, write_accounts));
    const auto id = TRY(exchange.id_param());
    TRY(community::approve_account(api.community, id));
    return answer(api, exchange, id);
}

// It is gone then: what is answered is how it was.
Result<> reject(const ApiContext& api, Exchange& exchange) {
    TRY(moderator(api, exchange, write_accounts));
    const auto id = TRY(exchange.id_param());
    Writer w;
    write_admin_account(w, api.community, TRY(community::moderated_account(api.community, id)));
    TRY(community::reject_account(api.community, id));
    return exchange.json(200, w.take());
}

constexpr std::array<std::pair<std::string_view, AccountAction>, 5> actions{{{"none", AccountAction::none},
                                                                             {"sensitive", AccountAction::sensitive},
                                                                             {"disable", AccountAction::disable},
                                                                             {"silence", AccountAction::silence},
                                                                             {"suspend", AccountAction::suspend}}};

Result<> act(const ApiContext& api, Exchange& exchange) {
    const auto me = TRY(moderator(api, exchange, write_accounts));
    const auto& params = *TRY(exchange.params());
    const auto type = params.get_or("type", "none");
    for (const auto& [name, action] : actions) {
        if (name != type) continue;
        TRY(community::act_on_account(api.community, me, TRY(exchange.id_param()), action, params.id("report_id")));
        return exchange.json(200, "{}");
    }
    return fail(Code::unprocessable, "Validation failed: Type is not included in the list");
}

using Undo = Result<> (*)(community::Context&, Id moderator, Id actor);
Result<> undo(const ApiContext& api, Exchange& exchange, Undo done) {
    const auto me = TRY(moderator(api, exchange, write_accounts));
    const auto id = TRY(exchange.id_param());
    TRY(done(api.community, me, id));
    return answer(api, exchange, id);
}
Result<> enable(const ApiContext& api, Exchange& x) { return undo(api, x, community::enable_account); }
Result<> unsilence(const ApiContext& api, Exchange& x) { return undo(api, x, community::unsilence_account); }
Result<> unsensitive(const ApiContext& api, Exchange& x) { return undo(api, x, community::unsensitive_account); }
Result<> unsuspend(const ApiContext& api, Exchange& x) { return undo(api, x, community::unsuspend_account); }

Result<> remove(const ApiContext& api, Exchange& exchange) {
    const auto me = TRY(moderator(api, exchange, write_accounts));
    const auto id = TRY(exchange.id_param());
    Writer w;
    write_admin_account(w, api.community, TRY(community::moderated_account(api.community, id)));
    TRY(community::delete_account(api.community, me, id));
    return exchange.json(200, w.take());
}

}  // namespace

void add_admin_account_routes(http::Router& router, const ApiContext& api) {
    add_endpoints(router, api,
                  {{"GET", "/api/v1/admin/accounts", list_v1},
                   {"GET", "/api/v2/admin/accounts", list_v2},
                   {"GET", "/api/v1/admin/accounts/:id", show},
                   {"POST", "/api/v1/admin/accounts/:id/approve", approve},
                   {"POST", "/api/v1/admin/accounts/:id/reject", reject},
                   {"POST", "/api/v1/admin/accounts/:id/action", act},
                   {"POST", "/api/v1/admin/accounts/:id/enable", enable},
                   {"POST", "/api/v1/admin/accounts/:id/unsilence", unsilence},
                   {"POST", "/api/v1/admin/accounts/:id/unsensitive", unsensitive},
                   {"POST", "/api/v1/admin/accounts/:id/unsuspend", unsuspend},
                   {"DELETE", "/api/v1/admin/accounts/:id", remove}});
}

}  // namespace kith::mastodon
