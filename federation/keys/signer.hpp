#pragma once
#include "base/core/clock.hpp"
#include "base/core/ids.hpp"
#include "base/core/lru_map.hpp"
#include "base/crypto/keys.hpp"
#include "config/urls.hpp"
#include "federation/client/request_signer.hpp"
#include "storage/sql/db.hpp"

#include <mutex>
#include <string>

namespace kith::keys {

// Signs outgoing requests for local actors with their RSA keys, in the flavour that is asked for, the
// date being that of the moment. Keys stay parsed in memory, boundedly many. Thread-safe.
class LocalSigner final : public client::RequestSigner {
public:
    // All outlive it.
    LocalSigner(sql::Db& db, const Clock& clock, const Urls& urls);

    // Code::not_found where the actor has no private key here.
    Result<std::vector<client::Header>> sign(const client::SigningRequest&) override;

    // After the actor's keys were changed.
    void forget(Id actor);
    void forget_all();

private:
    struct Key {
        std::string id;
        crypto::PrivateKey key;
    };
    Result<Key> key_of(Id actor);
    Result<Key> load(Id actor);

    sql::Db& db_;
    const Clock& clock_;
    const Urls& urls_;
    std::mutex mutex_;
    LruMap<Key> keys_;
};

}  // namespace kith::keys
