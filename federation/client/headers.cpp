#include "federation/client/headers.hpp"

#include "base/text/strings.hpp"

#include <algorithm>

namespace kith::client {

std::optional<std::string_view> Headers::get(std::string_view name) const {
    for (const Header& field : fields_) {
        if (text::iequals(field.name, name)) return field.value;
    }
    return std::nullopt;
}

std::size_t Headers::count(std::string_view name) const {
    return static_cast<std::size_t>(std::count_if(fields_.begin(), fields_.end(), [&](auto& field) {
        return text::iequals(field.name, name);
    }));
}

void Headers::erase(std::string_view name) {
    std::erase_if(fields_, [&](auto& field) { return text::iequals(field.name, name); });
}

}  // namespace kith::client
