#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "base/text/strings.hpp"
#include "config/limits/vocab.hpp"
#include "federation/vocab/post_parts.hpp"
#include "federation/vocab/reader.hpp"
#include "federation/vocab/shapes.hpp"

namespace kith::vocab {
namespace {

constexpr std::array types =
    std::to_array<std::string_view>({"Image", "Video", "Audio", "Document", "Link"});

constexpr double duration_s_max = 1e9;  // beyond it is no duration of anything

std::string_view attachment_type(json::View from) {
    if (has_type(from, "Page")) return "Link";  // Friendica's: a page that the text is about
    const auto known =
        std::ranges::find_if(types, [&](std::string_view name) { return has_type(from, name); });
    return known == types.end() ? std::string_view() : *known;
}

double seconds_of_unit(char unit, bool in_time) {
    switch (unit) {
        case 'W':
            return 7 * 86'400;
        case 'D':
            return 86'400;
        case 'H':
            return 3'600;
        case 'M':
            return in_time ? 60 : 0;  // months have no length in seconds
        case 'S':
            return 1;
        default:
            return 0;
    }
}

// xsd:duration in days and smaller units: "PT1M30.5S". Others are nothing.
std::optional<double> parse_duration(std::string_view text) {
    if (!text.starts_with('P')) return std::nullopt;
    double sum = 0;
    bool in_time = false;
    const char* at = text.data() + 1;
    const char* const end = text.data() + text.size();
    while (at != end) {
        if (*at == 'T' && !in_time) {
            in_time = true;
            ++at;
            continue;
        }
        double number = 0;
        const auto [after, error] = std::from_chars(at, end, number, std::chars_format::fixed);
        if (error != std::errc() || after == end || *at == '-') return std::nullopt;
        const double unit = seconds_of_unit(*after, in_time);
        if (unit == 0) return std::nullopt;
        sum += number * unit;
        at = after + 1;
    }
    return sum;
}

// As text (xsd:duration), or in seconds as some peers write it.
std::optional<double> duration_of(json::View value) {
    auto seconds = value.maybe_number();
    if (!seconds) seconds = parse_duration(value.string_or({}));
    if (!seconds || !std::isfinite(*seconds) || *seconds < 0 || *seconds > duration_s_max)
        return std::nullopt;
    return seconds;
}

void read_focal_point(json::View point, Attachment& attachment) {
    if (!point.is_array() || point.size() != 2) return;
    const auto x = point.at(0).maybe_number(), y = point.at(1).maybe_number();
    if (!x || !y) return;
    attachment.focus_x = std::clamp(*x, -1.0, 1.0);
    attachment.focus_y = std::clamp(*y, -1.0, 1.0);
}

std::optional<std::int64_t> measure(json::View attachment, json::View link, std::string_view name) {
    auto pixels = count_of(attachment[name]);
    if (!pixels) pixels = count_of(link[name]);
    return pixels == 0 ? std::nullopt : pixels;
}

// Alt text stands in `summary` (GoToSocial, newer Mastodon) or in `name` (all others).
std::string description_of(json::View from) {
    auto text = text_of(from["summary"], limits::vocab_text_bytes_max);
    return text.empty() ? text_or_map(from, "name", "nameMap", limits::vocab_text_bytes_max) : text;
}

// "image/" for an Image, and so on: which of several Links is the file itself.
std::string media_type_beginning(std::string_view type) {
    return type == "Document" || type == "Link" ? std::string() : text::to_lower_ascii(type) + "/";
}

Attachment read_attachment(json::View from, std::string_view type) {
    auto file = file_link_of(from.first_of({"url", "href"}), media_type_beginning(type));
    Attachment attachment = read_measures(from, file.link);
    attachment.type = type;
    attachment.url = std::move(file.url);
    attachment.media_type = word_of(from["mediaType"]);
    if (attachment.media_type.empty()) attachment.media_type = std::move(file.media_type);
    if (attachment.media_type.empty())
        attachment.media_type = media_type_by_name(attachment.url, type);
    attachment.description = description_of(from);
    if (const auto preview = image_of(from.first_of({"icon", "preview", "image"})))
        attachment.preview_url = preview->url;
    return attachment;
}

}  // namespace

Attachment read_measures(json::View from, json::View link) {
    Attachment attachment;
    attachment.blurhash = word_of(from["blurhash"]);
    attachment.width = measure(from, link, "width");
    attachment.height = measure(from, link, "height");
    read_focal_point(from["focalPoint"], attachment);
    attachment.duration_s = duration_of(from["duration"]);
    return attachment;
}

std::vector<Attachment> read_attachments(json::View property) {
    std::vector<Attachment> attachments;
    for (json::View each : property) {
        if (attachments.size() == limits::vocab_attachments_max) break;
        const auto type = attachment_type(each);
        if (type.empty()) continue;
        auto attachment = read_attachment(each, type);
        if (!attachment.url.empty()) attachments.push_back(std::move(attachment));
    }
    return attachments;
}

}  // namespace kith::vocab
