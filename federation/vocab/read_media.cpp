// Objects that are a file themselves (PeerTube's Video, Funkwhale's Audio, Pixelfed's Image) and the
// pictures of those that are texts.
#include <algorithm>
#include <array>

#include "base/text/strings.hpp"
#include "config/limits/vocab.hpp"
#include "federation/vocab/post_parts.hpp"
#include "federation/vocab/shapes.hpp"

namespace kith::vocab {
namespace {

struct Ending {
    std::string_view ending, media_type;
};

constexpr std::array endings = std::to_array<Ending>({
    {".jpg", "image/jpeg"},
    {".jpeg", "image/jpeg"},
    {".png", "image/png"},
    {".gif", "image/gif"},
    {".webp", "image/webp"},
    {".avif", "image/avif"},
    {".mp4", "video/mp4"},
    {".webm", "video/webm"},
    {".mp3", "audio/mpeg"},
    {".ogg", "audio/ogg"},
    {".flac", "audio/flac"},
});

// The beginning of a file's media type; "" for what is no file.
std::string_view media_of(PostType type) {
    switch (type) {
        case PostType::video:
            return "video/";
        case PostType::audio:
            return "audio/";
        case PostType::image:
            return "image/";
        default:
            return {};
    }
}

bool is_file(const FileLink& file, std::string_view beginning) {
    return !file.url.empty() && text::starts_with_i(file.media_type, beginning);
}

// A Link that is the file, or a playlist whose tags list it (PeerTube's HLS).
FileLink file_among(json::View url, std::string_view beginning) {
    for (json::View each : url) {
        if (auto file = file_link_of(each, beginning); is_file(file, beginning)) return file;
        if (!each.is_object()) continue;
        if (auto file = file_link_of(each["tag"], beginning); is_file(file, beginning)) return file;
    }
    return {};
}

// A bare address is the file where the object's own media type says so.
FileLink own_file(json::View from, std::string_view beginning) {
    auto file = file_among(from["url"], beginning);
    const auto media_type = word_of(from["mediaType"]);
    if (file.url.empty() && text::starts_with_i(media_type, beginning)) {
        file = file_link_of(from["url"], beginning);
        file.media_type = media_type;
    }
    return file;
}

Attachment picture(Image image) {
    Attachment attachment;
    attachment.type = "Image";
    attachment.media_type = image.media_type.empty() ? media_type_by_name(image.url, "Image")
                                                     : std::move(image.media_type);
    attachment.url = std::move(image.url);
    attachment.description = std::move(image.description);
    return attachment;
}

}  // namespace

std::string media_type_by_name(std::string_view url, std::string_view attachment_type) {
    const auto path = text::to_lower_ascii(url.substr(0, url.find_first_of("?#")));
    const auto known = std::ranges::find_if(
        endings, [&](const Ending& each) { return path.ends_with(each.ending); });
    if (known != endings.end()) return std::string(known->media_type);
    for (std::string_view type : {"Image", "Video", "Audio"})
        if (type == attachment_type) return text::to_lower_ascii(type) + "/*";
    return {};
}

std::optional<Attachment> read_own_file(json::View from, PostType type) {
    const auto beginning = media_of(type);
    if (beginning.empty()) return std::nullopt;
    auto preview = image_of(from["icon"]);
    if (!preview) preview = image_of(from["image"]);
    auto file = own_file(from, beginning);
    if (file.url.empty()) {
        if (preview) return picture(std::move(*preview));
        return std::nullopt;
    }
    // Size and length stand on the Link or on the object: read as an attachment of one Link.
    Attachment attachment = read_measures(from, file.link);
    attachment.type = type == PostType::video   ? "Video"
                      : type == PostType::audio ? "Audio"
                                                : "Image";
    attachment.url = std::move(file.url);
    attachment.media_type = std::move(file.media_type);
    attachment.description = text_or_map(from, "name", "nameMap", limits::vocab_text_bytes_max);
    if (preview) attachment.preview_url = std::move(preview->url);
    return attachment;
}

std::optional<Attachment> read_lead_picture(json::View from) {
    auto image = image_of(from["image"]);
    if (!image) return std::nullopt;
    return picture(std::move(*image));
}

}  // namespace kith::vocab
