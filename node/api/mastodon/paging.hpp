#pragma once
#include "config/limits/mastodon_api.hpp"
#include "config/limits/personal.hpp"
#include "config/urls.hpp"
#include "node/community/paging.hpp"
#include "node/http/exchange.hpp"

#include <optional>
#include <string>

namespace kith::mastodon {

// How many entries a page has: without `limit`, and the most that `limit` may ask for.
struct PageSize {
    int usual, most;
};
inline constexpr PageSize statuses_per_page{limits::statuses_page, limits::statuses_page_max};
inline constexpr PageSize accounts_per_page{limits::accounts_page, limits::accounts_page_max};
inline constexpr PageSize notifications_per_page{limits::notifications_page,
                                                 limits::notifications_page_max};
inline constexpr PageSize unread_per_count{limits::unread_notifications, limits::unread_notifications_max};
inline constexpr PageSize results_per_page{limits::search_page, limits::search_page_max};

int limit_of(const http::Params&, PageSize);

// max_id, since_id, min_id and limit of a request (mastodon-api.md 3.2). A cursor that is no id is
// as absent.
Result<community::PageRequest> page_request(http::Exchange&, PageSize);

// The value of Link (RFC 8288) for a page of this request: absolute URLs with the request's other
// parameters, and no comma but the one between links, because clients split there. Empty where
// there is nothing to link to.
std::string link_header(const http::Exchange&, const Urls&, std::optional<Id> next_max_id,
                        std::optional<Id> prev_min_id);

// The same for what is paged by `offset`: the pages before and, where there is more, behind this one.
void set_offset_link(http::Exchange&, const Urls&, int limit, int offset, bool more);

template <class T>
void set_link(http::Exchange& exchange, const Urls& urls, const community::Page<T>& page) {
    // Of an empty page nothing is newer, but there may be more behind what was hidden.
    auto link = link_header(exchange, urls, page.next_max_id, page.items.empty() ? std::nullopt : page.prev_min_id);
    if (!link.empty()) exchange.set_header("Link", link);
}

}  // namespace kith::mastodon
