#include <algorithm>
#include <array>

#include "federation/vocab/reader.hpp"
#include "federation/vocab/shapes.hpp"

namespace kith::vocab {
namespace {

constexpr std::array types = std::to_array<std::string_view>(
    {"OrderedCollection", "OrderedCollectionPage", "Collection", "CollectionPage"});

void read_items(json::View from, CollectionPage& page) {
    for (json::View item : from.first_of({"orderedItems", "items"}))
        if (!item.is_nothing()) page.items.push_back(item);
    page.next = id_of(from["next"]);
}

}  // namespace

Result<CollectionPage> read_collection(json::View from) {
    CollectionPage page;
    page.id = TRY(own_id(from));
    if (std::ranges::none_of(types, [&](std::string_view name) { return has_type(from, name); }))
        return fail(Code::invalid, "not a collection", type_name_of(from));
    page.first = id_of(from["first"]);
    page.total_items = count_of(from["totalItems"]);
    read_items(from, page);
    if (page.items.empty() && from["first"].is_object()) read_items(from["first"], page);
    return page;
}

}  // namespace kith::vocab
