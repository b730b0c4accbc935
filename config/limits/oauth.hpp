#pragma once
#include <cstddef>
#include <cstdint>

namespace kith::limits {

inline constexpr std::size_t app_name_characters_max = 60;
inline constexpr std::size_t app_redirect_bytes_max = 2'000;
inline constexpr std::size_t user_agent_bytes_max = 300;
inline constexpr std::int64_t oauth_code_ms = 10 * 60 * 1000;              // RFC 6749 4.1.2
inline constexpr std::int64_t session_ms = 30LL * 24 * 3600 * 1000;
inline constexpr int sign_in_attempts_max = 10;                            // per address and per account …
inline constexpr std::int64_t sign_in_window_ms = 5 * 60 * 1000;           // … in so long
inline constexpr std::size_t sign_in_tracked_max = 10'000;

inline constexpr int totp_digits = 6;                                      // RFC 6238 with what every app can do
inline constexpr std::int64_t totp_step_s = 30;
inline constexpr int totp_steps_off_max = 1;                               // that a clock may be wrong
inline constexpr std::size_t totp_secret_bytes = 20;                       // RFC 4226 section 4, R6
inline constexpr std::size_t recovery_codes = 10;
inline constexpr std::size_t recovery_code_bytes = 10;                     // 80 bits, 16 characters
inline constexpr std::int64_t pending_sign_in_ms = 10 * 60 * 1000;         // between the password and the code
inline constexpr std::int64_t password_reset_ms = 60 * 60 * 1000;          // how long the mailed link is good
inline constexpr std::int64_t password_reset_pause_ms = 5 * 60 * 1000;     // between two mails to one account
inline constexpr int devices_max = 200;                                    // that the list shows, newest first

}  // namespace kith::limits
