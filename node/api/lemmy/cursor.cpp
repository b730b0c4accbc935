#include "node/api/lemmy/cursor.hpp"

#include "node/api/lemmy/api_context.hpp"

#include <algorithm>
#include <bit>
#include <charconv>
#include <cmath>
#include <limits>

namespace kith::lemmy {

std::string page_json(const std::function<void(json::Writer&)>& write_items, const std::optional<std::string>& next) {
    json::Writer w;
    w.object().key("items").array();
    write_items(w);
    w.end();
    if (next) w.member("next_page", *next);
    w.end();
    return w.take();
}

// The rank bit by bit: a decimal number would be another one.
std::string cursor_text(const Cursor& cursor) {
    return std::to_string(std::bit_cast<std::uint64_t>(cursor.rank)) + "_" + std::to_string(cursor.id);
}

Result<std::optional<Cursor>> cursor_of(const http::Params& params) {
    const auto text = params.get_or("page_cursor", "");
    if (text.empty()) return std::optional<Cursor>{};
    std::uint64_t bits = 0;
    Id id = 0;
    const auto* end = text.data() + text.size();
    const auto first = std::from_chars(text.data(), end, bits);
    const bool split = first.ec == std::errc() && first.ptr != end && *first.ptr == '_';
    const auto second = split ? std::from_chars(first.ptr + 1, end, id) : std::from_chars_result{end, std::errc::invalid_argument};
    const auto rank = std::bit_cast<double>(bits);
    if (second.ec != std::errc() || second.ptr != end || id < 0 || id > (Id(1) << 53) || !std::isfinite(rank) || std::abs(rank) > 1e300)
        return fail(Code::invalid, "The page cursor is none of this node's");
    return std::optional(Cursor{rank, id});
}

Result<int> offset_of(const http::Params& params) {
    const auto from = TRY(cursor_of(params));
    return from ? int(std::clamp<Id>(from->id, 0, std::numeric_limits<int>::max() / 2)) : 0;
}

Result<community::PageRequest> page_request_of(const http::Params& params) {
    community::PageRequest request{.limit = limit_of(params)};
    if (const auto from = TRY(cursor_of(params))) request.max_id = from->id;
    return request;
}

}  // namespace kith::lemmy
