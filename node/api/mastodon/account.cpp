#include "node/api/mastodon/account.hpp"

#include "base/json/view.hpp"
#include "config/limits/collections.hpp"
#include "node/api/mastodon/emoji.hpp"
#include "node/api/mastodon/featured_tag.hpp"
#include "node/community/accounts.hpp"
#include "node/community/collections.hpp"
#include "node/community/moves.hpp"
#include "node/community/quotes.hpp"

namespace kith::mastodon {

using community::Context;
using json::Writer;
using model::Actor;

namespace {

// Mastodon's flags (entities/Role): of moderators dashboard, reports, federation, blocks and users; an
// admin has every one.
std::string_view permissions_of(model::UserRole role) {
    if (role == model::UserRole::admin) return "1";
    return role == model::UserRole::moderator ? "1208" : "0";
}

constexpr std::size_t date_characters = 10;  // of "2026-01-05T00:00:00.000Z"

std::string_view role_name(model::UserRole role) {
    switch (role) {
        case model::UserRole::admin: return "Admin";
        case model::UserRole::moderator: return "Moderator";
        case model::UserRole::member: return "";
    }
    return "";
}

// AccountRole: who looks after this node is shown as that (entities/Account, roles).
void write_roles(Writer& w, const Actor& actor) {
    w.key("roles").array();
    if (actor.role != model::UserRole::member)
        w.object().member("id", std::to_string(int(actor.role))).member("name", role_name(actor.role)).member("color", "").end();
    w.end();
}

// FeatureApproval: everybody alike or nobody may collect the account, so that the viewer makes no difference.
void write_feature_approval(Writer& w, const Actor& actor) {
    const auto approval = community::feature_approval(actor);
    w.key("feature_approval").object().key("automatic").array();
    if (approval == community::FeatureApproval::automatic) w.value("public");
    w.end().key("manual").array().end();
    w.member("current_user", approval == community::FeatureApproval::automatic ? "automatic"
                             : approval == community::FeatureApproval::denied  ? "denied"
                                                                               : "missing");
    w.end();
}

void write_fields(Writer& w, const Actor& actor, std::string_view value_member) {
    w.key("fields").array();
    if (auto fields = json::Document::parse(actor.fields))
        for (auto field : fields->root()) {
            if (!field.is_object()) continue;
            w.object().member("name", field["name"].string_or(""));
            w.member("value", field.first_of({value_member, "value"}).string_or(""));
            w.member("verified_at", field["verified_at"].maybe_string()).end();
        }
    w.end();
}

void write_optional(Writer& w, std::string_view name, std::optional<bool> value) {
    if (value)
        w.member(name, *value);
    else
        w.null_member(name);
}

std::string avatar_of(const Context& context, const Actor& actor) {
    return actor.avatar_url.empty() ? context.urls.default_avatar() : context.urls.file(actor.avatar_url);
}

bool is_bot(const Actor& actor) {
    return actor.bot || actor.kind == model::ActorKind::service || actor.kind == model::ActorKind::application;
}

// Without the closing brace.
void begin_account(Writer& w, const Context& context, const Actor& actor) {
    const auto& urls = context.urls;
    const auto avatar = avatar_of(context, actor);
    const auto header = actor.header_url.empty() ? urls.default_header() : urls.file(actor.header_url);
    w.object();
    w.member("id", std::to_string(actor.id)).member("username", actor.username);
    w.member("acct", community::acct_of(context, actor)).member("display_name", actor.name);
    w.member("locked", actor.locked).member("bot", is_bot(actor)).member("group", actor.is_group());
    write_optional(w, "discoverable", actor.discoverable);
    write_optional(w, "indexable", actor.indexable);
    w.member("created_at", format_iso8601(actor.created_at)).member("note", actor.summary);
    w.member("url", actor.url.empty() ? actor.ap_id : actor.url).member("uri", actor.ap_id);
    w.member("avatar", avatar).member("avatar_static", avatar).member("avatar_description", actor.avatar_description);
    w.member("header", header).member("header_static", header).member("header_description", actor.header_description);
    w.member("followers_count", actor.followers_count);
    w.member("following_count", actor.following_count);
    w.member("statuses_count", actor.posts_count);
    if (actor.last_post_at)
        w.member("last_status_at", format_iso8601(*actor.last_post_at).substr(0, date_characters));
    else
        w.null_member("last_status_at");
    w.member("hide_collections", false);
    if (actor.silenced) w.member("limited", true);
    write_emojis(w, context.urls, actor);
    write_roles(w, actor);
    write_feature_approval(w, actor);
    write_fields(w, actor, "value");
}

void write_moved(Writer& w, const Context& context, const Actor& actor) {
    const auto target = community::moved_target(context, actor);
    if (!target) return;
    w.key("moved");
    begin_account(w, context, *target);
    w.end();
}

}  // namespace

void write_role(Writer& w, model::UserRole role) {
    w.key("role").object();
    w.member("id", std::to_string(int(role))).member("name", role_name(role))
        .member("permissions", permissions_of(role));
    w.member("color", "").member("highlighted", role != model::UserRole::member);
    w.member("collection_limit", limits::collections_max).end();
}

void write_account(Writer& w, const Context& context, const Actor& actor) {
    begin_account(w, context, actor);
    write_moved(w, context, actor);
    w.end();
}

void write_muted_account(Writer& w, const Context& context, const Actor& actor, std::optional<TimeMs> until) {
    begin_account(w, context, actor);
    write_moved(w, context, actor);
    if (until)
        w.member("mute_expires_at", format_iso8601(*until));
    else
        w.null_member("mute_expires_at");
    w.end();
}

void write_partial_account(Writer& w, const Context& context, const Actor& actor) {
    const auto avatar = avatar_of(context, actor);
    w.object().member("id", std::to_string(actor.id)).member("acct", community::acct_of(context, actor));
    w.member("url", actor.url.empty() ? actor.ap_id : actor.url).member("avatar", avatar);
    w.member("avatar_static", avatar).member("locked", actor.locked).member("bot", is_bot(actor)).end();
}

std::string account_json(const Context& context, const Actor& actor) {
    Writer w;
    write_account(w, context, actor);
    return w.take();
}

std::string suspended_account_json(const Context& context, const Actor& actor) {
    Actor emptied = actor;
    for (auto* said : {&emptied.name, &emptied.summary, &emptied.avatar_url, &emptied.avatar_description, &emptied.header_url,
                       &emptied.header_description, &emptied.fields, &emptied.emojis, &emptied.moved_to})
        said->clear();
    if (!actor.is_group()) emptied.kind = model::ActorKind::person;
    emptied.locked = emptied.bot = false;
    emptied.discoverable = emptied.indexable = false;
    emptied.role = model::UserRole::member;
    Writer w;
    begin_account(w, context, emptied);
    w.member("suspended", true).end();
    return w.take();
}

std::string accounts_json(const Context& context, std::span<const Actor> actors) {
    Writer w;
    w.array();
    for (const auto& actor : actors) write_account(w, context, actor);
    w.end();
    return w.take();
}

std::string credential_account_json(const Context& context, const Actor& actor,
                                    const model::User& user, std::size_t follow_requests,
                                    const model::ProfileSettings& settings) {
    Writer w;
    begin_account(w, context, actor);
    write_moved(w, context, actor);
    w.key("source").object();
    w.member("privacy", user.default_visibility).member("sensitive", user.default_sensitive);
    w.member("quote_policy", community::quote_policy_name(settings.quote_audience));
    w.member("language", user.language).member("note", actor.source);
    w.member("follow_requests_count", follow_requests);
    write_optional(w, "discoverable", actor.discoverable);
    write_optional(w, "indexable", actor.indexable);
    w.member("hide_collections", false).key("attribution_domains").array();
    for (const auto& domain : settings.attribution_domains) w.value(domain);
    w.end();
    write_fields(w, actor, "source");
    w.end();
    write_role(w, user.role);
    w.end();
    return w.take();
}

std::string profile_json(const Context& context, const Actor& actor, const model::ProfileSettings& settings,
                         std::span<const model::FeaturedTag> featured) {
    const auto picture = [&](std::string_view name, const std::string& stored, Writer& w) {
        for (const auto* suffix : {"", "_static"}) {
            w.key(std::string(name) + suffix);
            if (stored.empty())
                w.null();
            else
                w.value(context.urls.file(stored));
        }
    };
    Writer w;
    w.object().member("id", std::to_string(actor.id)).member("display_name", actor.name).member("note", actor.source);
    write_fields(w, actor, "source");
    picture("avatar", actor.avatar_url, w);
    w.member("avatar_description", actor.avatar_description);
    picture("header", actor.header_url, w);
    w.member("header_description", actor.header_description);
    w.member("locked", actor.locked).member("bot", is_bot(actor)).member("hide_collections", false);
    write_optional(w, "discoverable", actor.discoverable);
    w.member("indexable", actor.indexable.value_or(false));
    w.member("show_media", settings.show_media).member("show_media_replies", settings.show_media_replies);
    w.member("show_featured", settings.show_featured).key("attribution_domains").array();
    for (const auto& domain : settings.attribution_domains) w.value(domain);
    w.end().key("featured_tags").array();
    for (const auto& tag : featured) write_featured_tag(w, context, actor, tag);
    w.end().end();
    return w.take();
}

void write_relationship(Writer& w, const community::Relationship& r) {
    w.object();
    w.member("id", std::to_string(r.actor_id)).member("following", r.following);
    w.member("showing_reblogs", r.showing_boosts).member("notifying", r.notifying);
    w.key("languages").array();
    for (const auto& language : r.languages) w.value(language);
    w.end();
    w.member("followed_by", r.followed_by).member("blocking", r.blocking);
    w.member("blocked_by", r.blocked_by).member("muting", r.muting);
    w.member("muting_notifications", r.muting_notifications).member("requested", r.requested);
    w.member("requested_by", r.requested_by).member("domain_blocking", r.domain_blocking);
    w.member("endorsed", r.endorsed).member("note", r.note).end();
}

}  // namespace kith::mastodon
