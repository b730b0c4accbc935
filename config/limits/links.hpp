#pragma once
#include <cstddef>
#include <cstdint>

namespace kith::limits {

inline constexpr std::size_t link_page_bytes_max = 1 << 20;       // read of a page
inline constexpr std::int64_t link_timeout_ms = 10'000;           // for a page, and again for its oEmbed
inline constexpr std::int64_t link_jitter_ms = 60'000;            // a peer's post is not followed at once
inline constexpr std::int64_t link_lease_ms = 60'000;
inline constexpr std::int64_t link_poll_ms = 2'000;
inline constexpr std::int64_t link_retry_ms = 300'000;            // where the page's host did not answer
inline constexpr int link_attempts_max = 3;
inline constexpr std::int64_t link_fresh_ms = 14LL * 24 * 3600 * 1000;
inline constexpr std::int64_t empty_link_fresh_ms = 24LL * 3600 * 1000;
inline constexpr int link_readers = 2;                            // threads
inline constexpr std::size_t link_title_characters_max = 300;
inline constexpr std::size_t link_description_characters_max = 500;
inline constexpr std::size_t link_name_characters_max = 100;      // of an author, a site
inline constexpr std::int64_t link_pixels_max = 10'000;           // a side, as a page says it
inline constexpr std::size_t attribution_domains_max = 10;        // as Mastodon

}  // namespace kith::limits
