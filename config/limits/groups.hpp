#pragma once
#include <cstddef>
#include <cstdint>

namespace kith::limits {

inline constexpr std::size_t moderation_reason_characters_max = 1'000;
inline constexpr std::int64_t ban_seconds_max = 10LL * 366 * 24 * 3600;
inline constexpr std::int64_t remote_notices_max = 20;       // of a group elsewhere to one member, in remote_notices_ms
inline constexpr std::int64_t remote_notices_ms = 24LL * 3600 * 1000;
inline constexpr int ban_posts_max = 1'000;                  // removed with a ban, the newest first
inline constexpr int ban_acts_read_max = 100;                // of one person, back to the end of the ban before
inline constexpr std::size_t group_featured_max = 10;        // posts that a group shows first
inline constexpr std::size_t group_description_bytes_max = 32 * 1024;
inline constexpr int cross_posts_max = 20;                   // that are named beside a thread
inline constexpr int moderation_log_page = 20;
inline constexpr int moderation_log_page_max = 50;
inline constexpr std::size_t remote_moderators_max = 100;
inline constexpr std::size_t group_brief_characters_max = 150;     // as Lemmy has it
inline constexpr std::size_t group_welcome_characters_max = 3'000;
inline constexpr std::size_t group_rules_max = 30;
inline constexpr std::size_t group_rule_characters_max = 1'000;
inline constexpr std::size_t join_questions_max = 5;
inline constexpr std::size_t join_question_characters_max = 300;
inline constexpr std::size_t join_answer_characters_max = 2'000;
inline constexpr std::size_t group_founders_max = 50;
inline constexpr int slow_mode_seconds_max = 7 * 24 * 3600;        // between two posts of one member
inline constexpr std::size_t post_groups_max = 3;                  // that a post of a member may name
inline constexpr int group_threads_page = 20;
inline constexpr int group_threads_page_max = 40;
inline constexpr int folded_shown_max = 100;                       // of a thread, the newest first
inline constexpr std::size_t group_languages_max = 184;            // all that Lemmy numbers
inline constexpr int close_posts_rows = 1'000;                     // of a group that closes, in one transaction
inline constexpr int followers_sent_away_max = 500;                // when a group leaves the federation
inline constexpr std::size_t group_tags_max = 50;
inline constexpr std::size_t post_group_tags_max = 10;
inline constexpr std::size_t group_tag_name_characters_max = 30;
inline constexpr std::size_t group_tag_text_characters_max = 300;
inline constexpr std::int64_t multis_per_member_max = 50;
inline constexpr std::int64_t multi_entries_max = 50;              // as Lemmy has it

inline constexpr std::int64_t time_out_ms_max = 30LL * 24 * 3600 * 1000;     // a ban that ends sooner is called a time-out
inline constexpr std::int64_t proposed_ban_ms = 7LL * 24 * 3600 * 1000;      // until a second moderator agrees
inline constexpr std::int64_t strike_ms = 180LL * 24 * 3600 * 1000;          // how long an act counts
inline constexpr std::size_t group_rule_text_characters_max = 500;           // the rule that an act names
inline constexpr std::size_t appeal_characters_max = 2'000;
inline constexpr std::size_t group_note_characters_max = 2'000;
inline constexpr int group_notes_max = 50;                   // about one person
inline constexpr int ban_proposals_shown_max = 100;
inline constexpr std::size_t auto_rules_max = 50;            // of a group
inline constexpr std::size_t auto_rule_terms_max = 100;
inline constexpr std::size_t auto_rule_term_bytes_max = 100;
inline constexpr int newcomer_days_max = 90;
inline constexpr int newcomer_posts_max = 20;
inline constexpr int auto_rule_trial_posts_max = 2'000;      // that a rule is tried on …
inline constexpr std::int64_t auto_rule_trial_ms = 30LL * 24 * 3600 * 1000;  // … of this time
inline constexpr std::size_t auto_rule_trial_shown_max = 20;
inline constexpr std::size_t judged_links_max = 200;         // of a post
inline constexpr int team_queue_page = 20;
inline constexpr int team_queue_page_max = 50;
inline constexpr int team_reports_counted_max = 1'000;

inline constexpr std::int64_t groups_compared_every_ms = 24LL * 3600 * 1000;   // with all others
inline constexpr int groups_compared_at_once = 500;      // in an hour
inline constexpr int compared_members_max = 1'000;           // of one group, the newest
inline constexpr int common_members_min = 5;                 // below, a likeness might tell who is where
inline constexpr int common_topics_min = 2;
inline constexpr int compared_groups_max = 200;
inline constexpr std::size_t similar_groups_max = 12;
inline constexpr std::int64_t topic_ms = 180LL * 24 * 3600 * 1000;   // how old threads are that make topics
inline constexpr int topic_threads_max = 500;
inline constexpr int topic_people_min = 2;
inline constexpr int group_topics_max = 10;
inline constexpr int common_topics_shown_max = 40;
inline constexpr std::int64_t moderators_unseen_ms = 60LL * 24 * 3600 * 1000;  // then a group needs others
inline constexpr std::size_t help_offer_characters_max = 1'000;
inline constexpr int help_offers_shown_max = 100;
inline constexpr int group_directory_page = 20;
inline constexpr int group_directory_page_max = 50;
inline constexpr int group_directory_offset_max = 10'000;

}  // namespace kith::limits
