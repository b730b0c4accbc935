#pragma once
#include "base/core/lru_map.hpp"
#include "base/core/rate_limiter.hpp"
#include "config/urls.hpp"
#include "federation/client/transport.hpp"
#include "federation/keys/fetch_document.hpp"
#include "federation/keys/key_store.hpp"
#include "federation/keys/work_queue.hpp"

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace kith::keys {

// Fetches of keys and their owners' documents (security checklist, line 9): one at a time for a
// URL, failures remembered, a URL that was fetched before asked again only every
// limits::key_refresh_interval_ms, a budget for each host, at most four exchanges for a key. What
// is found goes into the KeyStore. Thread-safe.
class KeyFetches : public std::enable_shared_from_this<KeyFetches> {
public:
    using Done = std::function<void(Result<>)>;

    // All outlive it; callbacks of the transport may come after stop().
    KeyFetches(KeyStore&, client::Transport&, const Clock&, const Urls&);

    // Calls `done` once, possibly within this call: with nothing when the actor was stored, Code::
    // unavailable or timeout for what may pass, else why there is no key.
    void fetch(const Url& key_url, Done done);
    // Whether fetch() would go to the network, or wait for somebody who does.
    bool would_fetch(const Url& key_url);
    // Whoever waits hears Code::unavailable.
    void stop();

private:
    struct Flight {
        Url url;
        std::vector<Done> waiters;
    };
    // What came of fetching a URL.
    struct Memory {
        TimeMs failed_until = 0;
        std::optional<Error> error;
        bool found = false;
        TimeMs refreshed_at = 0;
    };

    std::optional<Error> refusal(const Url&, Memory*) const;
    std::optional<Error> begin(const Url&);
    void received(std::shared_ptr<Flight>, Result<FetchedDocument>);
    void received_owner(std::shared_ptr<Flight>, Result<FetchedDocument>);
    void keep(std::shared_ptr<Flight>, const vocab::Actor&);
    void finish(std::shared_ptr<Flight>, Result<>);

    KeyStore& store_;
    client::Transport& transport_;
    const Clock& clock_;
    const Urls& urls_;
    RateLimiter hosts_;
    std::mutex mutex_;
    bool stopped_ = false;
    std::map<std::string, std::shared_ptr<Flight>> flights_;
    LruMap<Memory> memory_;
    WorkQueue work_;  // last: its threads use the others
};

}  // namespace kith::keys
