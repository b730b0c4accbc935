#include "node/insight/suppression.hpp"

#include <algorithm>
#include <numeric>

namespace kith::insight {

std::vector<bool> hidden_cells(std::span<const std::int64_t> cells) {
    std::vector<std::size_t> smallest_first(cells.size());
    std::iota(smallest_first.begin(), smallest_first.end(), std::size_t{0});
    std::stable_sort(smallest_first.begin(), smallest_first.end(),
                     [&](std::size_t a, std::size_t b) { return cells[a] < cells[b]; });
    std::vector<bool> hidden(cells.size(), false);
    std::size_t count = 0;
    std::int64_t sum = 0;
    for (const std::size_t i : smallest_first) {
        const bool small = !may_show_count(cells[i]);
        const bool gives_away = count == 1 || (count > 0 && !may_show_count(sum));
        if (!small && !gives_away) break;
        hidden[i] = true;
        ++count;
        sum += cells[i];
    }
    return hidden;
}

}  // namespace kith::insight
