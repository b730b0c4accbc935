#include "federation/signature/request_view.hpp"

#include <algorithm>
#include <array>

namespace kith::signature {
namespace {

constexpr std::array<std::string_view, 6> single_headers = {
    "signature", "digest", "content-digest", "host", "date", "content-length"};

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

}  // namespace

std::string lowercase(std::string_view text) {
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(), lower);
    return out;
}

bool equal_ignoring_case(std::string_view a, std::string_view b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](char x, char y) { return lower(x) == lower(y); });
}

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view blanks = " \t";
    const auto first = text.find_first_not_of(blanks);
    if (first == text.npos) return {};
    return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

std::optional<std::string> header_value(const RequestView& request, std::string_view name) {
    std::optional<std::string> joined;
    for (const auto& header : request.headers) {
        if (!equal_ignoring_case(header.name, name)) continue;
        if (joined) *joined += ", ";
        else joined.emplace();
        *joined += trimmed(header.value);
    }
    return joined;
}

Result<> check_single_headers(const RequestView& request) {
    for (auto name : single_headers) {
        const auto times = std::count_if(
            request.headers.begin(), request.headers.end(),
            [&](const Header& header) { return equal_ignoring_case(header.name, name); });
        if (times > 1)
            return fail(Code::unauthorized,
                        "the header " + std::string(name) + " occurs more than once");
    }
    return {};
}

}  // namespace kith::signature
