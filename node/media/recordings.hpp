#pragma once
#include "node/media/pictures.hpp"

#include <filesystem>
#include <semaphore>
#include <string>
#include <string_view>

namespace kith::media {

// A video or a sound as it is kept, and what is known of it.
struct StoredRecording {
    Stored original;          // MP4 (H.264, AAC), or MP3 or M4A of a sound
    Stored preview;           // a still, or the picture that a sound brought; no name: none
    std::string blurhash;
    double duration_s = 0;
    bool is_gif = false;      // a video without sound that came as a picture
    std::string frame_rate;   // "30000/1001"
    std::int64_t bitrate = 0; // bits per second
    std::string audio_codec, audio_channels;  // "aac", "stereo"; empty: silent
    int audio_rate = 0;       // Hz
};

// Takes videos and sounds in, by ffmpeg in a child process with bounds: the file is read as what its first
// bytes say and as nothing else, no other file and no network is opened, only known decoders run, and what
// is kept was written anew, without metadata. Thread-safe.
class Recordings {
public:
    Recordings(blob::BlobStore& store, Random& random, Pictures& pictures, std::filesystem::path scratch);

    // Ends what runs, with Code::unavailable, and what is begun afterwards. Any thread.
    void stop();

    // Whether ffmpeg and ffprobe are there. That they can write what is kept is taken for granted: Debian's can.
    static bool installed();

    // Looks at the head alone, before anything is kept: errors as of take().
    Result<> check(std::string_view bytes);
    // `source` is a name in the store. `still`: whether one is wanted. Code::unprocessable, with what is
    // wrong, for what is no such file or is beyond a bound; then nothing is kept.
    Result<StoredRecording> take(const std::string& source, bool still);

private:
    blob::BlobStore& store_;
    Random& random_;
    Pictures& pictures_;
    const std::filesystem::path scratch_;
    const Descriptor stop_;  // readable once stop() was called
    std::counting_semaphore<> looks_{looks_at_once()};
    static std::ptrdiff_t looks_at_once();
};

}  // namespace kith::media
