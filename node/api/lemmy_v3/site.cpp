// The node as v3 has it, with who asks in the same answer.
#include "config/limits/community.hpp"
#include "config/urls.hpp"
#include "node/api/lemmy/entities.hpp"
#include "node/api/lemmy/fields.hpp"
#include "node/api/lemmy/queries.hpp"
#include "node/api/lemmy_v3/routes.hpp"
#include "node/api/lemmy_v3/shape.hpp"
#include "node/api/oauth/bearer.hpp"
#include "node/community/accounts.hpp"
#include "node/community/domains.hpp"
#include "node/community/personal.hpp"
#include "node/community/preferences.hpp"
#include "node/community/relations.hpp"
#include "node/community/second_factor.hpp"
#include "node/community/site_settings.hpp"
#include "node/community/statistics.hpp"
#include "node/community/team.hpp"
#include "storage/repo/actors.hpp"
#include "storage/repo/domains.hpp"

namespace kith::lemmy::v3 {

namespace {

using community::Viewer;
using http::Exchange;
using json::Writer;

std::string_view mode_of(const Config& config) {
    const auto mode = registration_mode(config);
    return mode == "open" ? "Open" : mode == "require_application" ? "RequireApplication" : "Closed";
}

Result<> write_site(Writer& w, const ApiContext& api, const model::Actor& own) {
    auto& context = api.community;
    const auto& server = context.config.server;
    const auto key = TRY(context.db.read([&](sql::Tx& tx) { return repo::find_key(tx, Urls::main_key(own.ap_id)); }));
    w.key("site").object().member("id", 1).member("name", server.title).member("published", format_iso8601(own.created_at));
    text_unless_empty(w, "description", server.description);
    w.member("actor_id", context.urls.base() + "/").member("last_refreshed_at", format_iso8601(own.created_at));
    w.member("inbox_url", context.urls.shared_inbox()).member("public_key", key ? key->public_pem : std::string());
    w.member("instance_id", instance_id("")).end();
    return {};
}

void write_local_site(Writer& w, const ApiContext& api, TimeMs since, const community::SiteSettings& set) {
    const auto& config = api.community.config;
    w.key("local_site").object().member("id", 1).member("site_id", 1).member("site_setup", true).member("enable_downvotes", true);
    w.member("enable_nsfw", true).member("community_creation_admin_only", set.groups_by_team_only);
    text_unless_empty(w, "application_question", set.application_question);
    w.member("require_email_verification", config.registration.confirm_email).member("private_instance", false);
    w.member("default_theme", "browser").member("default_post_listing_type", "All").member("hide_modlog_mod_names", false);
    w.member("application_email_admins", set.mail_applications).member("actor_name_max_length", limits::username_characters_max);
    w.member("federation_enabled", true).member("captcha_enabled", config.registration.captcha).member("captcha_difficulty", "easy");
    w.member("published", format_iso8601(since)).member("registration_mode", mode_of(config)).member("reports_email_admins", set.mail_reports);
    w.member("federation_signed_fetch", config.federation.authorized_fetch).member("default_post_listing_mode", "List");
    w.member("default_sort_type", "Active").end();
}

// Our limits are no windows of so many seconds; what is told here is no promise.
void write_rate_limits(Writer& w, TimeMs since) {
    w.key("local_site_rate_limit").object().member("local_site_id", 1);
    for (const std::string kind : {"message", "post", "register", "image", "comment", "search", "import_user_settings"})
        w.member(kind, 300).member(kind + "_per_second", 300);
    w.member("published", format_iso8601(since)).end();
}

void write_counts(Writer& w, const community::Statistics& n) {
    w.key("counts").object().member("site_id", 1).member("users", n.users).member("posts", n.threads).member("comments", n.comments);
    w.member("communities", n.groups).member("users_active_day", n.active_day).member("users_active_week", n.active_week);
    w.member("users_active_month", n.active_month).member("users_active_half_year", n.active_half_year).end();
}

void write_local_user(Writer& w, const model::User& user, bool second_factor, const community::Preferences& set) {
    w.key("local_user").object().member("id", user.id).member("person_id", user.actor_id).member("email", user.email);
    w.member("show_nsfw", set.flag("show_nsfw")).member("theme", "browser").member("default_sort_type", "Active");
    w.member("default_listing_type", "Subscribed").member("interface_language", user.language.empty() ? "browser" : user.language);
    w.member("show_avatars", set.flag("show_avatars")).member("send_notifications_to_email", set.flag("send_notifications_to_email")).member("show_scores", true);
    w.member("show_bot_accounts", set.flag("show_bot_accounts")).member("show_read_posts", set.flag("show_read_posts")).member("email_verified", user.confirmed_at.has_value());
    w.member("accepted_application", true).member("open_links_in_new_tab", set.flag("open_links_in_new_tab"));
    w.member("blur_nsfw", set.flag("blur_nsfw")).member("auto_expand", false);
    w.member("infinite_scroll_enabled", set.flag("infinite_scroll_enabled")).member("admin", user.role == model::UserRole::admin).member("post_listing_mode", "List");
    w.member("totp_2fa_enabled", second_factor).member("enable_keyboard_navigation", false).member("enable_animated_images", true);
    w.member("collapse_bot_comments", set.flag("collapse_bot_comments")).end();
    w.key("local_user_vote_display_mode").object().member("local_user_id", user.id).member("score", true).member("upvotes", true);
    w.member("downvotes", true).member("upvote_percentage", false).end();
}

void write_groups(Writer& w, const ApiContext& api, std::string_view name, std::string_view as, const model::Actor& person,
                  const std::vector<community::GroupView>& groups, bool moderated_only) {
    w.key(name).array();
    for (const auto& group : groups) {
        if (moderated_only && !group.mine.moderates) continue;
        w.object().key("community");
        write_community(w, api, group);
        w.key(as);
        write_person(w, api, person);
        w.end();
    }
    w.end();
}

Result<> write_my_user(Writer& w, const ApiContext& api, const http::Caller& caller) {
    auto& context = api.community;
    const auto user = TRY(community::user_by_id(context, caller.user_id));
    const auto actor = TRY(community::actor_by_id(context, caller.account_id));
    const auto follows = TRY(followed_by(api, actor.id));
    w.key("my_user").object().key("local_user_view").object();
    write_local_user(w, user, TRY(community::second_factor(context, user.id)).enabled, TRY(community::preferences(context, actor.id)));
    w.key("person");
    write_person(w, api, actor);
    write_person_counts(w, api, actor.id);
    w.end();
    write_groups(w, api, "follows", "follower", actor, follows, false);
    write_groups(w, api, "moderates", "moderator", actor, follows, true);
    write_groups(w, api, "community_blocks", "person", actor, TRY(muted_groups(api, actor.id)), false);
    w.key("instance_blocks").array();
    for (const auto& host : TRY(community::blocked_hosts(context, actor.id, {.limit = 80})).items) {
        w.object().key("person");
        write_person(w, api, actor);
        w.key("instance");
        write_instance(w, host);
        w.end();
    }
    w.end().key("person_blocks").array();
    for (const auto& blocked : TRY(community::blocks(context, actor.id, {.limit = 80})).items) {
        w.object().key("person");
        write_person(w, api, actor);
        w.key("target");
        write_person(w, api, blocked);
        w.end();
    }
    w.end().key("discussion_languages").array().end().end();
    return {};
}

Result<> site(const ApiContext& api, Exchange& exchange) {
    auto& context = api.community;
    const auto viewer = TRY(viewer_of(api, exchange));
    const auto own = TRY(community::instance_actor(context));
    Writer w;
    w.object().key("site_view").object();
    TRY(write_site(w, api, own));
    write_local_site(w, api, own.created_at, TRY(community::site_settings(context)));
    write_rate_limits(w, own.created_at);
    write_counts(w, TRY(community::statistics(context)));
    w.end().key("admins").array();
    for (const auto& admin : TRY(community::admins(context))) write_person_view(w, api, admin);
    w.end().member("version", api.version);
    if (viewer.actor_id) TRY(write_my_user(w, api, TRY(oauth::require_user(api.authenticator, exchange, {"read"}))));
    write_languages(w, "all_languages");
    for (auto name : {"discussion_languages", "taglines", "custom_emojis", "blocked_urls"}) w.key(name).array().end();
    w.end();
    return exchange.json(200, w.take());
}

// Hosts of which somebody is known here. Whom the node blocks is told where federation.blocks_shown lets it be.
Result<> instances(const ApiContext& api, Exchange& exchange) {
    const auto viewer = TRY(viewer_of(api, exchange));
    const auto shown = api.community.config.federation.blocks_shown;
    const bool tells = shown == BlocksShown::everyone || (shown == BlocksShown::members && viewer.actor_id);
    Writer w;
    w.object().key("federated_instances").object().key("linked").array();
    for (const auto& host : TRY(community::known_hosts(api.community))) write_instance(w, host);
    w.end().key("allowed").array().end().key("blocked").array();
    if (tells)
        for (const auto& block : TRY(api.community.db.read(repo::domain_blocks)))
            if (block.severity == model::BlockSeverity::suspend) write_instance(w, community::published_name(block));
    w.end().end().end();
    return exchange.json(200, w.take());
}

}  // namespace

void add_site_routes(http::Router& router, const ApiContext& api) {
    add_endpoints(router, api, {{"GET", "/api/v3/site", site}, {"GET", "/api/v3/federated_instances", instances}});
}

}  // namespace kith::lemmy::v3
