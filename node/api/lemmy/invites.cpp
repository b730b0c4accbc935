// Invites that members make.
#include "node/api/lemmy/cursor.hpp"
#include "node/api/lemmy/entities.hpp"
#include "node/api/lemmy/routes.hpp"
#include "node/community/member_invites.hpp"

namespace kith::lemmy {

namespace {

using community::MemberInvite;
using http::Exchange;
using json::Writer;

void write_invite(Writer& w, const MemberInvite& made, Id user) {
    w.object().member("id", made.invite.id).member("token", made.code).member("local_user_id", user);
    if (made.invite.uses_max) w.member("max_uses", *made.invite.uses_max);
    w.member("uses_count", made.invite.uses);
    if (made.invite.expires_at) w.member("expires_at", format_iso8601(*made.invite.expires_at));
    w.member("published_at", format_iso8601(made.invite.created_at)).end();
}

Result<> create(const ApiContext& api, Exchange& exchange) {
    const auto caller = TRY(require_member(api, exchange));
    const auto& params = *TRY(exchange.params());
    community::NewInvite asked{.uses_max = params.integer("max_uses"), .expires_at = {}};
    if (const auto text = params.get("expires_at"); text && !text->empty()) {
        TimeMs end = 0;
        if (!parse_iso8601(*text, end)) return fail(Code::unprocessable, "Validation failed: expires_at is no time");
        asked.expires_at = end;
    }
    const auto made = TRY(community::make_member_invite(api.community, caller.account_id, asked));
    Writer w;
    w.object().key("invite");
    write_invite(w, made, caller.user_id);
    w.end();
    return exchange.json(200, w.take());
}

Result<> revoke(const ApiContext& api, Exchange& exchange) {
    const auto caller = TRY(require_member(api, exchange));
    TRY(community::revoke_member_invite(api.community, caller.account_id, TRY(exchange.params())->get_or("token", "")));
    return exchange.json(200, success());
}

Result<> list(const ApiContext& api, Exchange& exchange) {
    const auto caller = TRY(require_member(api, exchange));
    const auto page = TRY(page_of<community::MemberInvite>(
        *TRY(exchange.params()), [&](const community::PageRequest& request) { return community::member_invites(api.community, caller.account_id, request); }));
    return exchange.json(200, page_json([&](Writer& w) {
                             for (const auto& made : page.items) write_invite(w, made, caller.user_id);
                         }, page.beside));
}

}  // namespace

void add_invite_routes(http::Router& router, const ApiContext& api) {
    add_endpoints(router, api,
                  {{"POST", "/api/v4/account/invite", create},
                   {"DELETE", "/api/v4/account/invite", revoke},
                   {"GET", "/api/v4/account/invite/list", list}});
}

}  // namespace kith::lemmy
