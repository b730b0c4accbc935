#include <algorithm>

#include "federation/vocab/capabilities.hpp"
#include "federation/vocab/contexts.hpp"
#include "federation/vocab/names.hpp"
#include "federation/vocab/write_parts.hpp"

namespace kith::vocab {
namespace {

// A person's automated account is a Service: that is what Mastodon and Lemmy show as a bot.
std::string_view type_of(const Actor& actor) {
    const bool is_bot = actor.bot && actor.type == ActorType::person;
    return name_of(is_bot ? ActorType::service : actor.type, actor_names);
}

void write_names(json::Writer& w, const Actor& actor) {
    w.member("id", actor.id).member("type", type_of(actor));
    w.member_unless_empty("preferredUsername", actor.preferred_username);
    w.member_unless_empty("webfinger", actor.webfinger);
    w.member_unless_empty("name", actor.name);
    w.member_unless_empty("summary", actor.summary);
    if (!actor.summary_source.empty())
        w.key("source")
            .object()
            .member("content", actor.summary_source)
            .member("mediaType", "text/markdown")
            .end();
    w.member_unless_empty("url", actor.url);
}

void write_collections(json::Writer& w, const Actor& actor) {
    w.member_unless_empty("inbox", actor.inbox);
    w.member_unless_empty("outbox", actor.outbox);
    w.member_unless_empty("followers", actor.followers);
    w.member_unless_empty("following", actor.following);
    w.member_unless_empty("featured", actor.featured);
    w.member_unless_empty("featuredTags", actor.featured_tags);
    if (!actor.shared_inbox.empty())
        w.key("endpoints").object().member("sharedInbox", actor.shared_inbox).end();
    if (actor.type == ActorType::group) {  // FEP-1b12
        w.member_unless_empty("attributedTo", actor.moderators);
        if (actor.posting_restricted_to_mods) w.member("postingRestrictedToMods", *actor.posting_restricted_to_mods);
    }
    if (actor.type == ActorType::feed) w.member_unless_empty("attributedTo", actor.owner);
}

// What Lemmy says of its communities.
void write_group(json::Writer& w, const Actor& actor) {
    w.member_unless_empty("description", actor.brief);
    if (actor.sensitive) w.member("sensitive", *actor.sensitive);
    if (actor.archived) w.member("archived", true);
    if (!actor.languages.empty()) {
        w.key("language").array();
        // Its name is its code: what people call it depends on who reads.
        for (const auto& code : actor.languages) w.object().member("identifier", code).member("name", code).end();
        w.end();
    }
    if (actor.group_tags.empty()) return;
    w.key("tag").array();
    for (const auto& tag : actor.group_tags) write_group_tag(w, tag);
    w.end();
}

void write_flags(json::Writer& w, const Actor& actor) {
    w.member("manuallyApprovesFollowers", actor.locked);
    if (actor.discoverable) w.member("discoverable", *actor.discoverable);
    if (actor.indexable) w.member("indexable", *actor.indexable);
    if (actor.suspended) w.member("suspended", true);
    if (!actor.also_known_as.empty()) write_ids(w, "alsoKnownAs", actor.also_known_as);
    w.member_unless_empty("movedTo", actor.moved_to);
    if (!actor.attribution_domains.empty()) write_ids(w, "attributionDomains", actor.attribution_domains);
    write_time(w, "published", actor.published);
    write_time(w, "updated", actor.updated);
}

void write_fields(json::Writer& w, const std::vector<Field>& fields) {
    if (fields.empty()) return;
    w.key("attachment").array();
    for (const auto& field : fields)
        w.object()
            .member("type", "PropertyValue")
            .member("name", field.name)
            .member("value", field.value)
            .end();
    w.end();
}

// RSA keys in `publicKey`, which peers expect to be one object.
void write_rsa_keys(json::Writer& w, const std::vector<Key>& keys) {
    const auto is_rsa = [](const Key& key) { return !key.public_key_pem.empty(); };
    const auto count = std::ranges::count_if(keys, is_rsa);
    if (count == 0) return;
    w.key("publicKey");
    if (count > 1) w.array();
    for (const auto& key : keys)
        if (is_rsa(key))
            w.object()
                .member("id", key.id)
                .member("owner", key.owner)
                .member("publicKeyPem", key.public_key_pem)
                .end();
    if (count > 1) w.end();
}

// Multikeys in `assertionMethod` (FEP-521a).
void write_multikeys(json::Writer& w, const std::vector<Key>& keys) {
    const auto is_multikey = [](const Key& key) { return !key.public_key_multibase.empty(); };
    if (std::ranges::none_of(keys, is_multikey)) return;
    w.key("assertionMethod").array();
    for (const auto& key : keys)
        if (is_multikey(key))
            w.object()
                .member("id", key.id)
                .member("type", "Multikey")
                .member("controller", key.owner)
                .member("publicKeyMultibase", key.public_key_multibase)
                .end();
    w.end();
}

}  // namespace

std::string write_actor(const Actor& actor) {
    json::Writer w;
    w.object();
    write_context(w, Context::with, actor_context);
    write_names(w, actor);
    write_collections(w, actor);
    write_flags(w, actor);
    write_group(w, actor);
    write_image(w, "icon", actor.icon);
    write_image(w, "image", actor.image);
    write_fields(w, actor.fields);
    write_tags(w, actor.emojis);
    write_rsa_keys(w, actor.keys);
    write_multikeys(w, actor.keys);
    if (actor.verifies_rfc9421) write_generator(w);
    w.end();
    return w.take();
}

}  // namespace kith::vocab
