#pragma once
#include "base/core/random.hpp"
#include "base/core/result.hpp"
#include "node/media/kinds.hpp"
#include "storage/blob/blob_store.hpp"

#include <filesystem>
#include <semaphore>
#include <string>
#include <string_view>
#include <type_traits>

namespace kith::media {

// A file in the store.
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
struct StoredPreview {
    Stored preview;
    std::string blurhash;
};

struct PictureFacts {
    int width = 0, height = 0;
    std::string blurhash;
};

// A new name with this ending: nobody can guess it.
std::string new_name(Random&, std::string_view ending);
// Such a name, by what stands behind its folder.
std::string name_of(std::string_view file);

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
    // Only the small one, for what has another original.
    Result<StoredPreview> take_preview(std::string_view bytes);
    // Keeps nothing.
    Result<PictureFacts> look_at(std::string_view bytes);
    // Whether it has more than one frame.
    Result<bool> moves(std::string_view bytes);

private:
    // What `work` makes of the folder in which the bytes lie as "input", once there is a turn for it.
    template <class Work>
    auto in_folder(std::string_view bytes, Work work) -> std::invoke_result_t<Work, const std::filesystem::path&>;
    Result<Stored> keep(const std::filesystem::path& file, std::string_view ending, int width, int height);

    blob::BlobStore& store_;
    Random& random_;
    const std::filesystem::path scratch_;
    std::counting_semaphore<> tools_{tools_at_once()};
    static std::ptrdiff_t tools_at_once();
};

}  // namespace kith::media
