#pragma once
#include "base/core/result.hpp"

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace kith::media {

// What the head of a video or sound says, by ffprobe. Empty texts and 0 where it says nothing.
struct RecordingFacts {
    double duration_s = 0;
    std::int64_t bitrate = 0;
    bool has_video = false, has_audio = false;
    bool has_cover = false;    // a picture that belongs to a sound
    bool is_turned = false;    // is to be shown turned
    int width = 0, height = 0;
    std::string video_codec, pixel_format, frame_rate;  // "30000/1001"
    std::string audio_codec, audio_channels;
    int audio_rate = 0, channels = 0;
};

// Of a JSON document of ffprobe's. Code::unprocessable where it is none.
Result<RecordingFacts> read_facts(std::string_view printed);

// Of a file in the folder, read as `demuxer` and nothing else, with bounds. Code::unprocessable for what is
// none, Code::unavailable without ffprobe.
Result<RecordingFacts> probe(const std::filesystem::path& folder, const std::string& file, std::string_view demuxer);

// "30000/1001" as a number; 0 for what is none.
double frames_per_second(std::string_view rate);

// What every run begins with: how the file is read, and by what. Without a network, without other files.
extern const char* const allowed_protocols;
extern const char* const allowed_decoders;

}  // namespace kith::media
