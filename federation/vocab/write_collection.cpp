#include <algorithm>

#include "federation/vocab/contexts.hpp"
#include "federation/vocab/write_parts.hpp"

namespace kith::vocab {
namespace {

// Ids need no terms of ours; posts embedded in a page do.
std::string_view context_for(const std::vector<std::string>& items) {
    const bool embedded =
        std::ranges::any_of(items, [](const std::string& item) { return item.starts_with('{'); });
    return embedded ? post_context : plain_context;
}

void write_items(json::Writer& w, bool ordered, const std::vector<std::string>& items) {
    w.key(ordered ? "orderedItems" : "items").array();
    for (const auto& item : items) w.raw(item);
    w.end();
}

}  // namespace

std::string write_collection(const CollectionToWrite& collection) {
    json::Writer w;
    w.object();
    write_context(w, Context::with,
                  collection.items ? context_for(*collection.items) : plain_context);
    w.member("id", collection.id);
    w.member("type", collection.ordered ? "OrderedCollection" : "Collection");
    w.member("totalItems", collection.total_items);
    w.member_unless_empty("first", collection.first);
    w.member_unless_empty("last", collection.last);
    if (collection.items) write_items(w, collection.ordered, *collection.items);
    w.end();
    return w.take();
}

std::string write_collection_page(const PageToWrite& page) {
    json::Writer w;
    w.object();
    write_context(w, Context::with, context_for(page.items));
    w.member("id", page.id);
    w.member("type", page.ordered ? "OrderedCollectionPage" : "CollectionPage");
    w.member_unless_empty("partOf", page.part_of);
    if (page.total_items) w.member("totalItems", *page.total_items);
    w.member_unless_empty("next", page.next);
    w.member_unless_empty("prev", page.prev);
    write_items(w, page.ordered, page.items);
    w.end();
    return w.take();
}

}  // namespace kith::vocab
