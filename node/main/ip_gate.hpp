#pragma once
#include "config/address.hpp"
#include "node/community/context.hpp"

#include <mutex>
#include <vector>

namespace kith {

// Networks from which nothing is taken at all. What the operators say is known here within
// limits::ip_blocks_fresh_ms. Thread-safe.
class IpGate {
public:
    explicit IpGate(community::Context& context) : context_(context) {}
    bool admits(const IpAddress&);

private:
    community::Context& context_;
    std::mutex mutex_;
    std::vector<Network> closed_;
    TimeMs read_at_ = 0;  // 0: never
};

}  // namespace kith
