// What admins set while the node runs. What stands in the configuration may be sent along as it is, because
// clients send all fields at once; to change it is refused, and nothing else is changed then.
#include "node/community/site_settings.hpp"

#include "node/api/lemmy/entities.hpp"
#include "node/api/lemmy/routes.hpp"
#include "node/api/lemmy/site.hpp"
#include "node/community/sign_up.hpp"

#include <array>

namespace kith::lemmy {

namespace {

using community::SiteChange;
using http::Exchange;
using http::Params;
using model::UserRole;

Failure by_configuration(std::string_view field, std::string_view key) {
    return fail(Code::unprocessable, std::string(field) + " is changed in the node's configuration file" + (key.empty() ? "" : ": ") + std::string(key));
}

// A field and what it is now, and the key that says so.
struct Fixed {
    std::string_view field, key;
    std::string now;
};

std::vector<Fixed> fixed_of(const ApiContext& api) {
    const auto& config = api.community.config;
    const auto word = [](bool on) { return std::string(on ? "true" : "false"); };
    const bool open = community::may_sign_up(config);
    std::vector<Fixed> out{
        {"name", "server.title", config.server.title},
        {"summary", "server.description", config.server.description},
        {"email_verification_required", "registration.confirm_email", word(config.registration.confirm_email)},
        {"federation_signed_fetch", "federation.authorized_fetch", word(config.federation.authorized_fetch)},
        {"registration_mode", "registration.mode",
         !open                                                        ? "closed"
         : config.registration.mode == RegistrationMode::approval ? "require_application"
         : config.registration.mode == RegistrationMode::invite   ? "require_invitation"
                                                                  : "open"},
        {"image_upload_disabled", "media.store", word(api.pictures == nullptr)},
    };
    for (const auto* field : {"private_instance", "oauth_registration", "nsfw_content_disallowed", "image_allow_video_uploads"}) out.push_back({field, "", "false"});
    for (const auto* field : {"federation_enabled", "email_notifications_disabled"}) out.push_back({field, "", "true"});
    for (const auto* field : {"post_upvotes", "post_downvotes", "comment_upvotes", "comment_downvotes"}) out.push_back({field, "", "all"});
    for (const auto* field : {"slur_filter_regex", "image_proxy_bypass_domains", "suggested_multi_community_id"}) out.push_back({field, "", ""});
    out.push_back({"image_mode", "", "none"});
    return out;
}

Result<> refuse_fixed(const ApiContext& api, const Params& params) {
    for (const auto& fixed : fixed_of(api)) {
        const auto given = params.get(fixed.field);
        if (given && !given->empty() && *given != fixed.now) return by_configuration(fixed.field, fixed.key);
    }
    for (const std::string kind : {"message", "post", "register", "image", "comment", "search", "import_user_settings"}) {
        const auto most = params.integer("rate_limit_" + kind + "_max_requests"), within = params.integer("rate_limit_" + kind + "_interval_seconds");
        if ((most && *most != 300) || (within && *within != 300)) return by_configuration("rate_limit_" + kind, "limits");
    }
    return {};
}

SiteChange change_of(const Params& params) {
    SiteChange change;
    change.groups_by_team_only = params.flag("community_creation_admin_only");
    change.mail_reports = params.flag("reports_email_admins");
    change.mail_applications = params.flag("application_email_admins");
    change.application_question = params.text("application_question");
    change.content_warning = params.text("content_warning");
    change.default_theme = params.text("default_theme");
    change.default_listing = params.text("default_post_listing_type");
    change.default_listing_mode = params.text("default_post_listing_mode");
    change.default_post_sort = params.text("default_post_sort_type");
    change.default_comment_sort = params.text("default_comment_sort_type");
    change.default_page = params.integer("default_items_per_page");
    change.invites_per_member = params.integer("max_invites_per_user_allowed");
    change.about = params.text("sidebar");
    change.terms = params.text("legal_information");
    if (const auto urls = params.list("blocked_urls"); !urls.empty() || params.has("blocked_urls")) {
        change.blocked_urls.emplace();
        for (const auto url : urls)
            if (!url.empty()) change.blocked_urls->emplace_back(url);
    }
    return change;
}

Result<> change(const ApiContext& api, Exchange& exchange, Id admin) {
    const auto& params = *TRY(exchange.params());
    TRY(refuse_fixed(api, params));
    TRY(community::change_site(api.community, admin, change_of(params)));
    json::Writer w;
    w.object();
    TRY(write_site_view(w, api));
    w.end();
    return exchange.json(200, w.take());
}

Result<> edit(const ApiContext& api, Exchange& exchange) {
    return change(api, exchange, TRY(require_team(api, exchange, UserRole::admin)).account_id);
}

// The first time that somebody says something; a node is there without.
Result<> create(const ApiContext& api, Exchange& exchange) {
    const auto caller = TRY(require_team(api, exchange, UserRole::admin));
    if (TRY(community::site_settings(api.community)).set) return fail(Code::conflict, "The site is there already: edit it");
    return change(api, exchange, caller.account_id);
}

}  // namespace

void add_site_setting_routes(http::Router& router, const ApiContext& api) {
    add_endpoints(router, api, {{"POST", "/api/v4/site", create}, {"PUT", "/api/v4/site", edit}});
}

}  // namespace kith::lemmy
