// What a member wants to be told by mail.
#include "base/json/writer.hpp"
#include "node/api/kith/mail.hpp"
#include "node/api/oauth/bearer.hpp"
#include "node/community/mail_wishes.hpp"
#include "node/http/exchange.hpp"

#include <algorithm>
#include <array>

namespace kith::own_api {

namespace {

using community::Digest;
using http::Exchange;

constexpr std::array<std::string_view, 3> digest_names{"never", "daily", "weekly"};

Result<> answer_wishes(const ApiContext& api, Exchange& exchange, Id actor) {
    const auto wishes = TRY(community::mail_wishes(api.community, actor));
    json::Writer w;
    w.object().key("notifications").array();
    for (const auto& name : wishes.notices) w.value(name);
    w.end().member("digest", digest_names[std::size_t(wishes.digest)]).end();
    return exchange.json(200, w.take());
}

Result<> show_wishes(const ApiContext& api, Exchange& exchange) {
    return answer_wishes(api, exchange, TRY(oauth::require_user(api.authenticator, exchange, {"read:accounts"})).account_id);
}

Result<> set_wishes(const ApiContext& api, Exchange& exchange) {
    const auto caller = TRY(oauth::require_user(api.authenticator, exchange, {"write:accounts"}));
    const auto& params = *TRY(exchange.params());
    auto wishes = TRY(community::mail_wishes(api.community, caller.account_id));
    if (params.has("notifications") || !params.list("notifications").empty()) {
        wishes.notices.clear();
        for (const auto name : params.list("notifications"))
            if (!name.empty()) wishes.notices.emplace_back(name);
    }
    if (const auto digest = params.get("digest")) {
        const auto found = std::ranges::find(digest_names, *digest);
        if (found == digest_names.end())
            return fail(Code::unprocessable, "Validation failed: Digest is never, daily or weekly");
        wishes.digest = Digest(found - digest_names.begin());
    }
    TRY(community::set_mail_wishes(api.community, caller.account_id, wishes));
    return answer_wishes(api, exchange, caller.account_id);
}

}  // namespace

void add_mail_routes(http::Router& router, const ApiContext& api) {
    router.add("GET", "/api/kith/v1/mail", [api](Exchange& x) { return show_wishes(api, x); });
    for (const std::string_view verb : {"PUT", "PATCH"})
        router.add(verb, "/api/kith/v1/mail", [api](Exchange& x) { return set_wishes(api, x); });
}

}  // namespace kith::own_api
