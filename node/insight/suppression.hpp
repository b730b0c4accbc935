#pragma once
#include <cstdint>
#include <span>
#include <vector>

// What may be shown to everyone: no number that tells of fewer than five people, neither directly
// nor by subtraction from what stands beside it.
namespace kith::insight {

inline constexpr std::int64_t min_cell = 5;

// Operators see their own group's small numbers, everyone sees large ones only.
enum class View { operators, everyone };

inline bool may_show_count(std::int64_t people) { return people >= min_cell; }

// k of n people: those in, those out, and all of them are enough.
inline bool may_show_share(std::int64_t k, std::int64_t n) {
    return k >= min_cell && n - k >= min_cell;
}

// Which cells of a row to hide whose total is shown: the small ones, and further ones, smallest
// first, until what is hidden can no longer be told from the total. One entry a cell.
std::vector<bool> hidden_cells(std::span<const std::int64_t> cells);

}  // namespace kith::insight
