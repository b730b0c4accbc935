#include "federation/keys/actor_store.hpp"

#include "base/crypto/keys.hpp"
#include "base/html/sanitize.hpp"
#include "base/html/to_text.hpp"
#include "base/json/writer.hpp"
#include "base/text/fold.hpp"
#include "base/text/url.hpp"
#include "base/text/utf8.hpp"
#include "config/limits/emoji.hpp"
#include "config/limits/keys.hpp"
#include "storage/repo/actors.hpp"
#include "storage/repo/peer_signatures.hpp"

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
    if (v.verifies_rfc9421)
        TRY(repo::hint_peer_signature(tx, a.host, model::SignatureFlavour::rfc9421, now));
    return a;
}

}  // namespace kith::keys
