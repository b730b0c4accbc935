#pragma once
#include "base/core/clock.hpp"
#include "base/core/ids.hpp"
#include "base/core/lru_map.hpp"
#include "base/crypto/keys.hpp"
#include "federation/vocab/objects.hpp"
#include "storage/model/actor.hpp"
#include "storage/sql/db.hpp"

#include <mutex>
#include <optional>
#include <string>
#include <string_view>

namespace kith::keys {

// A remote actor and the key that speaks for it.
struct Sender {
    Id actor_id = 0;
    std::string actor_ap_id;
    std::string key_id;  // as it stood in the signature
    std::string host;    // host[:port]
    crypto::PublicKey key;
};

// The keys that are known here: memory, then the database. Thread-safe.
class KeyStore {
public:
    KeyStore(sql::Db& db, const Clock& clock, IdGenerator& ids);

    // By the key's id, or by its actor's id (what old PeerTube sends). Local actors' keys are not
    // found: nobody sends us our own activities.
    Result<std::optional<Sender>> find(std::string_view key_id);
    // Stores the actor with its keys (store_actor) in place of what was known.
    Result<model::Actor> store(const vocab::Actor&);
    // Out of memory, because its row was changed by somebody else.
    void forget(std::string_view actor_ap_id);

private:
    struct Held {
        Sender sender;
        TimeMs until;
    };
    Result<std::optional<Sender>> load(sql::Tx&, std::string_view key_id);

    sql::Db& db_;
    const Clock& clock_;
    IdGenerator& ids_;
    std::mutex mutex_;
    LruMap<Held> held_;
    unsigned forgotten_ = 0;  // how often: what was read before a change is not kept after it
};

}  // namespace kith::keys
