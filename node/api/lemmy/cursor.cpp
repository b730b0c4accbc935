#include "node/api/lemmy/cursor.hpp"

#include <algorithm>
#include <bit>
#include <charconv>
#include <cmath>
#include <limits>

namespace kith::lemmy {

namespace {
// Beyond any score, time or id: what is more is none of ours, and no integer.
constexpr double rank_max = 1e16;
}  // namespace

std::string page_json(const std::function<void(json::Writer&)>& write_items, const Beside& pages) {
    json::Writer w;
    w.object().key("items").array();
    write_items(w);
    w.end();
    write_beside(w, pages);
    w.end();
    return w.take();
}

void write_beside(json::Writer& w, const Beside& pages) {
    if (pages.next) w.member("next_page", *pages.next);
    if (pages.prev) w.member("prev_page", *pages.prev);
}

// The rank bit by bit: a decimal number would be another one.
std::string cursor_text(const Cursor& cursor) {
    return (cursor.back ? "-" : "") + std::to_string(std::bit_cast<std::uint64_t>(cursor.rank)) + "_" + std::to_string(cursor.id);
}

Result<std::optional<Cursor>> cursor_of(const http::Params& params) {
    auto text = params.get_or("page_cursor", "");
    if (text.empty()) return std::optional<Cursor>{};
    const bool back = text.front() == '-';
    if (back) text.remove_prefix(1);
    std::uint64_t bits = 0;
    Id id = 0;
    const auto* end = text.data() + text.size();
    const auto first = std::from_chars(text.data(), end, bits);
    const bool split = first.ec == std::errc() && first.ptr != end && *first.ptr == '_';
    const auto second = split ? std::from_chars(first.ptr + 1, end, id) : std::from_chars_result{end, std::errc::invalid_argument};
    const auto rank = std::bit_cast<double>(bits);
    if (second.ec != std::errc() || second.ptr != end || id < 0 || id > (Id(1) << 53) || !std::isfinite(rank) || std::abs(rank) > rank_max)
        return fail(Code::invalid, "The page cursor is none of this node's");
    return std::optional(Cursor{rank, id, back});
}

Result<Stretch> stretch_of(const http::Params& params, int limit) {
    const auto from = TRY(cursor_of(params));
    const int at = from ? int(std::clamp<Id>(from->id, 0, std::numeric_limits<int>::max() / 2)) : 0;
    if (!from || !from->back) return Stretch{at, limit};
    const int begin = std::max(at - limit, 0);
    return Stretch{begin, at > begin ? at - begin : limit};
}

Beside beside(const Stretch& stretch, bool more_behind) {
    Beside out;
    if (more_behind) out.next = cursor_text({0, stretch.offset + stretch.limit});
    if (stretch.offset > 0) out.prev = cursor_text({0, stretch.offset, true});
    return out;
}

}  // namespace kith::lemmy
