#pragma once
#include <cstddef>
#include <cstdint>

namespace kith::limits {

inline constexpr std::size_t media_bytes_max = 16 << 20;              // of one picture that is uploaded
inline constexpr std::size_t recording_bytes_max = 48 << 20;          // of one video or sound that is uploaded
inline constexpr std::size_t media_body_bytes_max = 66 << 20;         // of a request with a recording and a picture
inline constexpr std::int64_t media_pixels_max = 7'680LL * 4'320;     // width × height × frames; more is not decoded
inline constexpr std::int64_t media_kept_pixels_max = 3'840LL * 2'160;   // a larger one is made smaller
inline constexpr std::int64_t media_preview_pixels_max = 640LL * 360;
inline constexpr int media_avatar_side = 400;
inline constexpr int media_header_width = 1'500, media_header_height = 500;
inline constexpr int media_tool_seconds_max = 30;                     // of one run of the picture tool
inline constexpr std::uint64_t media_tool_memory_bytes_max = 2ull << 30;
inline constexpr int media_tools_at_once = 2;
inline constexpr std::size_t media_at_once_bytes_max = 2 << 20;       // a larger picture is made after the answer
inline constexpr std::size_t media_per_post_max = 4;
inline constexpr std::size_t media_description_characters_max = 1'500;
inline constexpr std::int64_t media_unattached_ms = 24LL * 3600 * 1000;
inline constexpr std::int64_t media_uploads_max = 1'000;              // that one member keeps without a post
inline constexpr std::int64_t media_kept_ms = 100LL * 366 * 24 * 3600 * 1000;   // of those: until they are deleted
inline constexpr std::int64_t media_orphan_ms = 3600LL * 1000;        // a file that nothing names lives so long
inline constexpr int media_sweep_rows = 500;
inline constexpr int blurhash_side = 32;                              // pixels that a blurhash is made of

inline constexpr double video_seconds_max = 600, sound_seconds_max = 3'600;
inline constexpr std::int64_t video_pixels_max = 3'840LL * 2'160;     // of one frame; larger is not decoded
inline constexpr std::int64_t video_kept_side_max = 1'920;            // the longer one; a larger one is made smaller
inline constexpr double video_frame_rate_max = 120, video_kept_frame_rate_max = 60;
inline constexpr std::int64_t video_bits_per_second_max = 3'000'000;  // that is written
inline constexpr std::uint64_t recording_kept_bytes_max = 64 << 20;
inline constexpr int recording_tool_seconds_max = 900;                // of one run of ffmpeg, and of one core
inline constexpr int recording_look_seconds_max = 20;                 // the same, of looking at a file's head
inline constexpr std::uint64_t recording_tool_memory_bytes_max = 3ull << 30;
inline constexpr std::int64_t upload_lease_ms = 2 * 3600LL * 1000;
inline constexpr std::int64_t upload_poll_ms = 5'000;
inline constexpr std::int64_t upload_retry_ms = 60'000;
inline constexpr int upload_attempts_max = 3;
inline constexpr std::int64_t uploads_waiting_max = 8;                // of one member, to be made
inline constexpr std::int64_t media_wait_ms = 20'000;                 // that an answer waits for its file

inline constexpr std::size_t remote_file_bytes_max = 100 << 20;
inline constexpr std::int64_t remote_file_timeout_ms = 120'000;
inline constexpr std::int64_t remote_file_wait_ms = 20'000;          // of whoever cannot be parked
inline constexpr std::int64_t remote_file_absent_ms = 3600LL * 1000;  // what was not there is not asked for
inline constexpr std::int64_t remote_file_retry_ms = 60'000;          // where its host did not answer
inline constexpr std::int64_t remote_file_known_ms = 3600LL * 1000;   // that the file is here is remembered
inline constexpr std::size_t remote_files_known_max = 20'000;
inline constexpr std::size_t remote_requests_waiting_max = 128;       // in the front
inline constexpr std::size_t remote_files_under_way_max = 256;
inline constexpr int remote_file_threads = 2;
inline constexpr std::int64_t remote_file_used_ms = 24LL * 3600 * 1000;  // how exactly it is known when
inline constexpr std::int64_t media_cache_days_max = 3'650;
inline constexpr int captcha_width = 240;   // px
inline constexpr int captcha_height = 80;

}  // namespace kith::limits
