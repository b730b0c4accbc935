#pragma once
#include "node/http/connection.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>

namespace kith::http {

// Which requests wait, and for what: bounded together and per key, so that one slow host neither
// fills the place nor keeps others out. Not thread-safe.
class Parking {
public:
    explicit Parking(const Limits& limits) : limits_(limits) {}

    // A ticket, never given twice; nothing when there is no room.
    std::optional<std::uint64_t> enter(Connection&, const std::string& key);
    // The connection of that ticket, which has left now; null where it has left before.
    Connection* leave(std::uint64_t ticket);
    std::size_t size() const { return parked_.size(); }

private:
    struct Place {
        Connection* connection;
        std::string key;
    };

    const Limits& limits_;
    std::unordered_map<std::uint64_t, Place> parked_;
    std::unordered_map<std::string, std::size_t> per_key_;
    std::uint64_t last_ticket_ = 0;
};

}  // namespace kith::http
