// What the node tells about itself (Mastodon: entities/Instance, entities/V1_Instance).
#include "config/limits/community.hpp"
#include "config/limits/media.hpp"
#include "config/limits/polls.hpp"
#include "node/api/mastodon/account.hpp"
#include "node/api/mastodon/routes.hpp"
#include "node/community/announcements.hpp"
#include "node/community/documents.hpp"
#include "node/community/push.hpp"
#include "node/community/sign_up.hpp"
#include "node/community/site_settings.hpp"
#include "node/community/statistics.hpp"
#include "node/http/exchange.hpp"

namespace kith::mastodon {

namespace {

using community::Context;
using http::Exchange;
using json::Writer;

// Clients compare it with the Mastodon releases they know, and stop reading at the first space.
constexpr std::string_view version = "4.6.0 (compatible; kith 0.1)";
constexpr int api_version = 10;         // up to collections

void write_statuses_configuration(Writer& w, const Config& config) {
    w.key("statuses").object().member("max_characters", config.limits.post_characters_max);
    w.member("max_media_attachments", limits::media_per_post_max);
    w.member("characters_reserved_per_url", std::int64_t(limits::post_url_characters));
    w.key("supported_mime_types").array().value("text/plain").value("text/markdown").end().end();
}

void write_media_configuration(Writer& w, const ApiContext& api) {
    const bool recordings = api.uploads && api.uploads->takes_recordings();
    w.key("media_attachments").object().key("supported_mime_types").array();
    for (const auto type : {"image/jpeg", "image/png", "image/gif", "image/webp", "image/avif", "image/heic"})
        w.value(type);
    if (recordings)
        for (const auto type : {"video/mp4", "video/quicktime", "video/webm", "audio/mpeg", "audio/mp3", "audio/ogg",
                                "audio/flac", "audio/x-flac", "audio/wav", "audio/x-wav", "audio/wave", "audio/mp4",
                                "audio/x-m4a", "audio/aac"})
            w.value(type);
    w.end().member("description_limit", limits::media_description_characters_max);
    w.member("image_size_limit", limits::media_bytes_max).member("image_matrix_limit", limits::media_pixels_max);
    w.member("video_size_limit", recordings ? std::int64_t(limits::recording_bytes_max) : 0);
    w.member("video_frame_rate_limit", recordings ? std::int64_t(limits::video_frame_rate_max) : 0);
    w.member("video_matrix_limit", recordings ? limits::video_pixels_max : 0);
    w.end();
    w.key("polls").object().member("max_options", limits::poll_options_max);
    w.member("max_characters_per_option", limits::poll_option_characters_max);
    w.member("min_expiration", limits::poll_seconds_min);
    w.member("max_expiration", limits::poll_seconds_max).end();
}

void write_accounts_configuration(Writer& w) {
    w.key("accounts").object().member("max_featured_tags", std::int64_t(limits::featured_tags_max));
    w.member("max_pinned_statuses", limits::pins_max);
    w.member("max_display_name_length", limits::display_name_characters_max);
    w.member("max_note_length", limits::note_characters_max);
    w.member("max_profile_fields", limits::profile_fields_max);
    w.member("profile_field_name_limit", limits::profile_field_characters_max);
    w.member("profile_field_value_limit", limits::profile_field_characters_max).end();
}

void write_timelines_access(Writer& w) {
    w.key("timelines_access").object();
    for (auto feed : {"live_feeds", "hashtag_feeds"})
        w.key(feed).object().member("local", "public").member("remote", "public").end();
    w.key("trending_link_feeds")
        .object()
        .member("local", "public")
        .member("remote", "public")
        .end();
    w.end();
}

void write_strings(Writer& w, std::string_view name, const std::vector<std::string>& values) {
    w.key(name).array();
    for (const auto& value : values) w.value(value);
    w.end();
}

// Streams come by the same host and port: only the scheme is another.
std::string streaming_url(const Urls& urls) { return "ws" + urls.base().substr(std::string_view("http").size()); }

// Without an invite.
bool registrations_open(const Config& config) {
    return community::may_sign_up(config) && config.registration.mode != RegistrationMode::invite;
}

Result<> write_contact_account(Writer& w, Context& context, std::string_view name) {
    auto account = TRY(community::contact_account(context));
    w.key(name);
    if (account)
        write_account(w, context, *account);
    else
        w.null();
    return {};
}

// entities/Rule, of which the id is a text.
Result<> write_rules(Writer& w, Context& context) {
    w.array();
    for (const auto& rule : TRY(community::rules(context)))
        w.object().member("id", std::to_string(rule.id)).member("text", rule.text).member("hint", rule.hint).end();
    w.end();
    return {};
}

std::string thumbnail_of(const community::Context& context, const community::SiteSettings& set) {
    return set.banner.empty() ? context.urls.default_header() : context.urls.file(set.banner);
}

Result<> instance_v1(const ApiContext& api, Exchange& exchange) {
    auto& context = api.community;
    const auto& server = context.config.server;
    auto counted = TRY(community::statistics(context));
    Writer w;
    w.object().member("uri", server.account_domain).member("title", server.title);
    w.member("short_description", server.description).member("description", server.description);
    w.member("email", server.contact_email).member("version", version);
    w.key("urls").object().member("streaming_api", streaming_url(context.urls)).end();
    w.key("stats")
        .object()
        .member("user_count", counted.users)
        .member("status_count", counted.posts);
    w.member("domain_count", counted.peers).end();
    w.member("thumbnail", thumbnail_of(context, TRY(community::site_settings(context))));
    write_strings(w, "languages", server.languages);
    w.member("registrations", registrations_open(context.config));
    w.member("approval_required", context.config.registration.mode == RegistrationMode::approval);
    w.member("invites_enabled", context.config.registration.mode == RegistrationMode::invite);
    w.member("max_toot_chars", context.config.limits.post_characters_max);
    w.key("configuration").object();
    write_accounts_configuration(w);
    write_statuses_configuration(w, context.config);
    write_media_configuration(w, api);
    w.end();
    TRY(write_contact_account(w, context, "contact_account"));
    w.key("rules");
    TRY(write_rules(w, context));
    w.end();
    return exchange.json(200, w.take());
}

Result<> instance_v2(const ApiContext& api, Exchange& exchange) {
    auto& context = api.community;
    const auto& server = context.config.server;
    auto counted = TRY(community::statistics(context));
    Writer w;
    w.object().member("domain", server.account_domain).member("title", server.title);
    w.member("version", version).member("description", server.description);
    w.member("source_url", server.source_url.empty() ? context.urls.base() : server.source_url);
    w.key("usage")
        .object()
        .key("users")
        .object()
        .member("active_month", counted.active_month)
        .end()
        .end();
    const auto set = TRY(community::site_settings(context));
    w.key("thumbnail").object().member("url", thumbnail_of(context, set));
    w.null_member("blurhash").key("versions").object().end().end();
    w.key("icon").array();
    const auto side = std::to_string(limits::media_avatar_side);
    if (!set.icon.empty()) w.object().member("src", context.urls.file(set.icon)).member("size", side + "x" + side).end();
    w.end();
    write_strings(w, "languages", server.languages);
    w.key("configuration").object();
    w.key("urls").object().member("streaming", streaming_url(context.urls)).end();
    write_accounts_configuration(w);
    write_statuses_configuration(w, context.config);
    write_media_configuration(w, api);
    w.key("vapid").object().member("public_key", community::vapid_public_key(context)).end();
    w.key("translation").object().member("enabled", !context.config.translate.server.empty()).end();
    write_timelines_access(w);
    w.member("limited_federation", context.config.federation.allow_list).end();
    w.key("registrations").object().member("enabled", registrations_open(context.config));
    w.member("approval_required", context.config.registration.mode == RegistrationMode::approval);
    w.member("reason_required", context.config.registration.mode == RegistrationMode::approval);
    w.null_member("message").null_member("min_age").null_member("url").end();
    w.key("api_versions").object().member("mastodon", api_version).end();
    w.key("contact").object().member("email", server.contact_email);
    TRY(write_contact_account(w, context, "account"));
    w.end().key("rules");
    TRY(write_rules(w, context));
    w.end();
    return exchange.json(200, w.take());
}

Result<> peers(const ApiContext& api, Exchange& exchange) {
    Writer w;
    w.array();
    for (const auto& host : TRY(community::known_hosts(api.community))) w.value(host);
    w.end();
    return exchange.json(200, w.take());
}

Result<> rules(const ApiContext& api, Exchange& exchange) {
    Writer w;
    TRY(write_rules(w, api.community));
    return exchange.json(200, w.take());
}

Result<> streaming_health(const ApiContext&, Exchange& exchange) {
    return exchange.answer(200, "OK", "text/plain; charset=utf-8");
}

// entities/ExtendedDescription and entities/PrivacyPolicy are alike.
Result<> document(const ApiContext& api, Exchange& exchange, community::DocumentKind kind) {
    const auto found = TRY(community::document(api.community, kind));
    Writer w;
    w.object().member("updated_at", format_iso8601(found.updated_at)).member("content", found.content).end();
    return exchange.json(200, w.take());
}
Result<> extended_description(const ApiContext& api, Exchange& exchange) {
    return document(api, exchange, community::DocumentKind::about);
}
Result<> privacy_policy(const ApiContext& api, Exchange& exchange) {
    return document(api, exchange, community::DocumentKind::privacy);
}

constexpr std::size_t date_characters = 10;  // of 2026-11-25T…

// entities/TermsOfService.
Result<> answer_terms(Exchange& exchange, const community::Terms& terms) {
    Writer w;
    w.object().member("effective_date", format_iso8601(terms.document.effective_at).substr(0, date_characters));
    w.member("effective", terms.effective).member("content", terms.document.content).key("succeeded_by");
    if (terms.succeeded_by)
        w.value(format_iso8601(*terms.succeeded_by).substr(0, date_characters));
    else
        w.null();
    w.end();
    return exchange.json(200, w.take());
}

Result<> terms(const ApiContext& api, Exchange& exchange) {
    return answer_terms(exchange, TRY(community::terms(api.community)));
}

Result<> terms_of_date(const ApiContext& api, Exchange& exchange) {
    TimeMs day = 0;
    if (!parse_iso8601(std::string(exchange.param("date")) + "T00:00:00Z", day))
        return fail(Code::not_found, "Record not found");
    return answer_terms(exchange, TRY(community::terms_of_day(api.community, day)));
}

}  // namespace

void add_instance_routes(http::Router& router, const ApiContext& api) {
    add_endpoints(router, api,
                  {{"GET", "/api/v1/instance", instance_v1},
                   {"GET", "/api/v2/instance", instance_v2},
                   {"GET", "/api/v1/instance/peers", peers},
                   {"GET", "/api/v1/streaming/health", streaming_health},
                   {"GET", "/api/v1/instance/rules", rules},
                   {"GET", "/api/v1/instance/extended_description", extended_description},
                   {"GET", "/api/v1/instance/privacy_policy", privacy_policy},
                   {"GET", "/api/v1/instance/terms_of_service", terms},
                   {"GET", "/api/v1/instance/terms_of_service/:date", terms_of_date}});
}

}  // namespace kith::mastodon
