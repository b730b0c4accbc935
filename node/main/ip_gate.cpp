#include "node/main/ip_gate.hpp"

#include "base/core/log.hpp"
#include "config/limits/sign_up.hpp"
#include "node/community/sign_up_blocks.hpp"

#include <algorithm>

namespace kith {

bool IpGate::admits(const IpAddress& address) {
    std::lock_guard lock(mutex_);
    const auto now = context_.clock.now_ms();
    if (read_at_ == 0 || now >= read_at_ + limits::ip_blocks_fresh_ms) {
        read_at_ = now;
        if (const auto blocks = community::ip_blocks_now(context_)) {
            closed_.clear();
            for (const auto& block : *blocks)
                if (const auto network = parse_network(block.network);
                    network && block.severity == model::IpSeverity::no_access)
                    closed_.push_back(*network);
        } else {
            // What was known holds on.
            log::warn("ip_blocks.unread", {{"error", blocks.error().safe_text}, {"detail", blocks.error().detail}});
        }
    }
    return std::none_of(closed_.begin(), closed_.end(), [&](const Network& each) { return each.contains(address); });
}

}  // namespace kith
