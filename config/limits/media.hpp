#pragma once
#include <cstddef>
#include <cstdint>

namespace kith::limits {

inline constexpr std::size_t media_bytes_max = 16 << 20;              // of one picture that is uploaded
inline constexpr std::size_t media_body_bytes_max = 36 << 20;         // of a request with two of them
inline constexpr std::int64_t media_pixels_max = 7'680LL * 4'320;     // width × height × frames; more is not decoded
inline constexpr std::int64_t media_kept_pixels_max = 3'840LL * 2'160;   // a larger one is made smaller
inline constexpr std::int64_t media_preview_pixels_max = 640LL * 360;
inline constexpr int media_avatar_side = 400;
inline constexpr int media_header_width = 1'500, media_header_height = 500;
inline constexpr int media_tool_seconds_max = 30;                     // of one run of the picture tool
inline constexpr std::uint64_t media_tool_memory_bytes_max = 2ull << 30;
inline constexpr int media_tools_at_once = 2;
inline constexpr std::size_t media_per_post_max = 4;
inline constexpr std::size_t media_description_characters_max = 1'500;
inline constexpr std::int64_t media_unattached_ms = 24LL * 3600 * 1000;
inline constexpr std::int64_t media_orphan_ms = 3600LL * 1000;        // a file that nothing names lives so long
inline constexpr int media_sweep_rows = 500;
inline constexpr int blurhash_side = 32;                              // pixels that a blurhash is made of

}  // namespace kith::limits
