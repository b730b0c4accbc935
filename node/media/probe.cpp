#include "node/media/probe.hpp"

#include "base/json/view.hpp"
#include "config/limits/media.hpp"
#include "node/media/child.hpp"

#include <charconv>
#include <cmath>

namespace kith::media {

// "file" for the one that is given; a playlist would need more.
const char* const allowed_protocols = "file,pipe";
const char* const allowed_decoders =
    "h264,hevc,mpeg4,mjpeg,png,vp8,vp9,av1,libdav1d,libaom-av1,gif,aac,mp3,mp3float,opus,libopus,vorbis,flac,alac,"
    "pcm_u8,pcm_s16le,pcm_s16be,pcm_s24le,pcm_s24be,pcm_s32le,pcm_f32le,adpcm_ms,adpcm_ima_wav";

namespace {

double real_of(std::string_view text) {
    double value = 0;
    const auto end = std::from_chars(text.data(), text.data() + text.size(), value);
    return end.ec == std::errc() && std::isfinite(value) && value > 0 ? value : 0;
}

std::int64_t whole_of(std::string_view text) {
    std::int64_t value = 0;
    const auto end = std::from_chars(text.data(), text.data() + text.size(), value);
    return end.ec == std::errc() && value > 0 ? value : 0;
}

int number_of(json::View value) { return int(std::clamp(value.maybe_number().value_or(0), 0.0, 1e9)); }

void read_video(json::View stream, RecordingFacts& facts) {
    if (stream["disposition"]["attached_pic"].maybe_number().value_or(0) != 0) {
        facts.has_cover = true;
        return;
    }
    if (facts.has_video) return;
    facts.has_video = true;
    facts.video_codec = stream["codec_name"].string_or("");
    facts.pixel_format = stream["pix_fmt"].string_or("");
    facts.width = number_of(stream["width"]);
    facts.height = number_of(stream["height"]);
    facts.frame_rate = stream["avg_frame_rate"].string_or("");
    for (const auto side : stream["side_data_list"])
        if (side.is_object() && side["rotation"].maybe_number().value_or(0) != 0) facts.is_turned = true;
}

void read_audio(json::View stream, RecordingFacts& facts) {
    if (facts.has_audio) return;
    facts.has_audio = true;
    facts.audio_codec = stream["codec_name"].string_or("");
    facts.audio_channels = stream["channel_layout"].string_or("");
    facts.audio_rate = int(whole_of(stream["sample_rate"].string_or("")));
    facts.channels = number_of(stream["channels"]);
}

}  // namespace

double frames_per_second(std::string_view rate) {
    const auto slash = rate.find('/');
    const auto above = real_of(rate.substr(0, slash));
    const auto below = slash == rate.npos ? 1 : real_of(rate.substr(slash + 1));
    return below > 0 ? above / below : 0;
}

Result<RecordingFacts> read_facts(std::string_view printed) {
    const auto document = json::Document::parse(std::string(printed));
    if (!document) return fail(Code::unprocessable, "Validation failed: File could not be read", "ffprobe's answer");
    const auto root = document->root();
    RecordingFacts facts;
    facts.duration_s = real_of(root["format"]["duration"].string_or(""));
    facts.bitrate = whole_of(root["format"]["bit_rate"].string_or(""));
    for (const auto stream : root["streams"]) {
        if (!stream.is_object()) continue;
        const auto type = stream["codec_type"].string_or("");
        if (type == "video") read_video(stream, facts);
        if (type == "audio") read_audio(stream, facts);
    }
    return facts;
}

Result<RecordingFacts> probe(const std::filesystem::path& folder, const std::string& file, std::string_view demuxer) {
    const auto printed = TRY(run_tool(
        folder,
        {"ffprobe", "-v", "error", "-f", std::string(demuxer), "-protocol_whitelist", allowed_protocols,
         "-codec_whitelist", allowed_decoders, "-max_pixels", std::to_string(limits::video_pixels_max), "-show_entries",
         "format=duration,bit_rate:stream=codec_type,codec_name,pix_fmt,width,height,avg_frame_rate,sample_rate,"
         "channels,channel_layout:stream_disposition=attached_pic:stream_side_data=rotation:stream_tags=",
         "-of", "json", "file:" + file},
        {.seconds = limits::recording_look_seconds_max,
         .memory_bytes = limits::recording_tool_memory_bytes_max,
         .file_bytes = 0}));
    return read_facts(printed);
}

}  // namespace kith::media
