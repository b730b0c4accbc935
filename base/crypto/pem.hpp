#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace kith::crypto {

struct PemBlock {
    std::string label;  // "PUBLIC KEY"
    std::string der;
};

// The one block of a text (RFC 7468, lax on input): white space and the two-character escapes `\n`
// and `\r` may stand anywhere in the body. Headers inside the block, a second block and texts above
// limits::pem_chars_max give nullopt.
std::optional<PemBlock> read_pem(std::string_view text);

// 64 columns, LF, newline at the end.
std::string write_pem(std::string_view label, std::string_view der);

}  // namespace kith::crypto
