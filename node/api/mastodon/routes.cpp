#include "node/api/mastodon/routes.hpp"

#include "node/api/mastodon/rate_limits.hpp"
#include "node/api/oauth/bearer.hpp"
#include "node/api/oauth/scopes.hpp"
#include "node/http/middleware.hpp"
#include "storage/repo/accounts.hpp"

#include <algorithm>

namespace kith::mastodon {

using http::Exchange;

void add_endpoints(http::Router& router, const ApiContext& api,
                   std::initializer_list<Endpoint> endpoints) {
    for (const auto& endpoint : endpoints)
        router.add(endpoint.verb, endpoint.pattern,
                   [api, method = endpoint.method](Exchange& x) { return method(api, x); });
}

Result<community::Viewer> viewer_of(const ApiContext& api, Exchange& exchange,
                                    std::initializer_list<std::string_view> any_of) {
    auto caller = TRY(api.authenticator.authenticate(exchange));
    if (!caller) return community::Viewer::nobody();
    const bool allowed = std::any_of(any_of.begin(), any_of.end(), [&](auto scope) {
        return oauth::covers(caller->scopes, scope);
    });
    if (!allowed) return fail(Code::forbidden, "This action is outside the authorized scopes");
    if (caller->account_id == 0) return community::Viewer::nobody();
    return community::Viewer::actor(caller->account_id);
}

Result<Id> acting_account(const ApiContext& api, Exchange& exchange,
                          std::initializer_list<std::string_view> any_of) {
    return TRY(oauth::require_user(api.authenticator, exchange, any_of)).account_id;
}

Result<model::UserRole> acting_role(const ApiContext& api, Exchange& exchange,
                                    std::initializer_list<std::string_view> any_of) {
    const auto caller = TRY(oauth::require_user(api.authenticator, exchange, any_of));
    return api.community.db.read([&](sql::Tx& tx) -> Result<model::UserRole> {
        const auto user = TRY(repo::find_user(tx, caller.user_id));
        return user ? user->role : model::UserRole::member;
    });
}

Result<std::vector<Id>> ids_asked(Exchange& exchange, std::size_t most) {
    std::vector<Id> out;
    for (auto text : TRY(exchange.params())->list("id")) {
        if (out.size() >= most) break;
        auto id = parse_id(text);
        if (id && std::find(out.begin(), out.end(), *id) == out.end()) out.push_back(*id);
    }
    return out;
}

void add_routes(http::Router& router, const ApiContext& api) {
    router.before("/api", http::allow_cross_origin);
    if (api.community.config.limits.rate) router.before("/api", limit_requests(api.community.clock));
    add_account_routes(router, api);
    add_profile_routes(router, api);
    add_relation_routes(router, api);
    add_status_routes(router, api);
    add_posting_routes(router, api);
    add_quote_routes(router, api);
    add_emoji_reaction_routes(router, api);
    add_poll_routes(router, api);
    add_timeline_routes(router, api);
    add_notification_routes(router, api);
    add_notification_group_routes(router, api);
    add_notification_policy_routes(router, api);
    add_push_routes(router, api);
    add_search_routes(router, api);
    add_report_routes(router, api);
    add_admin_report_routes(router, api);
    add_personal_routes(router, api);
    add_list_routes(router, api);
    add_collection_routes(router, api);
    add_annual_report_routes(router, api);
    add_filter_routes(router, api);
    add_filter_v1_routes(router, api);
    add_tag_routes(router, api);
    add_conversation_routes(router, api);
    add_scheduled_routes(router, api);
    add_media_routes(router, api);
    add_featured_tag_routes(router, api);
    add_domain_routes(router, api);
    add_announcement_routes(router, api);
    add_directory_routes(router, api);
    add_sign_up_routes(router, api);
    add_sign_up_block_routes(router, api);
    add_admin_account_routes(router, api);
    add_translation_routes(router, api);
    add_trend_routes(router, api);
    add_custom_emoji_routes(router, api);
    add_oembed_routes(router, api);
    add_figure_routes(router, api);
    add_instance_routes(router, api);
}

}  // namespace kith::mastodon
