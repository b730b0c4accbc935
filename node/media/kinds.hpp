#pragma once
#include <optional>
#include <string_view>

// What files are, by how they begin, whatever anybody calls them.
namespace kith::media {

enum class Family { picture, video, sound };

struct Kind {
    Family family;
    std::string_view type;     // "video/mp4"
    std::string_view ending;   // "mp4"
    std::string_view demuxer;  // ffmpeg's name of the container; of pictures only GIF's
};

// JPEG, PNG, GIF, WebP, AVIF, HEIC; MP4, QuickTime, WebM; MP3, Ogg, FLAC, WAV, M4A, AAC. Nothing for all else,
// playlists and SVG above all. `bytes` need be no more than the first limits::media_head_bytes. A container
// that holds only sound says so by its brand, or is taken for a video.
std::optional<Kind> kind_of(std::string_view bytes);

// Of a picture; "" for all else.
std::string_view picture_type(std::string_view bytes);
// Of a name in the store, by its ending; "" where it is none that is shown.
std::string_view type_of_name(std::string_view name);

}  // namespace kith::media
