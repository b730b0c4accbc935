#pragma once
#include <cstddef>
#include <cstdint>

namespace kith::limits {

inline constexpr std::size_t import_bytes_max = 64 << 20;   // of an event file, unpacked
inline constexpr std::size_t import_lines_max = 500'000;
inline constexpr std::size_t import_line_bytes_max = 1'024;
inline constexpr std::size_t import_name_bytes_max = 64;    // of an actor or object in an event file
inline constexpr double import_hours_max = 876'600;         // since t0: a hundred years
inline constexpr std::int64_t import_unix_seconds_max = 4'102'444'800;   // 2100-01-01
inline constexpr int insight_batch_rows = 200;              // events projected in one transaction
inline constexpr std::int64_t insight_lease_ms = 60 * 1000;
inline constexpr std::int64_t insight_poll_ms = 2'000;
inline constexpr std::size_t insight_json_rows_max = 1'000;   // of each list in a report
inline constexpr std::size_t insight_text_rows_max = 20;

}  // namespace kith::limits
