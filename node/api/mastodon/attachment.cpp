// entities/MediaAttachment.
#include "node/api/mastodon/status.hpp"
#include "node/community/media_details.hpp"

#include <charconv>
#include <cmath>
#include <fmt/format.h>

namespace kith::mastodon {

using community::Context;
using community::MediaDetails;
using json::Writer;
using model::Attachment;

namespace {

std::string_view kind_of(const Attachment& attachment, const MediaDetails& details) {
    if (details.is_gif) return "gifv";
    for (std::string_view kind : {"image", "video", "audio"})
        if (attachment.media_type.starts_with(kind)) return kind;
    return "unknown";
}

void write_or_null(Writer& w, std::string_view name, const std::string& text) {
    if (text.empty())
        w.null_member(name);
    else
        w.member(name, text);
}

void write_size(Writer& w, std::int64_t width, std::int64_t height) {
    w.member("width", width).member("height", height);
    w.member("size", std::to_string(width) + "x" + std::to_string(height));
    w.member("aspect", double(width) / double(height));
}

// "0:01:28.65"
std::string length_text(double seconds) {
    const auto whole = std::int64_t(seconds);
    return fmt::format("{}:{:02}:{:05.2f}", whole / 3600, whole / 60 % 60, seconds - double(whole / 60 * 60));
}

std::int64_t frames_per_second(const std::string& rate) {
    double above = 0, below = 1;
    const auto slash = rate.find('/');
    const auto* end = rate.data() + rate.size();
    std::from_chars(rate.data(), end, above);
    if (slash != rate.npos) std::from_chars(rate.data() + slash + 1, end, below);
    return below > 0 && above > 0 ? std::llround(above / below) : 0;
}

// What is said beside the sizes of a video or sound.
void write_recording(Writer& w, const Attachment& attachment, const MediaDetails& details) {
    const auto seconds = *attachment.duration_s;
    w.member("length", length_text(seconds)).member("duration", seconds);
    if (const auto fps = frames_per_second(details.frame_rate); fps > 0) w.member("fps", fps);
    if (attachment.width && attachment.height && *attachment.height > 0)
        write_size(w, *attachment.width, *attachment.height);
    w.member_unless_empty("audio_encode", details.audio_codec);
    if (details.audio_rate > 0) w.member("audio_bitrate", std::to_string(details.audio_rate) + " Hz");
    w.member_unless_empty("audio_channels", details.audio_channels);
}

void write_original(Writer& w, const Attachment& attachment, const MediaDetails& details) {
    const bool sized = attachment.width && attachment.height && *attachment.height > 0;
    if (!sized && !attachment.duration_s) return;
    w.key("original").object();
    if (sized) write_size(w, *attachment.width, *attachment.height);
    w.member_unless_empty("frame_rate", details.frame_rate);
    if (attachment.duration_s) w.member("duration", *attachment.duration_s);
    if (details.bitrate > 0) w.member("bitrate", details.bitrate);
    w.end();
}

void write_meta(Writer& w, const Attachment& attachment, const MediaDetails& details) {
    w.key("meta").object();
    if (attachment.duration_s) write_recording(w, attachment, details);
    write_original(w, attachment, details);
    if (details.small_width > 0 && details.small_height > 0) {
        w.key("small").object();
        write_size(w, details.small_width, details.small_height);
        w.end();
    }
    if (attachment.focus_x && attachment.focus_y)
        w.key("focus").object().member("x", *attachment.focus_x).member("y", *attachment.focus_y).end();
    w.end();
}

void write(Writer& w, const Context& context, const Attachment& attachment, const std::string& url) {
    const auto details = community::read_details(attachment.details);
    const auto kind = kind_of(attachment, details);
    const bool remote = !attachment.url.empty() && !attachment.url.starts_with('/');
    w.object().member("id", std::to_string(attachment.id)).member("type", kind);
    write_or_null(w, "url", url);
    // A picture is its own preview; of anything else that would be no picture.
    const auto preview = attachment.preview_url.empty() ? std::string() : context.urls.file(attachment.preview_url);
    write_or_null(w, "preview_url", preview.empty() && (kind == "image" || kind == "unknown") ? url : preview);
    write_or_null(w, "remote_url", remote ? attachment.url : "");
    write_meta(w, attachment, details);
    write_or_null(w, "description", attachment.description);
    write_or_null(w, "blurhash", attachment.blurhash);
    w.end();
}

}  // namespace

void write_attachment(Writer& w, const Context& context, const Attachment& attachment) {
    write(w, context, attachment, context.urls.file(attachment.url));
}

void write_waiting_attachment(Writer& w, const Context& context, const Attachment& attachment) {
    write(w, context, attachment, {});
}

}  // namespace kith::mastodon
