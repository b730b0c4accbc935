#include "federation/client/headers.hpp"

#include <algorithm>

namespace kith::client {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

}  // namespace

bool equal_ignoring_case(std::string_view a, std::string_view b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](char x, char y) { return lower(x) == lower(y); });
}

std::optional<std::string_view> Headers::get(std::string_view name) const {
    for (const Header& field : fields_) {
        if (equal_ignoring_case(field.name, name)) return field.value;
    }
    return std::nullopt;
}

std::size_t Headers::count(std::string_view name) const {
    return static_cast<std::size_t>(std::count_if(fields_.begin(), fields_.end(), [&](auto& field) {
        return equal_ignoring_case(field.name, name);
    }));
}

void Headers::erase(std::string_view name) {
    std::erase_if(fields_, [&](auto& field) { return equal_ignoring_case(field.name, name); });
}

}  // namespace kith::client
