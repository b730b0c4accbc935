#pragma once
#include <cstddef>
#include <cstdint>

namespace kith::limits {

inline constexpr std::int64_t inbox_withdrawn_ms = 7LL * 24 * 3600 * 1000;   // an Undo waits for its activity
inline constexpr std::size_t inbox_body_bytes_max = 1 << 20;
inline constexpr std::size_t inbox_farewell_bytes_max = 16 << 10;   // a Delete that is looked into early
inline constexpr int inbox_retry_after_s = 30;                // what 429 and 503 tell
inline constexpr double inbox_per_host_burst = 2'000;         // verified activities of one host
inline constexpr double inbox_per_host_per_second = 200;
inline constexpr double inbox_per_address_burst = 5'000;      // requests, verified or not
inline constexpr double inbox_per_address_per_second = 500;
inline constexpr std::size_t inbox_hosts_max = 16'384;
inline constexpr std::size_t inbox_addresses_max = 16'384;
inline constexpr std::size_t domain_blocks_cached_max = 4'096;   // hosts that were looked up
inline constexpr std::int64_t domain_block_cached_ms = 1'000;
inline constexpr std::size_t refusals_max = 10'000;           // newest lines of the log
inline constexpr double refusal_lines_burst = 1'000;          // more are counted, not written
inline constexpr double refusal_lines_per_second = 20;
inline constexpr std::size_t refusal_field_bytes_max = 500;
inline constexpr int refusals_between_trims = 100;
inline constexpr int inbox_workers = 2;                       // decide; never wait for the network
inline constexpr int inbox_fetchers = 16;                     // threads that may
inline constexpr int inbox_fetchers_per_host_max = 4;         // … for activities of one host
inline constexpr std::size_t inbox_writes_under_way_max = 256;
inline constexpr std::size_t inbox_queued_max = 50'000;       // more wait in the database
inline constexpr std::size_t inbox_bodies_bytes_max = 16 << 20;   // kept parsed; others are read again
inline constexpr int inbox_backlog_page = 1'000;
inline constexpr std::int64_t inbox_retry_delays_ms[] = {60'000, 300'000, 900'000, 3'600'000, 10'800'000, 21'600'000};
inline constexpr std::int64_t inbox_retry_for_ms = 24LL * 3600 * 1000;
inline constexpr std::int64_t inbox_conflict_delay_ms = 20;
inline constexpr int inbox_conflicts_max = 5;                 // races in the database for one activity
inline constexpr std::int64_t inbox_outage_delay_ms = 1'000;  // of the database
inline constexpr std::int64_t inbox_rows_ms = 30LL * 24 * 3600 * 1000;   // replay keys
inline constexpr int inbox_rows_deleted_at_once = 1'000;
inline constexpr int inbox_fetches_max = 100;                 // caused by one activity
inline constexpr int inbox_fetch_timeout_ms = 10'000;
inline constexpr std::int64_t inbox_fetch_total_ms = 60'000;  // of one activity
inline constexpr std::int64_t fetched_documents_cached_ms = 60'000;
inline constexpr std::size_t fetched_documents_cached_max = 512;
inline constexpr std::size_t fetched_document_cached_bytes_max = 32 << 10;   // larger ones are not kept

}  // namespace kith::limits
