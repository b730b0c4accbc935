#pragma once
#include "base/json/writer.hpp"
#include "node/community/paging.hpp"
#include "node/http/params.hpp"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kith::lemmy {

// {"items":[…],"next_page"}: where to go on, as a text that only this node understands.
std::string page_json(const std::function<void(json::Writer&)>& write_items, const std::optional<std::string>& next);

struct Cursor {
    double rank = 0;
    Id id = 0;
};
std::string cursor_text(const Cursor&);
// Of `page_cursor`; nothing without one. Code::invalid for what is none of ours.
Result<std::optional<Cursor>> cursor_of(const http::Params&);

// Of pages of what is counted off: where the page begins, and where the next does after a full one.
Result<int> offset_of(const http::Params&);
template <class Item>
std::optional<std::string> next_of(const std::vector<Item>& items, int offset, int limit) {
    return int(items.size()) == limit ? std::optional(cursor_text({0, offset + limit})) : std::nullopt;
}

// Of pages that go by id alone.
Result<community::PageRequest> page_request_of(const http::Params&);
template <class T>
std::optional<std::string> next_of(const community::Page<T>& page) {
    return page.next_max_id ? std::optional(cursor_text({0, *page.next_max_id})) : std::nullopt;
}

}  // namespace kith::lemmy
