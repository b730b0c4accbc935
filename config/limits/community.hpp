#pragma once
#include <cstddef>
#include <cstdint>

namespace kith::limits {

inline constexpr std::size_t username_characters_max = 30;
inline constexpr std::size_t display_name_characters_max = 100;
inline constexpr std::size_t note_characters_max = 5'000;
inline constexpr std::size_t profile_fields_max = 8;
inline constexpr std::size_t profile_field_characters_max = 255;
inline constexpr std::size_t password_characters_min = 8;
inline constexpr std::size_t post_summary_characters_max = 500;
inline constexpr std::size_t post_url_characters = 23;       // what a URL counts for, however long it is
inline constexpr std::size_t post_uncounted_factor = 4;      // so much longer a text may be by its URLs and hosts
inline constexpr std::size_t post_title_characters_max = 200;
inline constexpr std::size_t post_mentions_max = 100;
inline constexpr std::size_t post_tags_max = 100;
inline constexpr std::size_t post_attachments_max = 32;     // of a remote post; more are left out
inline constexpr std::size_t post_poll_options_max = 32;
inline constexpr std::size_t post_content_bytes_max = 1 << 19;   // sanitised HTML
inline constexpr std::size_t tag_bytes_max = 200;
inline constexpr int pins_max = 20;
inline constexpr int home_rows_max = 800;
inline constexpr int home_fan_out_rows_max = 500;           // in the post's own transaction; the rest is a job
inline constexpr int edit_told_max = 500;              // boosters here who are told of an edit
inline constexpr std::int64_t home_unseen_ms = 14LL * 24 * 3600 * 1000;
inline constexpr int home_repeat_entries = 40;              // a post is not shown again within so many
inline constexpr int page_rounds_max = 5;                   // of filling up a page that filters made short
inline constexpr int thread_rows_max = 4'096;
inline constexpr std::size_t thread_fetch_depth_max = 50;   // unknown parents fetched for one reply
inline constexpr std::size_t thread_ancestors_for_nobody_max = 40;
inline constexpr std::size_t thread_descendants_for_nobody_max = 60;
inline constexpr int groups_on_front_page_max = 50;
inline constexpr std::int64_t key_pool_min = 4;             // pairs of each kind, ready for new people and groups
inline constexpr int home_rows_slack = 200;                 // over home_rows_max before a home is cut
inline constexpr int trim_batch_rows = 1'000;
inline constexpr std::int64_t event_days = 30;
inline constexpr std::int64_t idempotency_ms = 3600LL * 1000;
inline constexpr int severed_per_write_max = 100;   // follows that a suspension ends, in one transaction
inline constexpr int severed_names_max = 1'000;     // that a member is told at once
inline constexpr std::size_t featured_tags_max = 10;        // on one profile
inline constexpr int remote_pins_max = 20;   // of an actor elsewhere; one more replaces the oldest

}  // namespace kith::limits
