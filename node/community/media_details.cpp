#include "node/community/media_details.hpp"

#include "base/json/view.hpp"
#include "base/json/writer.hpp"

namespace kith::community {

std::string details_text(const MediaDetails& d) {
    json::Writer w;
    w.object();
    if (d.is_gif) w.member("gif", true);
    if (d.small_width > 0) w.member("small_width", d.small_width).member("small_height", d.small_height);
    w.member_unless_empty("frame_rate", d.frame_rate);
    if (d.bitrate > 0) w.member("bitrate", d.bitrate);
    w.member_unless_empty("audio_codec", d.audio_codec);
    w.member_unless_empty("audio_channels", d.audio_channels);
    if (d.audio_rate > 0) w.member("audio_rate", d.audio_rate);
    w.end();
    return w.take();
}

MediaDetails read_details(std::string_view text) {
    MediaDetails d;
    if (text.empty()) return d;
    const auto document = json::Document::parse(text);
    if (!document) return d;
    const auto root = document->root();
    d.is_gif = root["gif"].maybe_boolean().value_or(false);
    d.small_width = root["small_width"].maybe_integer().value_or(0);
    d.small_height = root["small_height"].maybe_integer().value_or(0);
    d.frame_rate = root["frame_rate"].string_or("");
    d.bitrate = root["bitrate"].maybe_integer().value_or(0);
    d.audio_codec = root["audio_codec"].string_or("");
    d.audio_channels = root["audio_channels"].string_or("");
    d.audio_rate = root["audio_rate"].maybe_integer().value_or(0);
    return d;
}

}  // namespace kith::community
