#pragma once
#include "federation/keys/key_fetches.hpp"
#include "federation/keys/key_store.hpp"

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

namespace kith::keys {

enum class Refresh { no, yes };

// Whose key signed (federation.md 1.2): memory, then the database, then the network. All forms of
// key ids are understood but `acct:`; a key counts only where its owner's own document names it,
// and only one of the owner's origin. Thread-safe.
class KeyCache {
public:
    // All outlive it.
    KeyCache(sql::Db&, client::Transport&, const Clock&, IdGenerator&, const Urls&);
    ~KeyCache();

    // What is known here: never the network, at most one indexed read.
    Result<std::optional<Sender>> peek(std::string_view key_id);

    // Waits for the network where the key is not known, or with Refresh::yes because a signature
    // did not hold and the key may have been changed. Code::unauthorized: there is no such key, or
    // it may not be asked for again yet; unavailable or timeout: later, perhaps.
    Result<Sender> find(std::string_view key_id, Refresh);

    // Whether find() would go to the network: such a request is better parked, and prefetch()
    // called.
    bool must_fetch(std::string_view key_id);
    // Starts fetching; `done` is called once, from any thread, also when it failed.
    void prefetch(std::string_view key_id, std::function<void()> done);

    // After the actor's row or keys were changed by somebody else.
    void forget(std::string_view actor_ap_id) { store_.forget(actor_ap_id); }

    // Ends what is under way; whoever waits hears Code::unavailable.
    void stop() { fetches_->stop(); }

private:
    Result<> fetch_and_wait(const Url&);

    KeyStore store_;
    std::shared_ptr<KeyFetches> fetches_;
    std::mutex mutex_;
    std::map<std::string, int> waiting_;  // threads, by host
};

}  // namespace kith::keys
