#include "node/api/lemmy/routes.hpp"

#include "base/json/writer.hpp"
#include "config/limits/lemmy_api.hpp"
#include "node/api/oauth/bearer.hpp"
#include "node/community/team.hpp"
#include "node/http/middleware.hpp"

#include <algorithm>

namespace kith::lemmy {

using http::Exchange;

namespace {

constexpr std::string_view root = "/api/v4";

}  // namespace

void add_endpoints(http::Router& router, const ApiContext& api, std::initializer_list<Endpoint> endpoints) {
    for (const auto& endpoint : endpoints)
        router.add(endpoint.verb, endpoint.path,
                   [api, method = endpoint.method](Exchange& x) { return method(api, x); });
}

Result<http::Caller> require_member(const ApiContext& api, Exchange& exchange) {
    TRY(oauth::require_user(api.authenticator, exchange, {"read"}));
    return oauth::require_user(api.authenticator, exchange, {"write"});
}

Result<http::Caller> require_team(const ApiContext& api, Exchange& exchange, model::UserRole role) {
    auto caller = TRY(require_member(api, exchange));
    TRY(community::require_role(api.community, caller.account_id, role));
    return caller;
}

Result<community::Viewer> viewer_of(const ApiContext& api, Exchange& exchange) {
    if (!TRY(api.authenticator.authenticate(exchange))) return community::Viewer::nobody();
    return community::Viewer::actor(TRY(oauth::require_user(api.authenticator, exchange, {"read"})).account_id);
}

int limit_of(const http::Params& params, int most) {
    return int(std::clamp<std::int64_t>(params.integer("limit").value_or(limits::lemmy_page), 1, most));
}

std::string_view word_of(Code code) {
    switch (code) {
        case Code::not_found:
        case Code::gone:
            return "not_found";
        case Code::unauthorized:
            return "not_logged_in";
        case Code::forbidden:
            return "not_a_mod_or_admin";
        case Code::rate_limited:
            return "rate_limit_error";
        case Code::conflict:
            return "already_exists";
        default:
            return "unknown";
    }
}

void add_routes(http::Router& router, const ApiContext& api) {
    router.before(root, http::allow_cross_origin);
    router.errors(root, [](Exchange& exchange, const Error& error) {
        const int status = http::status_of(error.code);
        if (status >= 500) return http::answer_error(exchange, error);  // with its log line
        json::Writer w;  // a word for programs, a sentence for people
        w.object().member("error", word_of(error.code)).member("message", error.safe_text).end();
        (void)exchange.json(status, w.take());
    });
    add_sign_in_routes(router, api);
    add_account_routes(router, api);
    add_site_routes(router, api);
    add_community_routes(router, api);
    add_post_routes(router, api);
    add_comment_routes(router, api);
    add_person_routes(router, api);
    add_moderation_routes(router, api);
    add_search_routes(router, api);
    add_notification_routes(router, api);
    add_message_routes(router, api);
    add_report_routes(router, api);
    add_image_routes(router, api);
    add_mark_routes(router, api);
    add_tag_routes(router, api);
    add_multi_routes(router, api);
    add_admin_routes(router, api);
    add_application_routes(router, api);
    add_account_mail_routes(router, api);
    add_backup_routes(router, api);
    add_emoji_routes(router, api);
    add_instance_routes(router, api);
    add_invite_routes(router, api);
    add_modlog_routes(router, api);
    add_notice_routes(router, api);
    add_site_picture_routes(router, api);
    add_site_setting_routes(router, api);
    add_tagline_routes(router, api);
    add_vote_routes(router, api);
    add_link_metadata_routes(router, api);
    add_community_admin_routes(router, api);
}

}  // namespace kith::lemmy
