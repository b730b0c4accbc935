#pragma once

namespace kith::limits {

inline constexpr int figure_days_max = 366;              // of one question
inline constexpr int figure_keys_max = 20;
inline constexpr int ranking_page = 10;
inline constexpr int ranking_page_max = 100;
inline constexpr int cohort_periods_max = 62;
inline constexpr int cohort_rows_max = 500'000;          // sign-ups and active days, read for one question
inline constexpr int activity_weeks = 12;

}  // namespace kith::limits
