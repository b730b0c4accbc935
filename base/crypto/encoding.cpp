#include "base/crypto/encoding.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

#include "config/limits/base.hpp"

namespace kith::crypto {
namespace {

constexpr std::string_view base64_alphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::string_view base64url_alphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
constexpr std::string_view base58_alphabet =
    "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
constexpr std::string_view hex_alphabet = "0123456789abcdef";

using Reverse = std::array<std::int8_t, 256>;

constexpr Reverse reverse(std::string_view alphabet) {
    Reverse table{};
    for (auto& value : table) value = -1;
    for (std::size_t i = 0; i < alphabet.size(); ++i)
        table[static_cast<unsigned char>(alphabet[i])] = static_cast<std::int8_t>(i);
    return table;
}

constexpr Reverse base64_values = reverse(base64_alphabet);
constexpr Reverse base64url_values = reverse(base64url_alphabet);
constexpr Reverse base58_values = reverse(base58_alphabet);

std::string encode_sextets(std::string_view bytes, std::string_view alphabet) {
    std::string out;
    out.reserve((bytes.size() + 2) / 3 * 4);
    unsigned held = 0, bits = 0;
    for (unsigned char byte : bytes) {
        held = (held << 8 | byte) & 0xffff;
        for (bits += 8; bits >= 6; bits -= 6) out += alphabet[held >> (bits - 6) & 63];
    }
    if (bits > 0) out += alphabet[held << (6 - bits) & 63];
    return out;
}

std::optional<std::string> decode_sextets(std::string_view text, const Reverse& values) {
    if (text.size() % 4 == 1) return std::nullopt;
    std::string out;
    out.reserve(text.size() * 3 / 4);
    unsigned held = 0, bits = 0;
    for (unsigned char c : text) {
        auto value = values[c];
        if (value < 0) return std::nullopt;
        held = (held << 6 | static_cast<unsigned>(value)) & 0xffff;
        bits += 6;
        if (bits >= 8) {
            bits -= 8;
            out += static_cast<char>(held >> bits & 0xff);
        }
    }
    if ((held & ((1u << bits) - 1)) != 0) return std::nullopt;  // left-over bits must be zero
    return out;
}

}  // namespace

std::string base64_encode(std::string_view bytes) {
    auto out = encode_sextets(bytes, base64_alphabet);
    out.append((4 - out.size() % 4) % 4, '=');
    return out;
}

std::optional<std::string> base64_decode(std::string_view text) {
    if (text.size() % 4 != 0) return std::nullopt;
    for (int padding = 0; padding < 2 && text.ends_with('='); ++padding) text.remove_suffix(1);
    return decode_sextets(text, base64_values);
}

std::string base64url_encode(std::string_view bytes) {
    return encode_sextets(bytes, base64url_alphabet);
}

std::optional<std::string> base64url_decode(std::string_view text) {
    return decode_sextets(text, base64url_values);
}

std::string base58_encode(std::string_view bytes) {
    const auto zeros = std::min(bytes.find_first_not_of('\0'), bytes.size());
    std::string digits;  // least significant first
    for (unsigned char byte : bytes.substr(zeros)) {
        unsigned carry = byte;
        for (auto& digit : digits) {
            carry += static_cast<unsigned char>(digit) * 256u;
            digit = static_cast<char>(carry % 58);
            carry /= 58;
        }
        for (; carry > 0; carry /= 58) digits += static_cast<char>(carry % 58);
    }
    std::string out(zeros, base58_alphabet[0]);
    for (auto it = digits.rbegin(); it != digits.rend(); ++it)
        out += base58_alphabet[static_cast<unsigned char>(*it)];
    return out;
}

std::optional<std::string> base58_decode(std::string_view text) {
    if (text.size() > limits::base58_chars_max) return std::nullopt;
    const auto zeros = std::min(text.find_first_not_of(base58_alphabet[0]), text.size());
    std::string bytes;  // least significant first
    for (unsigned char c : text.substr(zeros)) {
        auto value = base58_values[c];
        if (value < 0) return std::nullopt;
        auto carry = static_cast<unsigned>(value);
        for (auto& byte : bytes) {
            carry += static_cast<unsigned char>(byte) * 58u;
            byte = static_cast<char>(carry & 0xff);
            carry >>= 8;
        }
        for (; carry > 0; carry >>= 8) bytes += static_cast<char>(carry & 0xff);
    }
    std::string out(zeros, '\0');
    out.append(bytes.rbegin(), bytes.rend());
    return out;
}

std::string hex_encode(std::string_view bytes) {
    std::string out;
    out.reserve(bytes.size() * 2);
    for (unsigned char byte : bytes) {
        out += hex_alphabet[byte >> 4];
        out += hex_alphabet[byte & 15];
    }
    return out;
}

}  // namespace kith::crypto
