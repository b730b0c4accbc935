#pragma once
#include "base/core/clock.hpp"
#include "base/core/lru_map.hpp"
#include "federation/client/request_signer.hpp"
#include "federation/keys/work_queue.hpp"
#include "storage/sql/db.hpp"

#include <mutex>
#include <string>

namespace kith::keys {

// In which flavour each host is spoken to first: what worked last; until something was tried what it
// says that it reads (FEP-844e); else draft-cavage-12, which practically all of them read. Memory,
// then the database. Thread-safe.
class PeerFlavours {
public:
    // Both outlive it.
    PeerFlavours(sql::Db&, const Clock&);

    // At most one indexed read.
    client::SignatureFlavour first_for(const std::string& host);
    // This one worked. Written down by a thread of its own.
    void remember(const std::string& host, client::SignatureFlavour);
    // What is not written yet is dropped: it will be found out again.
    void stop() { work_.stop(); }

private:
    struct Held {
        client::SignatureFlavour flavour;
        TimeMs until;
    };
    sql::Db& db_;
    const Clock& clock_;
    std::mutex mutex_;
    LruMap<Held> held_;
    WorkQueue work_;  // last: its thread uses the others
};

}  // namespace kith::keys
