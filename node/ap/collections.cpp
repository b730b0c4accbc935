#include "node/ap/collections.hpp"

#include "base/json/writer.hpp"

namespace kith::ap {

namespace {

std::string json_text(const std::string& id) {
    json::Writer w;
    w.value(id);
    return w.take();
}

}  // namespace

std::string totals_only(std::string_view id, std::int64_t total) {
    return vocab::write_collection({.id = std::string(id), .total_items = total});
}

std::string group_followers(std::string_view id, std::int64_t total) {
    return vocab::write_collection({.id = std::string(id), .ordered = false, .total_items = total, .items = std::vector<std::string>{}});
}

std::string id_collection(std::string_view id, const std::vector<std::string>& ids, Order order) {
    std::vector<std::string> items;
    items.reserve(ids.size());
    for (const auto& one : ids) items.push_back(json_text(one));
    const auto total = std::int64_t(items.size());
    return vocab::write_collection(
        {.id = std::string(id), .ordered = order == Order::meant, .total_items = total, .items = std::move(items)});
}

std::string object_collection(std::string_view id, std::vector<std::string> objects) {
    const auto total = std::int64_t(objects.size());
    return vocab::write_collection({.id = std::string(id), .total_items = total, .items = std::move(objects)});
}

std::string outbox_page_url(std::string_view id, std::optional<Id> below) {
    auto url = std::string(id) + "?page=true";
    if (below) url += "&max_id=" + std::to_string(*below);
    return url;
}

std::string outbox_collection(std::string_view id, std::int64_t total, std::optional<OutboxItems> inline_items) {
    vocab::CollectionToWrite collection{.id = std::string(id), .total_items = total, .first = outbox_page_url(id, {})};
    if (inline_items) collection.items = std::move(inline_items->items);
    return vocab::write_collection(collection);
}

std::string outbox_page(std::string_view id, std::optional<Id> below, const OutboxItems& page) {
    return vocab::write_collection_page({.id = outbox_page_url(id, below),
                                         .part_of = std::string(id),
                                         .next = page.older_than ? outbox_page_url(id, page.older_than) : std::string(),
                                         .items = page.items});
}

std::string create_of(const Urls& urls, const vocab::Post& post, Id post_id, vocab::Context context) {
    json::Writer object;
    vocab::write_post(object, post, vocab::Context::without);
    return vocab::write_activity({.id = urls.activity(post_id),
                                  .type = "Create",
                                  .actor = post.attributed_to,
                                  .object_json = object.take(),
                                  .to = post.to,
                                  .cc = post.cc,
                                  .audience = post.audience,
                                  .published = post.published,
                                  .terms = vocab::terms_of(post)},
                                 context);
}

}  // namespace kith::ap
