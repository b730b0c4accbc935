#include "config/suggest.hpp"

#include <algorithm>
#include <numeric>
#include <vector>

namespace kith::config {

namespace {

// Levenshtein's distance, one row at a time.
std::size_t distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 0; i < a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i + 1;
        for (std::size_t j = 0; j < b.size(); ++j) {
            const std::size_t replaced = diagonal + (a[i] != b[j]);
            diagonal = row[j + 1];
            row[j + 1] = std::min({replaced, diagonal + 1, row[j] + 1});
        }
    }
    return row.back();
}

std::string_view last_part(std::string_view name) { return name.substr(name.rfind('.') + 1); }

}  // namespace

std::string suggestion(std::string_view written, std::span<const std::string_view> known) {
    constexpr std::size_t written_length_max = 100;
    if (written.size() > written_length_max) return {};
    const std::size_t near = std::max<std::size_t>(2, written.size() / 5);
    std::string_view best;
    std::size_t best_distance = near + 1;
    for (const auto name : known) {
        const std::size_t here =
            last_part(name) == last_part(written) ? near : distance(written, name);
        if (here >= best_distance) continue;
        best = name;
        best_distance = here;
    }
    return best.empty() ? std::string() : "; did you mean " + std::string(best) + "?";
}

}  // namespace kith::config
