#pragma once
#include "config/limits/lemmy_api.hpp"
#include "node/api/lemmy/queries.hpp"
#include "node/community/paging.hpp"
#include "node/http/params.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

// What v3 asks for in other words than v4: capitals, times in the names of orders, pages by number.
namespace kith::lemmy::v3 {

// "ModeratorView" is "moderator_view".
std::string small_words(std::string_view);

// Of `sort` and `type_`: "TopDay" is "top" of the last day. Holds its own texts.
struct Wish {
    std::string sort, type;
    std::optional<std::int64_t> seconds;
    ThreadWish thread() const { return {.sort = sort, .type = type, .seconds = seconds}; }
};
Wish wish_of(const http::Params&, std::string_view type_key = "type_");

// `page`, from 1. Code::invalid beyond limits::lemmy_v3_page_max.
Result<int> page_number(const http::Params&);
// What comes before it.
Result<int> offset_of(const http::Params&, int limit);

// The entries of one numbered page among those that are wanted. Lists here go on from an entry, not from a
// number, and hold several kinds: what comes before is walked through, up to limits::lemmy_v3_walked_max rows.
template <class T, class Fetch, class Wanted>
Result<std::vector<T>> numbered_page(const http::Params& params, Fetch fetch, Wanted wanted) {
    const int limit = limit_of(params);
    int skipped = TRY(offset_of(params, limit));
    community::PageRequest request{.max_id = {}, .since_id = {}, .min_id = {}, .limit = limits::lemmy_v3_walk_page};
    std::vector<T> out;
    for (int walked = 0; walked < limits::lemmy_v3_walked_max; walked += request.limit) {
        auto found = TRY(fetch(request));
        for (auto& item : found.items) {
            if (!wanted(item) || skipped-- > 0) continue;
            out.push_back(std::move(item));
            if (int(out.size()) == limit) return out;
        }
        if (!found.next_max_id) break;
        request.max_id = found.next_max_id;
    }
    return out;
}

}  // namespace kith::lemmy::v3
