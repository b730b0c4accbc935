#pragma once
#include "federation/inbox/phase.hpp"

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>

namespace kith::inbox {

enum class Outcome { passed, refused, postponed };
inline constexpr std::size_t outcome_count = 3;

// How many activities came through each phase, and how many ended in it. Thread-safe.
class Counters {
public:
    void add(Phase phase, Outcome outcome) {
        cell(phase, outcome).fetch_add(1, std::memory_order_relaxed);
    }
    std::uint64_t get(Phase phase, Outcome outcome) const {
        return counts_[std::size_t(phase)][std::size_t(outcome)].load(std::memory_order_relaxed);
    }

private:
    std::atomic<std::uint64_t>& cell(Phase phase, Outcome outcome) {
        return counts_[std::size_t(phase)][std::size_t(outcome)];
    }
    std::array<std::array<std::atomic<std::uint64_t>, outcome_count>, phase_count> counts_{};
};

}  // namespace kith::inbox
