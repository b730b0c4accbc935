// The node as Lemmy's clients see one.
#include "node/api/lemmy/site.hpp"

#include "config/limits/media.hpp"
#include "node/api/lemmy/entities.hpp"
#include "node/api/lemmy/queries.hpp"
#include "node/api/lemmy/routes.hpp"
#include "node/api/lemmy/tagline.hpp"
#include "node/community/accounts.hpp"
#include "node/community/documents.hpp"
#include "node/community/sign_up.hpp"
#include "node/community/site_settings.hpp"
#include "node/community/statistics.hpp"
#include "node/community/taglines.hpp"
#include "node/community/team.hpp"

namespace kith::lemmy {

namespace {

using community::DocumentKind;
using community::SiteSettings;
using http::Exchange;
using json::Writer;

std::string terms_of(const ApiContext& api) {
    const auto terms = community::document(api.community, DocumentKind::terms);
    return terms ? terms->text : std::string();
}

void write_this_instance(Writer& w, const ApiContext& api, TimeMs since) {
    w.object().member("id", instance_id("")).member("domain", api.community.config.server.host);
    w.member("published_at", format_iso8601(since)).member("software", "kith").member("version", api.version).end();
}

void write_local_site(Writer& w, const ApiContext& api, TimeMs since, const community::Statistics& counted, const SiteSettings& set) {
    const auto& config = api.community.config;
    w.object().member("id", 1).member("site_id", 1).member("site_setup", true).member("community_creation_admin_only", set.groups_by_team_only);
    w.member("email_verification_required", config.registration.confirm_email).member("private_instance", false);
    w.member_unless_empty("application_question", set.application_question).member_unless_empty("legal_information", terms_of(api));
    w.member("default_theme", set.default_theme).member("default_post_listing_type", set.default_listing);
    w.member("application_email_admins", set.mail_applications).member("federation_enabled", true).member("published_at", format_iso8601(since));
    if (set.updated_at) w.member("updated_at", format_iso8601(*set.updated_at));
    w.member("registration_mode", registration_mode(config)).member("reports_email_admins", set.mail_reports);
    w.member("federation_signed_fetch", config.federation.authorized_fetch).member("default_post_listing_mode", set.default_listing_mode);
    w.member("default_post_sort_type", set.default_post_sort).member("default_comment_sort_type", set.default_comment_sort);
    for (auto votes : {"post_upvotes", "post_downvotes", "comment_upvotes", "comment_downvotes"}) w.member(votes, "all");
    w.member("oauth_registration", false).member("nsfw_content_disallowed", false).member("users", counted.users).member("posts", counted.threads);
    w.member("comments", counted.comments).member("communities", counted.groups);
    w.member("users_active_day", counted.active_day).member("users_active_week", counted.active_week);
    w.member("users_active_month", counted.active_month).member("users_active_half_year", counted.active_half_year);
    w.member("email_notifications_disabled", true).member("default_items_per_page", set.default_page).member("image_mode", "none");
    w.member("image_upload_timeout_seconds", 30).member("image_max_thumbnail_size", 640);
    w.member("image_max_avatar_size", limits::media_avatar_side).member("image_max_banner_size", limits::media_header_width);
    w.member("image_max_upload_size", limits::media_avatar_side).member("image_allow_video_uploads", false);
    w.member("image_upload_disabled", api.pictures == nullptr).member("max_invites_per_user_allowed", set.invites_per_member).end();
}

// Our limits are no windows of so many seconds; what is told here is no promise.
void write_rate_limits(Writer& w, TimeMs since) {
    w.object().member("local_site_id", 1).member("published_at", format_iso8601(since));
    for (const std::string kind : {"message", "post", "register", "image", "comment", "search", "import_user_settings"})
        w.member(kind + "_max_requests", 300).member(kind + "_interval_seconds", 300);
    w.end();
}

Result<> site(const ApiContext& api, Exchange& exchange) { return exchange.json(200, TRY(site_json(api))); }

void write_site(Writer& w, const ApiContext& api, TimeMs since, const SiteSettings& set) {
    const auto& context = api.community;
    w.object().member("id", 1).member("name", context.config.server.title).member("published_at", format_iso8601(since));
    if (set.updated_at) w.member("updated_at", format_iso8601(*set.updated_at));
    w.member_unless_empty("summary", context.config.server.description).member_unless_empty("content_warning", set.content_warning);
    if (const auto about = community::document(api.community, DocumentKind::about)) w.member("sidebar", about->text);
    if (!set.icon.empty()) w.member("icon", context.urls.file(set.icon));
    if (!set.banner.empty()) w.member("banner", context.urls.file(set.banner));
    w.member("ap_id", context.urls.base() + "/").member("last_refreshed_at", format_iso8601(since));
    w.member("inbox_url", context.urls.shared_inbox()).member("instance_id", instance_id("")).end();
}

}  // namespace

std::string_view registration_mode(const Config& config) {
    if (!community::may_sign_up(config)) return "closed";
    return config.registration.mode == RegistrationMode::approval ? "require_application"
           : config.registration.mode == RegistrationMode::invite ? "require_invitation"
                                                                  : "open";
}

Result<> write_site_view(Writer& w, const ApiContext& api) {
    auto& context = api.community;
    const auto counted = TRY(community::statistics(context));
    const auto since = TRY(community::instance_actor(context)).created_at;
    const auto set = TRY(community::site_settings(context));
    w.key("site_view").object().key("site");
    write_site(w, api, since, set);
    w.key("local_site");
    write_local_site(w, api, since, counted, set);
    w.key("local_site_rate_limit");
    write_rate_limits(w, since);
    w.key("instance");
    write_this_instance(w, api, since);
    w.end();
    return {};
}

Result<std::string> site_json(const ApiContext& api) {
    Writer w;
    w.object();
    TRY(write_site_view(w, api));
    w.key("admins").array();
    for (const auto& admin : TRY(community::admins(api.community))) write_person_view(w, api, admin);
    w.end().member("version", api.version);
    write_languages(w, "all_languages");
    if (const auto tagline = TRY(community::any_tagline(api.community))) {
        w.key("tagline");
        write_tagline(w, *tagline);
    }
    for (auto name : {"discussion_languages", "oauth_providers", "admin_oauth_providers", "active_plugins"}) w.key(name).array().end();
    w.key("blocked_urls").array();
    int number = 0;
    for (const auto& url : TRY(community::site_settings(api.community)).blocked_urls)
        w.object().member("id", ++number).member("url", url).member("published_at", format_iso8601(0)).end();
    w.end().member("captcha_enabled", api.community.config.registration.captcha).end();
    return w.take();
}

void add_site_routes(http::Router& router, const ApiContext& api) {
    add_endpoints(router, api,
                  {{"GET", "/api/v4/site", site}});
}

}  // namespace kith::lemmy
