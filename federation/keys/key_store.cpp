#include "federation/keys/key_store.hpp"

#include "config/limits/keys.hpp"
#include "federation/keys/actor_store.hpp"
#include "storage/repo/actors.hpp"

namespace kith::keys {

KeyStore::KeyStore(sql::Db& db, const Clock& clock, IdGenerator& ids)
    : db_(db), clock_(clock), ids_(ids), held_(limits::keys_cached_max) {}

Result<std::optional<Sender>> KeyStore::find(std::string_view key_id) {
    const auto now = clock_.now_ms();
    unsigned forgotten = 0;
    {
        std::lock_guard lock(mutex_);
        if (auto* held = held_.find(key_id); held && held->until > now) return held->sender;
        forgotten = forgotten_;
    }
    auto sender = TRY(db_.read([&](sql::Tx& tx) { return load(tx, key_id); }));
    if (sender) {
        std::lock_guard lock(mutex_);
        if (forgotten == forgotten_) held_.put(key_id, {*sender, now + limits::key_cached_ms});
    }
    return sender;
}

Result<std::optional<Sender>> KeyStore::load(sql::Tx& tx, std::string_view key_id) {
    using Nobody = std::optional<Sender>;
    auto key = TRY(repo::find_key(tx, key_id));
    auto actor =
        TRY(key ? repo::find_actor(tx, key->actor_id) : repo::find_actor_by_ap_id(tx, key_id));
    if (!actor || actor->local) return Nobody{};
    if (!key) {
        auto keys = TRY(repo::keys_of(tx, actor->id));
        if (keys.empty()) return Nobody{};
        key = std::move(keys.front());
    }
    auto parsed = crypto::PublicKey::from_pem(key->public_pem);
    if (!parsed) return Nobody{};
    return Sender{actor->id, actor->ap_id, std::string(key_id), actor->host, std::move(*parsed)};
}

Result<model::Actor> KeyStore::store(const vocab::Actor& actor) {
    auto stored = db_.write([&](sql::Tx& tx) -> Result<model::Actor> {
        auto kept = TRY(store_actor(tx, ids_, clock_.now_ms(), actor));
        // Nobody is kept for showing a key that is somebody else's.
        if (TRY(repo::keys_of(tx, kept.id)).empty())
            return fail(Code::unauthorized, "the actor names no key of its own", actor.id);
        return kept;
    });
    forget(actor.id);
    return stored;
}

void KeyStore::forget(std::string_view actor_ap_id) {
    std::lock_guard lock(mutex_);
    ++forgotten_;
    held_.erase_if([&](const std::string&, const Held& held) {
        return held.sender.actor_ap_id == actor_ap_id;
    });
}

}  // namespace kith::keys
