#include "node/http/parking.hpp"

namespace kith::http {

std::optional<std::uint64_t> Parking::enter(Connection& c, const std::string& key) {
    if (parked_.size() >= limits_.parked_max) return std::nullopt;
    const auto found = per_key_.find(key);
    if (found != per_key_.end() && found->second >= limits_.parked_per_key_max) return std::nullopt;
    ++per_key_[key];
    parked_.emplace(++last_ticket_, Place{&c, key});
    return last_ticket_;
}

Connection* Parking::leave(std::uint64_t ticket) {
    const auto found = parked_.find(ticket);
    if (found == parked_.end()) return nullptr;
    auto* connection = found->second.connection;
    const auto count = per_key_.find(found->second.key);
    if (--count->second == 0) per_key_.erase(count);
    parked_.erase(found);
    return connection;
}

}  // namespace kith::http
