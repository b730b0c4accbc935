#pragma once
#include "node/stream/channel.hpp"

#include <cstdint>
#include <map>
#include <mutex>
#include <set>
#include <unordered_map>
#include <utility>
#include <vector>

namespace kith::stream {

using SessionId = std::uint64_t;

// Who listens to what. Thread-safe: the sockets' thread writes it, the feed reads it.
class Listeners {
public:
    void add(SessionId, Id account, Id token);
    void remove(SessionId);
    // False where the session listens to so much already (limits::stream_channels_max).
    bool subscribe(SessionId, const Channel&);
    void unsubscribe(SessionId, const Channel&);

    bool empty() const;
    std::size_t size() const;
    std::size_t of_account(Id account) const;
    // Everything of this kind that somebody listens to.
    std::vector<Channel> channels() const;
    // Each account once.
    std::vector<Id> accounts(const Channel&) const;
    std::vector<SessionId> sessions(const Channel&, const std::set<Id>& accounts) const;
    std::vector<SessionId> sessions(const Channel&) const;
    std::vector<std::pair<SessionId, Id>> tokens() const;

private:
    struct Session {
        Id account = 0, token = 0;
        std::set<Channel> channels;
    };
    mutable std::mutex mutex_;
    std::unordered_map<SessionId, Session> sessions_;
    std::map<Channel, std::unordered_multimap<Id, SessionId>> by_channel_;
    std::unordered_map<Id, std::size_t> per_account_;

    void forget(SessionId, Id account, const Channel&);
};

}  // namespace kith::stream
