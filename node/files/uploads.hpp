#pragma once
#include "base/core/thread.hpp"
#include "node/community/media.hpp"
#include "node/media/pictures.hpp"
#include "node/media/recordings.hpp"
#include "storage/blob/blob_store.hpp"

#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <string_view>

namespace kith::files {

struct UploadsParts {
    community::Context& context;
    blob::BlobStore& store;
    media::Pictures& pictures;
    media::Recordings* recordings = nullptr;  // nothing: neither video nor sound is taken
};

// Takes in what members upload. Small pictures are made at once; video, sound, pictures that move and large
// ones are kept as they came and made one after the other on a thread of its own, also after a restart.
class Uploads {
public:
    explicit Uploads(UploadsParts parts) : parts_(parts) {}
    ~Uploads() { stop(); }

    Result<> start();
    void stop();

    struct File {
        std::string_view bytes;
        std::string_view thumbnail;  // of a video or sound; empty: one is made
    };
    // `when_done`: the answer waits for the file, at most limits::media_wait_ms; else it may be on its way.
    enum class Answer { when_done, at_once };
    // Code::unprocessable, with what is wrong, for what is none of the kinds or beyond a bound.
    Result<community::OwnPicture> take(Id owner, const File&, const community::PictureText&, Answer);
    // A still for a video or sound that hangs on no post yet.
    Result<> set_thumbnail(Id owner, Id upload, std::string_view picture);

    bool takes_recordings() const { return parts_.recordings != nullptr; }

private:
    Result<community::OwnPicture> take_picture(Id owner, std::string_view bytes, const community::PictureText&);
    Result<community::OwnPicture> queue(Id owner, const File&, const std::string& type, const community::PictureText&);
    Result<community::OwnPicture> wait_for(Id owner, Id upload);
    void run();
    Result<bool> step();
    Result<community::KeptPicture> make(const repo::Upload&);
    Result<> close(const repo::WaitingUpload&, const Result<community::KeptPicture>&);

    const UploadsParts parts_;
    std::mutex mutex_;
    std::condition_variable changed_, done_;
    std::uint64_t news_ = 0, finished_ = 0;
    bool stopping_ = false;
    Thread thread_;
};

}  // namespace kith::files
