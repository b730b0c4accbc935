#include "node/api/lemmy_v3/words.hpp"

#include "config/limits/lemmy_api.hpp"

#include <algorithm>
#include <array>

namespace kith::lemmy::v3 {

namespace {

constexpr std::int64_t hour_s = 3600, day_s = 24 * hour_s;
struct Window {
    std::string_view name;
    std::int64_t seconds;
};
constexpr std::array<Window, 10> windows{{{"top_hour", hour_s},
                                          {"top_six_hour", 6 * hour_s},
                                          {"top_twelve_hour", 12 * hour_s},
                                          {"top_day", day_s},
                                          {"top_week", 7 * day_s},
                                          {"top_month", 30 * day_s},
                                          {"top_three_months", 91 * day_s},
                                          {"top_six_months", 182 * day_s},
                                          {"top_nine_months", 274 * day_s},
                                          {"top_year", 365 * day_s}}};

}  // namespace

std::string small_words(std::string_view text) {
    std::string out;
    for (const char c : text) {
        const bool capital = c >= 'A' && c <= 'Z';
        if (capital && !out.empty()) out += '_';
        out += capital ? char(c - 'A' + 'a') : c;
    }
    return out;
}

Wish wish_of(const http::Params& params, std::string_view type_key) {
    Wish wish{.sort = small_words(params.get_or("sort", "Active")), .type = small_words(params.get_or(type_key, "All")), .seconds = {}};
    const auto window = std::find_if(windows.begin(), windows.end(), [&](const auto& each) { return each.name == wish.sort; });
    if (window != windows.end()) wish.seconds = window->seconds;
    if (window != windows.end() || wish.sort == "top_all") wish.sort = "top";
    return wish;
}

Result<int> page_number(const http::Params& params) {
    const auto asked = params.integer("page").value_or(1);
    if (asked > limits::lemmy_v3_page_max) return fail(Code::invalid, "page is beyond those that are given");
    return int(std::max<std::int64_t>(asked, 1));
}

Result<int> offset_of(const http::Params& params, int limit) { return (TRY(page_number(params)) - 1) * limit; }

}  // namespace kith::lemmy::v3
