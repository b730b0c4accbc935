#include "base/crypto/pem.hpp"

#include "base/crypto/encoding.hpp"
#include "config/limits/base.hpp"

namespace kith::crypto {
namespace {

constexpr std::string_view begin_mark = "-----BEGIN ", end_mark = "-----END ", dashes = "-----";

std::string without_blanks(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == ' ' || c == '\t' || c == '\r' || c == '\n') continue;
        if (c == '\\' && i + 1 < text.size() && (text[i + 1] == 'n' || text[i + 1] == 'r')) {
            ++i;
            continue;
        }
        out += c;
    }
    return out;
}

}  // namespace

std::optional<PemBlock> read_pem(std::string_view text) {
    if (text.size() > limits::pem_chars_max) return std::nullopt;
    const auto begin = text.find(begin_mark);
    if (begin == text.npos || !without_blanks(text.substr(0, begin)).empty()) return std::nullopt;
    text.remove_prefix(begin + begin_mark.size());

    const auto label_end = text.find(dashes);
    if (label_end == text.npos) return std::nullopt;
    const std::string label(text.substr(0, label_end));
    text.remove_prefix(label_end + dashes.size());

    const auto end_line = std::string(end_mark) + label + std::string(dashes);
    const auto end = text.find(end_line);
    if (end == text.npos || !without_blanks(text.substr(end + end_line.size())).empty())
        return std::nullopt;
    auto der = base64_decode(without_blanks(text.substr(0, end)));
    if (!der) return std::nullopt;
    return PemBlock{label, std::move(*der)};
}

std::string write_pem(std::string_view label, std::string_view der) {
    constexpr std::size_t columns = 64;
    const auto body = base64_encode(der);
    std::string out = std::string(begin_mark) + std::string(label) + std::string(dashes) + '\n';
    for (std::size_t i = 0; i < body.size(); i += columns) {
        out.append(body, i, columns);
        out += '\n';
    }
    return out + std::string(end_mark) + std::string(label) + std::string(dashes) + '\n';
}

}  // namespace kith::crypto
