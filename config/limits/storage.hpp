#pragma once
#include <cstddef>
#include <cstdint>

namespace kith::limits {

inline constexpr std::size_t sql_statements_cached_max = 256;       // per connection
inline constexpr std::size_t sql_result_text_bytes_max = 256 << 20;   // of one query, all cells
inline constexpr std::size_t sql_writes_waiting_max = 10'000;
inline constexpr int sqlite_busy_timeout_ms = 5'000;                // for another process's commit
inline constexpr int sqlite_writer_cache_kib = 8'192;
inline constexpr int sqlite_reader_cache_kib = 2'048;
inline constexpr std::size_t sqlite_mmap_bytes_max = 64 << 20;      // per read connection
inline constexpr std::size_t sqlite_journal_bytes_max = 64 << 20;   // what a checkpoint leaves of the WAL
inline constexpr int sqlite_checkpoint_pages = 1'000;       // in the WAL, before the checkpointer begins
inline constexpr int sqlite_wal_pages_max = 16'000;         // then the writer does it: 64 MB
inline constexpr int sqlite_growth_bytes = 1 << 20;         // of the file at a time
inline constexpr int postgres_connect_timeout_s = 5;
inline constexpr int postgres_statement_timeout_ms = 60'000;        // migrations are free of it
inline constexpr int postgres_attempts_max = 10;                    // of one closure
inline constexpr int postgres_retry_delay_ms_max = 200;

}  // namespace kith::limits
