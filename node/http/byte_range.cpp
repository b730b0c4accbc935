#include "node/http/byte_range.hpp"

#include "base/text/strings.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

namespace kith::http {

namespace {

constexpr std::string_view unit = "bytes=";

std::optional<std::uint64_t> number_of(std::string_view digits) {
    std::uint64_t value = 0;
    const auto end = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (digits.empty() || end.ec != std::errc() || end.ptr != digits.data() + digits.size()) return {};
    return value;
}

}  // namespace

ByteRange byte_range(std::string_view field, std::uint64_t size) {
    using Kind = ByteRange::Kind;
    if (!text::starts_with_i(field, unit)) return {};
    const auto wanted = text::trim(field.substr(unit.size()));
    const auto dash = wanted.find('-');
    if (dash == wanted.npos) return {};
    const auto before = wanted.substr(0, dash), after = wanted.substr(dash + 1);
    if (before.empty()) {  // the last so many
        const auto count = number_of(after);
        if (!count) return {};
        if (*count == 0 || size == 0) return {Kind::unsatisfiable};
        return {Kind::part, size - std::min(*count, size), size - 1};
    }
    const auto first = number_of(before), last = number_of(after);
    if (!first || (!last && !after.empty()) || (last && *last < *first)) return {};
    if (*first >= size) return {Kind::unsatisfiable};
    return {Kind::part, *first, last ? std::min(*last, size - 1) : size - 1};
}

}  // namespace kith::http
