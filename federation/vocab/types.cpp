#include <algorithm>

#include "federation/vocab/names.hpp"
#include "federation/vocab/reader.hpp"
#include "federation/vocab/shapes.hpp"

namespace kith::vocab {

bool has_type(json::View object, std::string_view name) {
    for (json::View type : object["type"])
        if (type.maybe_string() == name) return true;
    return false;
}

bool is_actor_type(json::View object) { return find_type(object, actor_names).has_value(); }

bool is_post_type(json::View object) { return find_type(object, post_names).has_value(); }

bool is_activity_type(json::View object) {
    return find_type(object, activity_names).has_value() ||
           std::ranges::any_of(other_activity_names,
                               [&](std::string_view name) { return has_type(object, name); });
}

std::string type_name_of(json::View object) {
    for (json::View type : object["type"]) {
        auto name = word_of(type);
        if (!name.empty() && name.find(':') == std::string::npos) return name;
    }
    return {};
}

}  // namespace kith::vocab
