#pragma once
#include <cstddef>
#include <cstdint>

namespace kith::limits {

// Of collections of accounts (Mastodon: client/collections).
inline constexpr std::int64_t collections_max = 10;          // of one member
inline constexpr std::int64_t collection_items_max = 25;     // accounts in one
inline constexpr std::size_t collection_name_characters_max = 40;
inline constexpr std::size_t collection_description_characters_max = 100;
inline constexpr std::size_t collection_faces_max = 4;       // accounts that a list of collections shows of each
inline constexpr std::size_t linked_collections_max = 5;     // that are shown with a post
inline constexpr std::size_t reported_collections_max = 10;  // in one report

// Of annual reports.
inline constexpr int report_first_year = 2018;               // ids begin in the autumn before
inline constexpr int report_month = 12;                      // of the running year, from this day on
inline constexpr int report_day = 10;
inline constexpr std::int64_t report_lurker_below = 52;      // posts of a year: one a week
inline constexpr int report_tags = 1;

}  // namespace kith::limits
