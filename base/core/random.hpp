#pragma once
#include <cstdint>
#include <mutex>
#include <span>
#include <string>

namespace kith {

// The seam between kith and chance. Thread-safe.
class Random {
public:
    virtual ~Random() = default;
    virtual void fill(std::span<std::uint8_t> out) = 0;

    // Uniform in [0, bound); bound > 0.
    std::uint64_t below(std::uint64_t bound);
    // `bytes` random bytes as base64url without padding: 32 bytes give a 43-character secret.
    std::string token(std::size_t bytes);
};

// From the kernel (getrandom): what keys, tokens and jitter use.
class SystemRandom final : public Random {
public:
    void fill(std::span<std::uint8_t> out) override;
};

// The same sequence for the same seed: tests and simulations. Never for secrets.
class SeededRandom final : public Random {
public:
    explicit SeededRandom(std::uint64_t seed) : state_(seed) {}
    void fill(std::span<std::uint8_t> out) override;

private:
    std::mutex mutex_;
    std::uint64_t state_;
};

}  // namespace kith
