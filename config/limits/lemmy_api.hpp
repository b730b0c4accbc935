#pragma once
#include <cstddef>
#include <cstdint>

namespace kith::limits {

inline constexpr int lemmy_page = 20;
inline constexpr int lemmy_comments_page_max = 300;
inline constexpr int lemmy_comments_sorted_max = 1'000;   // of a thread, put into order by their votes
inline constexpr int lemmy_page_max = 50;
inline constexpr std::size_t site_text_characters_max = 5'000;
inline constexpr std::size_t tagline_characters_max = 500;
inline constexpr std::size_t taglines_max = 500;
inline constexpr std::size_t blocked_urls_max = 1'000;
inline constexpr std::size_t blocked_url_bytes_max = 500;
inline constexpr std::size_t preference_text_bytes_max = 200;
inline constexpr std::size_t blocked_words_max = 200;       // of a member; each of as many characters at most
inline constexpr std::size_t emoji_alt_characters_max = 500;
inline constexpr std::size_t emoji_keywords_max = 20;
inline constexpr int backup_entries_max = 1'000;            // of each kind, in a backup of a member's settings
inline constexpr int notice_listeners_max = 10'000;         // who is told of one post in a group
inline constexpr int lemmy_log_rounds_max = 5;              // reads of the log, to fill one page of it
inline constexpr int lemmy_unread_counted_max = 1'000;
inline constexpr int import_entries_at_once = 20;
inline constexpr int previews_per_member_max = 30;          // pages asked for before posting, a minute
inline constexpr std::size_t previews_members_max = 10'000;
inline constexpr int lemmy_marks_max = 200;               // posts marked as read at once

inline constexpr int lemmy_v3_page_max = 100;             // by number; cursors go on beyond
inline constexpr int lemmy_v3_walk_page = 50;             // rows read at once to find a numbered page …
inline constexpr int lemmy_v3_walked_max = 2'000;         // … and in all
inline constexpr int lemmy_v3_unread_counted_max = 500;      // by kind

}  // namespace kith::limits
