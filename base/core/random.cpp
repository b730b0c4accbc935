#include "base/core/random.hpp"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <sys/random.h>
#include <vector>

namespace kith {

std::uint64_t Random::below(std::uint64_t bound) {
    // Values from the incomplete last span would make the low results likelier: draw again.
    const auto limit = UINT64_MAX - UINT64_MAX % bound;
    for (;;) {
        std::uint64_t value;
        fill({reinterpret_cast<std::uint8_t*>(&value), sizeof value});
        if (value < limit) return value % bound;
    }
}

std::string Random::token(std::size_t bytes) {
    static constexpr char alphabet[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    std::vector<std::uint8_t> raw(bytes);
    fill(raw);
    std::string out;
    unsigned bits = 0, held = 0;
    for (auto byte : raw) {
        held = held << 8 | byte;
        for (bits += 8; bits >= 6; bits -= 6) out += alphabet[held >> (bits - 6) & 63];
    }
    if (bits > 0) out += alphabet[held << (6 - bits) & 63];
    return out;
}

void SystemRandom::fill(std::span<std::uint8_t> out) {
    while (!out.empty()) {
        auto n = ::getrandom(out.data(), out.size(), 0);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) std::abort();   // a kernel without randomness is no place for keys
        out = out.subspan(std::size_t(n));
    }
}

void SeededRandom::fill(std::span<std::uint8_t> out) {
    std::lock_guard lock(mutex_);
    while (!out.empty()) {   // splitmix64
        auto z = state_ += 0x9e3779b97f4a7c15;
        z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
        z = (z ^ z >> 27) * 0x94d049bb133111eb;
        z ^= z >> 31;
        auto n = out.size() < sizeof z ? out.size() : sizeof z;
        std::memcpy(out.data(), &z, n);
        out = out.subspan(n);
    }
}

}  // namespace kith
