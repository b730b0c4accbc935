#include <unordered_set>

#include "base/text/url.hpp"
#include "federation/vocab/reader.hpp"
#include "federation/vocab/shapes.hpp"

namespace kith::vocab {
namespace {

// A value or an embedded object, in the place of an id.
std::string id_of_one(json::View value) {
    return normalize_id((value.is_object() ? value["id"] : value).string_or({}));
}

}  // namespace

bool is_public(std::string_view id) {
    return id == public_collection || id == "as:Public" || id == "Public";
}

std::string normalize_id(std::string_view id) {
    if (is_public(id)) return std::string(public_collection);
    auto url = Url::parse(id);
    return url ? std::move(*url).str() : std::string();
}

std::string id_of(json::View value) {
    return value.size() == 1 ? id_of_one(value.at(0)) : std::string();
}

std::vector<std::string> ids_of(json::View values) {
    std::vector<std::string> ids;
    std::unordered_set<std::string> seen;
    for (json::View value : values) {
        auto id = id_of_one(value);
        if (!id.empty() && seen.insert(id).second) ids.push_back(std::move(id));
    }
    return ids;
}

std::string first_id(json::View values) {
    for (json::View value : values) {
        auto id = id_of_one(value);
        if (!id.empty()) return id;
    }
    return {};
}

Result<std::string> own_id(json::View object) {
    const json::View id = object["id"];
    if (id.is_nothing()) return std::string();
    auto normal = normalize_id(id.string_or({}));
    if (normal.empty() || is_public(normal))
        return fail(Code::invalid, "an id is not a URL", id.text());
    return normal;
}

}  // namespace kith::vocab
