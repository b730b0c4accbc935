#include "base/crypto/base32.hpp"

#include <cstdint>

namespace kith::crypto {

std::string base32_encode(std::string_view bytes) {
    constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    std::string out;
    std::uint32_t held = 0;
    int bits = 0;
    for (const unsigned char byte : bytes) {
        held = (held << 8 | byte) & 0xfff;  // at most 4 bits are left of the byte before
        for (bits += 8; bits >= 5; bits -= 5) out += alphabet[held >> (bits - 5) & 31];
    }
    if (bits > 0) out += alphabet[held << (5 - bits) & 31];
    return out;
}

}  // namespace kith::crypto
