// The caller's own account: what it shows, and how it posts by default.
#include "config/limits/mastodon_api.hpp"
#include "node/api/mastodon/account.hpp"
#include "node/api/mastodon/routes.hpp"
#include "node/api/mastodon/status.hpp"
#include "node/api/oauth/bearer.hpp"
#include "node/community/accounts.hpp"
#include "node/http/exchange.hpp"

namespace kith::mastodon {

namespace {

using http::Exchange;
using http::Params;

std::optional<std::string> text_of(const Params& params, std::string_view key) {
    auto value = params.get(key);
    return value ? std::optional<std::string>(*value) : std::nullopt;
}

Result<> answer_credentials(const ApiContext& api, Exchange& exchange, const http::Caller& caller) {
    auto actor = TRY(community::actor_by_id(api.community, caller.account_id));
    auto user = TRY(community::user_by_id(api.community, caller.user_id));
    auto requests = TRY(community::follow_requests(api.community, actor.id,
                                                   {.limit = limits::follow_requests_counted_max}));
    return exchange.json(
        200, credential_account_json(api.community, actor, user, requests.items.size()));
}

Result<> verify_credentials(const ApiContext& api, Exchange& exchange) {
    auto caller =
        TRY(oauth::require_user(api.authenticator, exchange, {"read:accounts", "profile"}));
    return answer_credentials(api, exchange, caller);
}

// Images cannot be uploaded yet: better said than dropped.
Result<> refuse_images(const Params& params) {
    for (std::string_view key : {"avatar", "header"})
        if (params.file(key) || !params.get_or(key, "").empty())
            return fail(Code::unprocessable, "Validation failed: " + std::string(key) +
                                                 " images cannot be uploaded to this node");
    return {};
}

Result<community::ProfileChange> change_of(const Params& params) {
    community::ProfileChange change;
    change.display_name = text_of(params, "display_name");
    change.note = text_of(params, "note");
    change.locked = params.flag("locked");
    change.bot = params.flag("bot");
    change.discoverable = params.flag("discoverable");
    change.indexable = params.flag("indexable");
    if (auto fields = params.children("fields_attributes"); !fields.empty()) {
        change.fields.emplace();
        for (const auto& field : fields)
            change.fields->emplace_back(field.get_or("name", ""), field.get_or("value", ""));
    }
    const auto source = params.nested("source");
    change.default_sensitive = source.flag("sensitive");
    change.language = text_of(source, "language");
    if (auto privacy = source.get_or("privacy", ""); !privacy.empty()) {
        if (!visibility_from(privacy))
            return fail(Code::unprocessable,
                        "Validation failed: Privacy is not included in the list");
        change.default_visibility = privacy;
    }
    return change;
}

Result<> update_credentials(const ApiContext& api, Exchange& exchange) {
    auto caller = TRY(oauth::require_user(api.authenticator, exchange, {"write:accounts"}));
    const auto& params = *TRY(exchange.params());
    TRY(refuse_images(params));
    TRY(community::update_profile(api.community, caller.account_id, TRY(change_of(params))));
    return answer_credentials(api, exchange, caller);
}

Result<> preferences(const ApiContext& api, Exchange& exchange) {
    auto caller = TRY(oauth::require_user(api.authenticator, exchange, {"read:accounts"}));
    auto user = TRY(community::user_by_id(api.community, caller.user_id));
    json::Writer w;
    w.object();
    w.member("posting:default:visibility", user.default_visibility);
    w.member("posting:default:sensitive", user.default_sensitive);
    w.key("posting:default:language");
    if (user.language.empty())
        w.null();
    else
        w.value(user.language);
    w.member("reading:expand:media", "default").member("reading:expand:spoilers", false);
    w.member("reading:autoplay:gifs", false).end();
    return exchange.json(200, w.take());
}

}  // namespace

void add_profile_routes(http::Router& router, const ApiContext& api) {
    add_endpoints(router, api,
                  {{"GET", "/api/v1/accounts/verify_credentials", verify_credentials},
                   {"PATCH", "/api/v1/accounts/update_credentials", update_credentials},
                   {"PUT", "/api/v1/accounts/update_credentials", update_credentials},
                   {"GET", "/api/v1/preferences", preferences}});
}

}  // namespace kith::mastodon
