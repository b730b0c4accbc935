#pragma once
#include "base/core/random.hpp"
#include "base/core/result.hpp"
#include "storage/blob/blob_store.hpp"

#include <filesystem>
#include <semaphore>
#include <string>
#include <string_view>

namespace kith::media {

// A picture in the store.
struct Stored {
    std::string name;        // in the store
    std::string media_type;
    int width = 0, height = 0;
    std::size_t bytes = 0;
};

struct StoredPicture {
    Stored original, preview;
    std::string blurhash;
};

// What the bytes are by how they begin, whatever a client calls them: JPEG, PNG, GIF, WebP, AVIF or
// HEIC; "" for all else.
std::string_view picture_type(std::string_view bytes);
// Of a name in the store, by its ending; "" where it is none of ours.
std::string_view type_of_name(std::string_view name);

// Takes pictures in: looks at their size before anything is decoded, decodes them in a child process
// with bounds (libvips' own tools), and keeps what was encoded anew: turned upright, in sRGB, without
// metadata. Thread-safe; at most limits::media_tools_at_once at a time, others wait.
class Pictures {
public:
    Pictures(blob::BlobStore& store, Random& random, std::filesystem::path scratch)
        : store_(store), random_(random), scratch_(std::move(scratch)) {}

    // Code::unprocessable for what is no picture, or one that is too large; then nothing is kept.
    Result<StoredPicture> take(std::string_view bytes);
    // Cut to fill this size (avatars, headers).
    Result<Stored> take_cut(std::string_view bytes, int width, int height);

private:
    class Folder;
    Result<Stored> keep(const std::filesystem::path& file, std::string_view ending, int width, int height);

    blob::BlobStore& store_;
    Random& random_;
    const std::filesystem::path scratch_;
    std::counting_semaphore<> tools_{tools_at_once()};
    static std::ptrdiff_t tools_at_once();
};

}  // namespace kith::media
