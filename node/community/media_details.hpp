#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace kith::community {

// What is known of a file beyond what every attachment has; kept as JSON (model::Attachment::details).
struct MediaDetails {
    bool is_gif = false;        // a video that came as a picture that moves
    std::int64_t small_width = 0, small_height = 0;  // of the preview
    std::string frame_rate;     // "30000/1001"
    std::int64_t bitrate = 0;   // bits per second
    std::string audio_codec, audio_channels;
    std::int64_t audio_rate = 0;  // Hz
};

std::string details_text(const MediaDetails&);
// Nothing where there is no such text.
MediaDetails read_details(std::string_view);

}  // namespace kith::community
