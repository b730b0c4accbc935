// Who asks to be let in, and what moderators say.
#include "node/community/applications.hpp"

#include "node/api/lemmy/cursor.hpp"
#include "node/api/lemmy/entities.hpp"
#include "node/api/lemmy/local_user.hpp"
#include "node/api/lemmy/routes.hpp"

namespace kith::lemmy {

namespace {

using community::ApplicationView;
using http::Exchange;
using json::Writer;

// An application is known by the account that asks.
void write_application(Writer& w, const ApiContext& api, const ApplicationView& view) {
    const auto& asked = view.sign_up;
    w.object().key("registration_application").object().member("id", asked.user_id).member("local_user_id", asked.user_id);
    w.member("answer", asked.reason);
    if (asked.decided_by) w.member("admin_id", *asked.decided_by);
    w.member_unless_empty("deny_reason", asked.deny_reason).member("published_at", format_iso8601(view.user.created_at));
    if (asked.denied_at) w.member("updated_at", format_iso8601(*asked.denied_at));
    else if (asked.approved_at) w.member("updated_at", format_iso8601(*asked.approved_at));
    w.end().key("creator_local_user");
    write_local_user(w, api, view.user, asked);
    w.key("creator");
    write_person(w, api, view.person);
    if (view.decided_by) {
        w.key("admin");
        write_person(w, api, *view.decided_by);
    }
    w.end();
}

Result<> answer(const ApiContext& api, Exchange& exchange, const ApplicationView& view) {
    Writer w;
    w.object().key("registration_application");
    write_application(w, api, view);
    w.end();
    return exchange.json(200, w.take());
}

Result<> list(const ApiContext& api, Exchange& exchange) {
    const auto caller = TRY(require_team(api, exchange));
    const auto& params = *TRY(exchange.params());
    const bool undecided = params.flag_or("unread_only", false);
    const auto page = TRY(page_of<community::ApplicationView>(params, [&](const community::PageRequest& request) {
        return community::applications(api.community, caller.account_id, undecided, request);
    }));
    return exchange.json(200, page_json([&](Writer& w) {
                             for (const auto& view : page.items) write_application(w, api, view);
                         }, page.beside));
}

Result<> show(const ApiContext& api, Exchange& exchange) {
    const auto caller = TRY(require_team(api, exchange));
    const auto person = TRY(exchange.params())->id("person_id").value_or(0);
    return answer(api, exchange, TRY(community::application_of(api.community, caller.account_id, person)));
}

Result<> decide(const ApiContext& api, Exchange& exchange) {
    const auto caller = TRY(require_team(api, exchange));
    const auto& params = *TRY(exchange.params());
    const auto view = TRY(community::application(api.community, caller.account_id, params.id("id").value_or(0)));
    if (params.flag_or("approve", true))
        TRY(community::approve_account(api.community, view.person.id, caller.account_id));
    else
        TRY(community::deny_account(api.community, view.person.id, caller.account_id, params.get_or("deny_reason", "")));
    return answer(api, exchange, TRY(community::application(api.community, caller.account_id, view.user.id)));
}

}  // namespace

void add_application_routes(http::Router& router, const ApiContext& api) {
    add_endpoints(router, api,
                  {{"GET", "/api/v4/admin/registration_application/list", list},
                   {"GET", "/api/v4/admin/registration_application", show},
                   {"PUT", "/api/v4/admin/registration_application/approve", decide}});
}

}  // namespace kith::lemmy
