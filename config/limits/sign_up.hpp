#pragma once
#include <cstddef>
#include <cstdint>

namespace kith::limits {

inline constexpr std::size_t sign_up_reason_characters_max = 500;
inline constexpr int sign_ups_per_address_max = 5;                     // within the window
inline constexpr int account_mails_per_address_max = 20;                // captchas, and mails asked for, within the window
inline constexpr std::int64_t sign_up_window_ms = 30LL * 60 * 1000;
inline constexpr std::size_t sign_up_addresses_tracked_max = 10'000;
inline constexpr std::int64_t confirmation_pause_ms = 60'000;          // between two mails to one account
inline constexpr std::int64_t ip_blocks_fresh_ms = 10'000;             // how long a process trusts what it knows
inline constexpr std::size_t ip_block_comment_characters_max = 500;
inline constexpr std::int64_t ip_block_seconds_max = 100LL * 365 * 24 * 3600;
inline constexpr std::size_t invites_max = 500;
inline constexpr int bans_lifted_at_once = 100;
inline constexpr std::int64_t bans_looked_at_every_ms = 60'000;
inline constexpr int captcha_letters = 6;
inline constexpr std::int64_t captcha_ms = 10LL * 60 * 1000;
inline constexpr std::int64_t captchas_max = 10'000;                   // that wait for an answer
inline constexpr int invites_per_member_max = 1'000;                   // what an admin may allow
inline constexpr std::int64_t mail_timeout_s = 30;
inline constexpr int admin_blocks_page = 100;
inline constexpr int admin_blocks_page_max = 200;
inline constexpr int admin_accounts_page = 100;
inline constexpr int admin_accounts_page_max = 200;

}  // namespace kith::limits
