#include "node/files/uploads.hpp"

#include "base/core/log.hpp"
#include "config/limits/media.hpp"
#include "node/community/media_details.hpp"

namespace kith::files {

using community::KeptFile;
using community::KeptPicture;
using community::OwnPicture;
using community::PictureText;
using sql::Tx;

namespace {

constexpr std::string_view source_ending = "upload";  // no type: it is never shown

Failure refused(std::string what) { return fail(Code::unprocessable, "Validation failed: File " + std::move(what)); }

KeptFile kept(const media::Stored& stored) { return {stored.name, stored.bytes}; }

KeptPicture kept_picture(const media::StoredPicture& stored) {
    const auto& small = stored.preview;
    return {.original = kept(stored.original),
            .preview = kept(small),
            .media_type = stored.original.media_type,
            .blurhash = stored.blurhash,
            .width = stored.original.width,
            .height = stored.original.height,
            .duration_s = {},
            .details = community::details_text(
                {.small_width = small.width, .small_height = small.height, .frame_rate = {}, .audio_codec = {},
                 .audio_channels = {}})};
}

KeptPicture kept_recording(const media::StoredRecording& stored) {
    return {.original = kept(stored.original),
            .preview = kept(stored.preview),
            .media_type = stored.original.media_type,
            .blurhash = stored.blurhash,
            .width = stored.original.width,
            .height = stored.original.height,
            .duration_s = stored.duration_s,
            .details = community::details_text({.is_gif = stored.is_gif,
                                                .small_width = stored.preview.width,
                                                .small_height = stored.preview.height,
                                                .frame_rate = stored.frame_rate,
                                                .bitrate = stored.bitrate,
                                                .audio_codec = stored.audio_codec,
                                                .audio_channels = stored.audio_channels,
                                                .audio_rate = stored.audio_rate})};
}

}  // namespace

Result<> Uploads::start() {
    TRY(parts_.context.db.write([](Tx& tx) { return repo::release_uploads(tx); }));
    thread_ = Thread("uploads", [this] { run(); });
    return {};
}

void Uploads::stop() {
    {
        std::lock_guard lock(mutex_);
        stopping_ = true;
        changed_.notify_all();
        done_.notify_all();
    }
    if (parts_.recordings) parts_.recordings->stop();  // what is half made is made anew after the next start
    thread_.join();
}

Result<OwnPicture> Uploads::take(Id owner, const File& file, const PictureText& text, Answer when) {
    if (file.bytes.empty()) return refused("can't be blank");
    const auto kind = media::kind_of(file.bytes);
    if (!kind) return refused("type could not be verified as a picture, video or sound that can be taken");
    const bool picture = kind->family == media::Family::picture;
    const auto bytes_max = picture ? limits::media_bytes_max : limits::recording_bytes_max;
    if (file.bytes.size() > bytes_max) return refused("is larger than " + std::to_string(bytes_max >> 20) + " MB");
    if (!picture && !parts_.recordings) return refused("is a video or sound, which this server does not take");
    if (!file.thumbnail.empty() && picture) return refused("is a picture, which has no thumbnail");
    const bool moves = picture && parts_.recordings && kind->ending == "gif" && TRY(parts_.pictures.moves(file.bytes));
    const bool large = picture && when == Answer::at_once && file.bytes.size() > limits::media_at_once_bytes_max;
    if (picture && !moves && !large) return take_picture(owner, file.bytes, text);
    if (moves || !picture) TRY(parts_.recordings->check(file.bytes));
    const auto waiting = TRY(queue(owner, file, std::string(moves ? "video/mp4" : kind->type), text));
    return when == Answer::when_done ? wait_for(owner, waiting.picture.id) : waiting;
}

Result<OwnPicture> Uploads::take_picture(Id owner, std::string_view bytes, const PictureText& text) {
    const auto stored = TRY(parts_.pictures.take(bytes));
    return OwnPicture{.picture = TRY(community::add_upload(parts_.context, owner, kept_picture(stored), text)),
                      .problem = {}};
}

Result<OwnPicture> Uploads::queue(Id owner, const File& file, const std::string& type, const PictureText& text) {
    media::StoredPreview still;
    if (!file.thumbnail.empty()) still = TRY(parts_.pictures.take_preview(file.thumbnail));
    const KeptFile source{media::new_name(parts_.context.random, source_ending), file.bytes.size()};
    TRY(parts_.store.put(source.name, file.bytes));
    auto added = community::add_waiting_upload(parts_.context, owner, source, type, kept(still.preview), still.blurhash,
                                               text);
    if (!added) {
        for (const auto& name : {source.name, still.preview.name})
            if (!name.empty()) (void)parts_.store.remove(name);
        return tl::unexpected(added.error());
    }
    std::lock_guard lock(mutex_);
    ++news_;
    changed_.notify_all();
    return OwnPicture{std::move(*added), repo::UploadState::waiting, {}};
}

Result<OwnPicture> Uploads::wait_for(Id owner, Id upload) {
    const auto& clock = parts_.context.clock;
    const auto until = clock.now_ms() + limits::media_wait_ms;
    for (;;) {
        std::unique_lock lock(mutex_);
        const auto seen = finished_;
        lock.unlock();
        auto own = TRY(community::picture_by_id(parts_.context, owner, upload));
        if (own.state != repo::UploadState::waiting) return own;
        lock.lock();
        if (!clock.wait_until(done_, lock, until, [&] { return stopping_ || finished_ != seen; }) || stopping_)
            return own;
    }
}

Result<> Uploads::set_thumbnail(Id owner, Id upload, std::string_view picture) {
    const auto still = TRY(parts_.pictures.take_preview(picture));
    return community::set_preview(parts_.context, owner, upload, kept(still.preview), still.blurhash);
}

void Uploads::run() {
    std::uint64_t seen = 0;
    for (;;) {
        const auto more = step();
        if (!more) log::warn("uploads.failed", {{"error", more.error().safe_text}, {"detail", more.error().detail}});
        std::unique_lock lock(mutex_);
        if (stopping_) return;
        if (more && *more) continue;
        const auto& clock = parts_.context.clock;
        clock.wait_until(changed_, lock, clock.now_ms() + limits::upload_poll_ms,
                         [&] { return stopping_ || news_ != seen; });
        if (stopping_) return;
        seen = news_;
    }
}

// Whether there was something to do.
Result<bool> Uploads::step() {
    auto& context = parts_.context;
    const auto now = context.clock.now_ms();
    if (!TRY(context.db.read([now](Tx& tx) { return repo::has_waiting_upload(tx, now); }))) return false;
    const auto waiting = TRY(
        context.db.write([now](Tx& tx) { return repo::claim_upload(tx, now, now + limits::upload_lease_ms); }));
    if (!waiting) return false;
    // A node that was killed while it made a file does not try it for ever.
    if (waiting->attempts > limits::upload_attempts_max)
        TRY(close(*waiting, refused("could not be processed")));
    else
        TRY(close(*waiting, make(waiting->upload)));
    std::lock_guard lock(mutex_);
    ++finished_;
    done_.notify_all();
    return true;
}

Result<KeptPicture> Uploads::make(const repo::Upload& upload) {
    if (upload.picture.media_type.starts_with("image/"))
        return kept_picture(TRY(parts_.pictures.take(TRY(parts_.store.get(upload.source)))));
    if (!parts_.recordings) return refused("is a video or sound, which this server does not take");
    return kept_recording(TRY(parts_.recordings->take(upload.source, upload.picture.preview_url.empty())));
}

Result<> Uploads::close(const repo::WaitingUpload& waiting, const Result<KeptPicture>& made) {
    auto& context = parts_.context;
    const auto& source = waiting.upload.source;
    if (made) {
        TRY(community::finish_upload(context, waiting, *made));
    } else {
        log::info("uploads.refused", {{"upload", waiting.upload.picture.id}, {"reason", made.error().safe_text},
                                      {"detail", made.error().detail}});
        const bool again =
            made.error().code == Code::unavailable && waiting.attempts < limits::upload_attempts_max;
        const auto later = context.clock.now_ms() + limits::upload_retry_ms;
        if (again)
            return context.db.write(
                [&](Tx& tx) { return repo::postpone_upload(tx, waiting.upload.picture.id, later); });
        TRY(context.db.write([&](Tx& tx) {
            return repo::fail_upload(tx, waiting.upload.picture.id, made.error().safe_text);
        }));
    }
    TRY(parts_.store.remove(source));
    return context.db.write([&](Tx& tx) { return repo::forget_file(tx, source); });
}

}  // namespace kith::files
