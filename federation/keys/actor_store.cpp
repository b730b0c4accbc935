#include "federation/keys/actor_store.hpp"

#include "base/crypto/keys.hpp"
#include "base/html/sanitize.hpp"
#include "base/html/to_text.hpp"
#include "base/json/writer.hpp"
#include "base/text/fold.hpp"
#include "base/text/url.hpp"
#include "base/text/utf8.hpp"
#include "config/limits/emoji.hpp"
#include "config/limits/groups.hpp"
#include "config/limits/keys.hpp"
#include "config/limits/media.hpp"
#include "storage/repo/actors.hpp"
#include "storage/repo/group_profiles.hpp"
#include "storage/repo/group_tags.hpp"
#include "storage/repo/links.hpp"
#include "storage/repo/multi_communities.hpp"
#include "storage/repo/peer_signatures.hpp"

#include <charconv>
#include <set>

namespace kith::keys {

using model::Actor;
using model::ActorKey;
using model::ActorKind;

namespace {

ActorKind kind_of(vocab::ActorType type) {
    switch (type) {
        case vocab::ActorType::person:
            return ActorKind::person;
        case vocab::ActorType::group:
            return ActorKind::group;
        case vocab::ActorType::application:
            return ActorKind::application;
        case vocab::ActorType::service:
        case vocab::ActorType::feed:
            return ActorKind::service;
        case vocab::ActorType::organization:
            return ActorKind::organization;
    }
    return ActorKind::person;
}

std::string fields_json(const std::vector<vocab::Field>& fields) {
    json::Writer w;
    w.array();
    for (std::size_t i = 0; i < fields.size() && i < limits::remote_profile_fields_max; ++i)
        w.object()
            .member("name", html::to_text(fields[i].name))
            .member("value", html::sanitize(fields[i].value))
            .end();
    w.end();
    return w.take();
}

std::string texts_json(const std::vector<std::string>& texts) {
    json::Writer w;
    w.array();
    for (const auto& text : texts) w.value(text);
    w.end();
    return w.take();
}

// Of the emoji that the actor brings along those that it uses (FEP-9098).
std::string emojis_json(const std::vector<vocab::Tag>& emojis, const Actor& a) {
    json::Writer w;
    w.array();
    std::set<std::string> written;
    for (const auto& emoji : emojis) {
        if (written.size() == limits::actor_emojis_max) break;
        const auto code = ":" + emoji.name + ":";
        const bool used = a.name.find(code) != a.name.npos ||
                          a.summary.find(code) != a.summary.npos ||
                          a.fields.find(code) != a.fields.npos;
        if (used && written.insert(emoji.name).second)
            w.object().member("shortcode", emoji.name).member("url", emoji.icon_url).end();
    }
    w.end();
    return w.take();
}

// Only http(s) URLs are ever shown or fetched (checklist line 36).
std::string web_url(const std::string& url) { return Url::parse(url) ? url : std::string(); }

void fill(Actor& a, const vocab::Actor& v, TimeMs now) {
    a.name = utf8::truncate(html::to_text(v.name), limits::remote_name_characters_max);
    a.summary = html::sanitize(v.summary);
    // What Lemmy's clients show of a group, and what moderators elsewhere edit.
    const bool keeps_source = v.type == vocab::ActorType::group && v.summary_source.size() <= limits::group_description_bytes_max;
    a.source = keeps_source ? v.summary_source : std::string();
    a.url = web_url(v.url).empty() ? v.id : v.url;
    a.inbox = v.inbox;
    a.shared_inbox = v.shared_inbox;
    a.outbox = v.outbox;
    a.followers_url = v.followers;
    a.following_url = v.following;
    a.featured_url = v.featured;
    a.moderators_url = v.moderators;
    a.avatar_url = v.icon ? web_url(v.icon->url) : "";
    a.header_url = v.image ? web_url(v.image->url) : "";
    const auto alt = [](const std::optional<vocab::Image>& i) {
        return i ? std::string(utf8::truncate(html::to_text(i->description), limits::media_description_characters_max)) : std::string();
    };
    a.avatar_description = alt(v.icon);
    a.header_description = alt(v.image);
    a.locked = v.locked;
    a.bot = v.bot || v.type == vocab::ActorType::service || v.type == vocab::ActorType::application;
    a.discoverable = v.discoverable;
    a.indexable = v.indexable;
    a.fields = fields_json(v.fields);
    a.emojis = emojis_json(v.emojis, a);
    a.also_known_as = texts_json(v.also_known_as);
    a.moved_to = v.moved_to;
    a.updated_at = v.updated.value_or(a.updated_at != 0 ? a.updated_at : now);
    a.fetched_at = now;
}

// What an actor names elsewhere could make us deliver to, or fetch from, somebody who never asked:
// a foreign inbox refuses the actor, other foreign endpoints are as if they were not there.
Result<> keep_own_endpoints(Actor& a, const Url& id) {
    auto own = [&](const std::string& url) {
        auto parsed = Url::parse(url);
        return parsed && same_origin(*parsed, id);
    };
    if (!own(a.inbox))
        return fail(Code::invalid, "the inbox is of another origin than the actor", a.inbox);
    for (auto* url : {&a.shared_inbox, &a.outbox, &a.followers_url, &a.following_url,
                      &a.featured_url, &a.moderators_url})
        if (!url->empty() && !own(*url)) url->clear();
    return {};
}

// A key belongs to the actor that names it and whose origin it shares; one that another actor holds
// stays with that actor (checklist line 8).
Result<bool> may_hold(sql::Tx& tx, Id actor_id, const vocab::Actor& v, const vocab::Key& key,
                      const Url& id) {
    if (!key.owner.empty() && key.owner != v.id) return false;
    auto key_url = Url::parse(key.id);
    if (!key_url || !same_origin(*key_url, id)) return false;
    auto holder = TRY(repo::find_key(tx, key.id));
    return !holder || holder->actor_id == actor_id;
}

Result<> replace_keys(sql::Tx& tx, Id actor_id, const vocab::Actor& v, const Url& id, TimeMs now) {
    TRY(repo::delete_keys_of(tx, actor_id));
    for (const auto& key : v.keys) {
        if (!TRY(may_hold(tx, actor_id, v, key, id))) continue;
        auto parsed = key.public_key_pem.empty()
                          ? crypto::PublicKey::from_multikey(key.public_key_multibase)
                          : crypto::PublicKey::from_pem(key.public_key_pem);
        if (!parsed) continue;  // one bad key does not make the others worse
        ActorKey row;
        row.key_id = key.id;
        row.actor_id = actor_id;
        row.algorithm = parsed->type() == crypto::KeyType::rsa ? model::KeyAlgorithm::rsa
                                                               : model::KeyAlgorithm::ed25519;
        row.public_pem = parsed->to_pem();
        row.fetched_at = now;
        TRY(repo::put_key(tx, row));
    }
    return {};
}

model::GroupVisibility visibility_of(const vocab::Actor& v) {
    if (v.locked) return model::GroupVisibility::private_;
    return v.discoverable.value_or(true) ? model::GroupVisibility::public_ : model::GroupVisibility::unlisted;
}

// "color01" to "color10".
int color_of(std::string_view name) {
    constexpr std::string_view prefix = "color";
    int number = 0;
    if (name.starts_with(prefix))
        std::from_chars(name.data() + prefix.size(), name.data() + name.size(), number);
    return number >= 1 && number <= 10 ? number : 1;
}

// What the group does not name any more is gone.
Result<> store_tags(sql::Tx& tx, IdGenerator& ids, TimeMs now, Id group, const vocab::Actor& v, const Url& id) {
    std::set<std::string> named;
    for (const auto& tag : v.group_tags) {
        const auto url = Url::parse(tag.href);
        if (named.size() == limits::group_tags_max || !url || !same_origin(*url, id)) continue;
        const auto known = TRY(repo::find_group_tag_by_ap_id(tx, tag.href));
        if (known && known->group_id != group) continue;
        named.insert(tag.href);
        model::GroupTag fresh = known.value_or(model::GroupTag{.id = ids.next(), .group_id = group, .ap_id = tag.href, .created_at = now});
        const auto before = fresh;
        if (!known) fresh.name = utf8::truncate(tag.word.empty() ? tag.name : tag.word, limits::group_tag_name_characters_max);
        fresh.display_name = utf8::truncate(tag.name, limits::group_tag_name_characters_max);
        fresh.summary = utf8::truncate(html::to_text(tag.content), limits::group_tag_text_characters_max);
        fresh.color = color_of(tag.color);
        fresh.deleted_at.reset();
        const bool same = known && !before.deleted_at && before.display_name == fresh.display_name &&
                          before.summary == fresh.summary && before.color == fresh.color;
        if (known && !same) fresh.updated_at = now;
        if (!same) TRY(repo::put_group_tag(tx, fresh));
    }
    for (auto& tag : TRY(repo::group_tags(tx, group)))
        if (!named.contains(tag.ap_id)) {
            tag.deleted_at = now;
            TRY(repo::put_group_tag(tx, tag));
        }
    return {};
}

// Of a group elsewhere, what its host says of it.
Result<> store_profile(sql::Tx& tx, TimeMs now, Id group, const vocab::Actor& v) {
    auto profile = TRY(repo::group_profile(tx, group));
    profile.visibility = visibility_of(v);
    profile.restricted = v.posting_restricted_to_mods.value_or(false);
    profile.brief = utf8::truncate(html::to_text(v.brief), limits::group_brief_characters_max);
    profile.languages.clear();
    for (const auto& code : v.languages)
        if (profile.languages.size() < limits::group_languages_max && code != "und") profile.languages.push_back(code);
    profile.sensitive = v.sensitive.value_or(false);
    profile.archived_at = v.archived ? std::optional(profile.archived_at.value_or(now)) : std::nullopt;
    return repo::put_group_profile(tx, profile);
}

// A Feed's owner is of its own origin, and known here or not.
Result<> store_feed(sql::Tx& tx, Id actor, const vocab::Actor& v, const Url& id) {
    const auto url = Url::parse(v.owner);
    const auto owner = url && same_origin(*url, id) ? TRY(repo::find_actor_by_ap_id(tx, v.owner)) : std::nullopt;
    return repo::put_multi(tx, {.actor_id = actor,
                                .creator_id = owner ? std::optional(owner->id) : std::nullopt,
                                .brief = std::string(utf8::truncate(html::to_text(v.brief), limits::group_brief_characters_max))});
}

}  // namespace

Result<Actor> store_actor(sql::Tx& tx, IdGenerator& ids, TimeMs now, const vocab::Actor& v) {
    auto id = TRY(Url::parse(v.id));
    if (v.inbox.empty()) return fail(Code::invalid, "the actor has no inbox", v.id);
    if (v.preferred_username.empty())
        return fail(Code::invalid, "the actor has no preferredUsername", v.id);
    auto known = TRY(repo::find_actor_by_ap_id(tx, v.id));
    if (known && known->local) return fail(Code::conflict, "the id is one of ours", v.id);
    Actor a = known.value_or(Actor{});
    fill(a, v, now);
    TRY(keep_own_endpoints(a, id));
    if (known) {
        TRY(repo::update_actor(tx, a));
    } else {
        a.id = ids.next();
        a.kind = kind_of(v.type);
        a.username = utf8::truncate(v.preferred_username, limits::remote_name_characters_max);
        a.host = id.host_port();
        a.ap_id = v.id;
        a.created_at = v.published.value_or(now);
        TRY(repo::insert_actor(tx, a, text::fold(a.username)));
    }
    TRY(replace_keys(tx, a.id, v, id, now));
    TRY(repo::put_attribution_domains(tx, a.id, v.attribution_domains));
    if (v.type == vocab::ActorType::group) {
        TRY(store_profile(tx, now, a.id, v));
        TRY(store_tags(tx, ids, now, a.id, v, id));
    }
    if (v.type == vocab::ActorType::feed) TRY(store_feed(tx, a.id, v, id));
    if (v.verifies_rfc9421)
        TRY(repo::hint_peer_signature(tx, a.host, model::SignatureFlavour::rfc9421, now));
    return a;
}

}  // namespace kith::keys
