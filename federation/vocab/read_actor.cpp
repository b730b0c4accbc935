#include "base/text/strings.hpp"
#include "config/limits/base.hpp"
#include "config/limits/vocab.hpp"
#include "federation/vocab/capabilities.hpp"
#include "federation/vocab/names.hpp"
#include "federation/vocab/post_parts.hpp"
#include "federation/vocab/reader.hpp"
#include "federation/vocab/shapes.hpp"

namespace kith::vocab {
namespace {

// publicKey: object | array | id; assertionMethod (FEP-521a) the same, of which only a Multikey is
// one. What has no id cannot be named by a signature and is passed over, and so are keys of ours
// that a peer's context did not know and so wrote with a prefix ("sec:Multikey").
void read_keys(json::View property, std::vector<Key>& keys) {
    for (json::View each : property) {
        if (keys.size() == limits::vocab_keys_max) return;
        if (each.is_object() && each["publicKeyPem"].is_nothing() && !has_type(each, "Multikey"))
            continue;
        Key key;
        key.id = id_of(each);
        if (key.id.empty()) continue;
        key.owner = id_of(each.first_of({"owner", "controller"}));
        const auto pem = each["publicKeyPem"].string_or({});
        if (pem.size() <= limits::pem_chars_max) key.public_key_pem = pem;
        const auto multibase = each["publicKeyMultibase"].string_or({});
        if (multibase.size() <= limits::base58_chars_max) key.public_key_multibase = multibase;
        keys.push_back(std::move(key));
    }
}

void read_fields(json::View attachment, std::vector<Field>& fields) {
    for (json::View each : attachment) {
        if (fields.size() == limits::vocab_fields_max) return;
        if (!has_type(each, "PropertyValue")) continue;
        fields.push_back({text_of(each["name"], limits::vocab_name_bytes_max),
                          text_of(each["value"], limits::vocab_text_bytes_max)});
    }
}

// A Group's attributedTo is the collection of its moderators (FEP-1b12), but PeerTube's channels
// name their owner there, as an embedded Person or as one of several.
std::string moderators_of(json::View from) {
    const json::View property = from.first_of({"attributedTo", "moderators"});
    return is_actor_type(property.at(0)) ? std::string() : id_of(property);
}

// FEP-2c59 says "user@domain"; "acct:user@domain" and "@user@domain" are seen as well.
std::string handle_of(json::View value) {
    auto handle = word_of(value);
    if (text::starts_with_i(handle, "acct:")) handle.erase(0, 5);
    if (handle.starts_with('@')) handle.erase(0, 1);
    return handle;
}

void read_profile(json::View from, Actor& actor) {
    actor.name = text_or_map(from, "name", "nameMap", limits::vocab_name_bytes_max);
    actor.summary = text_or_map(from, "summary", "summaryMap", limits::vocab_content_bytes_max);
    if (const auto type = word_of(from["source"]["mediaType"]); type.empty() || type == "text/markdown")
        actor.summary_source = text_of(from["source"]["content"], limits::vocab_content_bytes_max);
    actor.url = page_url_of(from["url"]);
    actor.icon = image_of(from["icon"]);
    actor.image = image_of(from["image"]);
    read_fields(from["attachment"], actor.fields);
    actor.emojis = read_tags_of(from["tag"], TagType::emoji);
    actor.webfinger = handle_of(from["webfinger"]);
    actor.also_known_as = ids_of(from["alsoKnownAs"]);
    if (actor.also_known_as.size() > limits::vocab_aliases_max)
        actor.also_known_as.resize(limits::vocab_aliases_max);
    actor.moved_to = id_of(from["movedTo"]);
    for (auto domain : from["attributionDomains"])
        if (actor.attribution_domains.size() < limits::vocab_attribution_domains_max)
            if (auto word = word_of(domain); !word.empty()) actor.attribution_domains.push_back(std::move(word));
    actor.published = time_of(from["published"]);
    actor.updated = time_of(from["updated"]);
}

void read_collections(json::View from, Actor& actor) {
    actor.inbox = id_of(from["inbox"]);
    actor.shared_inbox = id_of(from["endpoints"]["sharedInbox"]);
    if (actor.shared_inbox.empty()) actor.shared_inbox = id_of(from["sharedInbox"]);  // old Misskey
    actor.outbox = id_of(from["outbox"]);
    actor.followers = id_of(from["followers"]);
    actor.following = id_of(from["following"]);
    actor.featured = id_of(from["featured"]);
    actor.featured_tags = id_of(from["featuredTags"]);
    if (actor.type == ActorType::group) actor.moderators = moderators_of(from);
    if (actor.type == ActorType::feed) actor.owner = id_of(from["attributedTo"]);
}

// Lemmy: [{identifier, name}]; others write the code alone.
void read_group(json::View from, Actor& actor) {
    actor.brief = text_of(from["description"], limits::vocab_text_bytes_max);
    actor.sensitive = from["sensitive"].maybe_boolean();
    actor.archived = from["archived"].maybe_boolean().value_or(false);
    for (auto each : from["language"])
        if (auto code = word_of(each.is_object() ? each["identifier"] : each);
            !code.empty() && actor.languages.size() < limits::vocab_languages_max)
            actor.languages.push_back(std::move(code));
    actor.group_tags = read_tags_of(from["tag"], TagType::group_tag);
}

void read_flags(json::View from, Actor& actor) {
    actor.bot = actor.type == ActorType::service || actor.type == ActorType::application;
    actor.locked = from["manuallyApprovesFollowers"].maybe_boolean().value_or(false);
    actor.posting_restricted_to_mods = from["postingRestrictedToMods"].maybe_boolean();
    actor.discoverable = from["discoverable"].maybe_boolean();
    actor.indexable = from["indexable"].maybe_boolean();
    actor.suspended = from["suspended"].maybe_boolean().value_or(false);
}

}  // namespace

Result<Actor> read_actor(json::View from) {
    Actor actor;
    actor.id = TRY(own_id(from));
    if (actor.id.empty()) return fail(Code::invalid, "the actor has no id");
    const auto type = find_type(from, actor_names);
    if (!type) return fail(Code::invalid, "not an actor", type_name_of(from));
    actor.type = *type;

    // A handle is who somebody is: one that must be cut would be somebody else.
    actor.preferred_username = word_of(from["preferredUsername"]);
    if (actor.preferred_username.empty() && !from["preferredUsername"].is_nothing())
        return fail(Code::invalid, "the actor's preferredUsername is not a name");

    read_profile(from, actor);
    read_collections(from, actor);
    read_flags(from, actor);
    if (actor.type == ActorType::group || actor.type == ActorType::feed) read_group(from, actor);
    read_keys(from["publicKey"], actor.keys);
    read_keys(from["assertionMethod"], actor.keys);
    actor.verifies_rfc9421 = implements_rfc9421(from);
    return actor;
}

}  // namespace kith::vocab
