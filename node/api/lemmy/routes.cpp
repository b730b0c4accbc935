#include "node/api/lemmy/routes.hpp"

#include "base/json/writer.hpp"
#include "config/limits/lemmy_api.hpp"
#include "node/api/oauth/bearer.hpp"
#include "node/community/team.hpp"
#include "node/http/middleware.hpp"

#include <algorithm>
#include <array>

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
    const auto caller = api.authenticator.authenticate(exchange);
    // An app whose session has ended reads on as Lemmy lets it: what everybody may, and it is told nothing of a member.
    if (!caller && caller.error().code == Code::unauthorized) return community::Viewer::nobody();
    if (!caller) return tl::unexpected(caller.error());
    if (!*caller) return community::Viewer::nobody();
    return community::Viewer::actor(TRY(oauth::require_user(api.authenticator, exchange, {"read"})).account_id);
}

int limit_of(const http::Params& params, int most) {
    return int(std::clamp<std::int64_t>(params.integer("limit").value_or(limits::lemmy_page), 1, most));
}

namespace {

// Of refusals that apps tell apart, by what is said of them here.
constexpr std::array<std::pair<std::string_view, std::string_view>, 11> words{{
    {"This thread is locked", "locked"},
    {"You are banned", "site_ban"},
    {"You may not post in this group", "person_is_banned_from_community"},
    {"You may not vote in this group", "person_is_banned_from_community"},
    {"Only the node's team makes groups here", "only_admins_can_create_communities"},
    {"the name is taken, or was once: names are never given again", "already_exists"},
    {"This form is for people", "honeypot_failed"},
    {"A vote is 1, 0 or -1", "couldnt_like"},
    {"Validation failed: you cannot block yourself", "cant_block_yourself"},
    {"Validation failed: the link is no http or https URL", "invalid_url"},
    {"Validation failed: nobody links there from this node", "blocked_url"},
}};

}  // namespace

std::string_view word_of(const Error& error) {
    const auto found = std::find_if(words.begin(), words.end(), [&](const auto& each) { return each.first == error.safe_text; });
    if (found != words.end()) return found->second;
    switch (error.code) {
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
        const auto word = error.code == Code::rate_limited ? std::string_view("too_many_requests") : word_of(error);
        w.object().member("error", word).member("message", error.safe_text).end();
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
