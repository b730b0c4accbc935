#pragma once
#include <cstddef>
#include <cstdint>

namespace kith::limits {

inline constexpr std::size_t remote_name_characters_max = 200;
inline constexpr std::size_t remote_profile_fields_max = 32;
inline constexpr std::size_t keys_cached_max = 16'384;        // public keys, parsed
inline constexpr std::size_t private_keys_cached_max = 1'024;
inline constexpr std::int64_t key_cached_ms = 3600LL * 1000;  // then read anew from the database
inline constexpr std::size_t key_urls_remembered_max = 16'384;   // what came of fetching them
inline constexpr std::int64_t key_failure_ms = 5LL * 60 * 1000;  // a key that is not there stays so
inline constexpr std::int64_t key_outage_ms = 30LL * 1000;       // … one whose host did not answer
inline constexpr std::int64_t key_refresh_interval_ms = 5LL * 60 * 1000;
inline constexpr int key_fetch_timeout_ms = 8'000;            // of one of its at most four exchanges
inline constexpr int key_wait_timeout_ms = 9'000;             // of a thread that needs the key
inline constexpr int key_waiting_threads_per_host_max = 2;
inline constexpr std::size_t key_fetches_under_way_max = 256;
inline constexpr double key_fetches_per_host_burst = 60;
inline constexpr double key_fetches_per_host_per_second = 1;
inline constexpr std::size_t key_hosts_max = 4'096;
inline constexpr int key_threads = 2;
inline constexpr int signed_attempts_max = 3;                 // of one request, in other flavours
inline constexpr std::size_t peer_flavours_cached_max = 16'384;
inline constexpr std::int64_t peer_flavour_cached_ms = 10LL * 60 * 1000;   // then read anew
inline constexpr std::int64_t peer_flavour_unknown_ms = 5LL * 1000;        // … where nothing is known
inline constexpr std::int64_t retired_key_days = 30;   // as long as activities that it proved are kept

}  // namespace kith::limits
