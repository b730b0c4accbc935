#include "node/stream/listeners.hpp"

#include "config/limits/stream.hpp"

namespace kith::stream {

void Listeners::add(SessionId id, Id account, Id token) {
    std::lock_guard lock(mutex_);
    sessions_[id] = {account, token, {}};
    ++per_account_[account];
}

void Listeners::remove(SessionId id) {
    std::lock_guard lock(mutex_);
    const auto found = sessions_.find(id);
    if (found == sessions_.end()) return;
    for (const auto& channel : found->second.channels) forget(id, found->second.account, channel);
    if (const auto count = per_account_.find(found->second.account); --count->second == 0) per_account_.erase(count);
    sessions_.erase(found);
}

bool Listeners::subscribe(SessionId id, const Channel& channel) {
    std::lock_guard lock(mutex_);
    const auto found = sessions_.find(id);
    if (found == sessions_.end()) return true;  // gone meanwhile
    auto& session = found->second;
    if (session.channels.contains(channel)) return true;
    if (session.channels.size() >= limits::stream_channels_max) return false;
    session.channels.insert(channel);
    by_channel_[channel].emplace(session.account, id);
    return true;
}

void Listeners::unsubscribe(SessionId id, const Channel& channel) {
    std::lock_guard lock(mutex_);
    const auto found = sessions_.find(id);
    if (found == sessions_.end() || found->second.channels.erase(channel) == 0) return;
    forget(id, found->second.account, channel);
}

// Called with the lock held.
void Listeners::forget(SessionId id, Id account, const Channel& channel) {
    const auto found = by_channel_.find(channel);
    if (found == by_channel_.end()) return;
    const auto [begin, end] = found->second.equal_range(account);
    for (auto it = begin; it != end; ++it)
        if (it->second == id) {
            found->second.erase(it);
            break;
        }
    if (found->second.empty()) by_channel_.erase(found);
}

bool Listeners::empty() const {
    std::lock_guard lock(mutex_);
    return sessions_.empty();
}

std::size_t Listeners::size() const {
    std::lock_guard lock(mutex_);
    return sessions_.size();
}

std::size_t Listeners::of_account(Id account) const {
    std::lock_guard lock(mutex_);
    const auto found = per_account_.find(account);
    return found == per_account_.end() ? 0 : found->second;
}

std::vector<Channel> Listeners::channels() const {
    std::lock_guard lock(mutex_);
    std::vector<Channel> out;
    for (const auto& [channel, sessions] : by_channel_) out.push_back(channel);
    return out;
}

std::vector<Id> Listeners::accounts(const Channel& channel) const {
    std::lock_guard lock(mutex_);
    std::set<Id> out;
    if (const auto found = by_channel_.find(channel); found != by_channel_.end())
        for (const auto& [account, session] : found->second) out.insert(account);
    return {out.begin(), out.end()};
}

std::vector<SessionId> Listeners::sessions(const Channel& channel, const std::set<Id>& accounts) const {
    std::lock_guard lock(mutex_);
    std::vector<SessionId> out;
    const auto found = by_channel_.find(channel);
    if (found == by_channel_.end()) return out;
    for (const auto account : accounts) {
        const auto [begin, end] = found->second.equal_range(account);
        for (auto it = begin; it != end; ++it) out.push_back(it->second);
    }
    return out;
}

std::vector<SessionId> Listeners::sessions(const Channel& channel) const {
    std::lock_guard lock(mutex_);
    std::vector<SessionId> out;
    if (const auto found = by_channel_.find(channel); found != by_channel_.end())
        for (const auto& [account, session] : found->second) out.push_back(session);
    return out;
}

std::vector<std::pair<SessionId, Id>> Listeners::tokens() const {
    std::lock_guard lock(mutex_);
    std::vector<std::pair<SessionId, Id>> out;
    for (const auto& [id, session] : sessions_) out.emplace_back(id, session.token);
    return out;
}

}  // namespace kith::stream
