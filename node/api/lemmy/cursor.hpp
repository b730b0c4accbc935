#pragma once
#include "base/json/writer.hpp"
#include "node/api/lemmy/api_context.hpp"
#include "node/community/paging.hpp"
#include "node/http/params.hpp"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// Pages go on behind a place in a list, or back to what is before it: `page_cursor` is a text of this node's that says
// which place, and which way.
namespace kith::lemmy {

// The cursors of the pages beside one.
struct Beside {
    std::optional<std::string> next, prev;
};
// {"items":[…],"next_page","prev_page"}
std::string page_json(const std::function<void(json::Writer&)>& write_items, const Beside&);
void write_beside(json::Writer&, const Beside&);

struct Cursor {
    double rank = 0;
    Id id = 0;
    bool back = false;
};
std::string cursor_text(const Cursor&);
// Of `page_cursor`; nothing without one. Code::invalid for what is none of ours.
Result<std::optional<Cursor>> cursor_of(const http::Params&);

// Of lists that are counted off: which entries a page holds.
struct Stretch {
    int offset = 0, limit = 0;
};
Result<Stretch> stretch_of(const http::Params&, int limit);
Beside beside(const Stretch&, bool more_behind);
// Of entries that were read with one more than the stretch holds: that one is taken off.
template <class Item>
Beside beside(const Stretch& stretch, std::vector<Item>& items) {
    const bool more = int(items.size()) > stretch.limit;
    if (more) items.pop_back();
    return beside(stretch, more);
}

// Of a place that has a rank, with `next` and `prev` of the page's.
template <class Page>
Beside beside_ranked(const Page& page) {
    Beside out;
    if (page.next) out.next = cursor_text({page.next->rank, page.next->id});
    if (page.prev) out.prev = cursor_text({page.prev->rank, page.prev->id, true});
    return out;
}

// Of lists that go by id, newest first. `read(PageRequest)` gives a community::Page.
template <class T>
struct Paged {
    std::vector<T> items;
    Beside beside;
};
template <class T, class Read>
Result<Paged<T>> page_of(const http::Params& params, Read read) {
    auto from = TRY(cursor_of(params));
    const int limit = limit_of(params);
    const auto request = [&](std::optional<Id> max_id, std::optional<Id> min_id, int most) {
        return community::PageRequest{.max_id = max_id, .since_id = {}, .min_id = min_id, .limit = most};
    };
    const auto begins = [&] { return read(request({}, {}, limit)); };
    auto page = TRY(!from ? begins() : from->back ? read(request({}, from->id, limit)) : read(request(from->id, {}, limit)));
    if (from && from->back && !page.prev_min_id) {  // what was before it is gone
        from.reset();
        page = TRY(begins());
    }
    Paged<T> out{.items = std::move(page.items), .beside = {}};
    if (page.next_max_id) out.beside.next = cursor_text({0, *page.next_max_id});
    if (from && (!from->back || TRY(read(request({}, page.prev_min_id, 1))).prev_min_id))
        out.beside.prev = cursor_text({0, page.prev_min_id.value_or(from->id - 1), true});
    return out;
}

}  // namespace kith::lemmy
