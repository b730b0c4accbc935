#include "node/media/recordings.hpp"

#include "config/limits/media.hpp"
#include "node/media/child.hpp"
#include "node/media/probe.hpp"
#include "node/media/turn.hpp"
#include "node/media/work_folder.hpp"

#include <algorithm>
#include <fstream>
#include <initializer_list>
#include <iterator>
#include <optional>
#include <sys/eventfd.h>
#include <unistd.h>
#include <vector>

namespace kith::media {

namespace fs = std::filesystem;

namespace {

using Words = std::vector<std::string>;

constexpr std::size_t head_bytes = 64;
constexpr std::int64_t audio_bits_per_second = 128'000;
constexpr std::int64_t video_bits_per_second_min = 100'000;
constexpr double kept_share = 0.9;       // of the size that may be written is planned for
constexpr double complete_share = 0.9;   // of what a head promises has to be there, less a second
constexpr double slack_s = 1;

Bounds long_run(int ended_by) {
    return {.seconds = limits::recording_tool_seconds_max,
            .memory_bytes = limits::recording_tool_memory_bytes_max,
            .file_bytes = limits::recording_kept_bytes_max + (1 << 20),
            .ended_by = ended_by};
}

Failure refused(std::string what) { return fail(Code::unprocessable, "Validation failed: File " + std::move(what)); }

std::string minutes(double seconds) { return std::to_string(int(seconds) / 60) + " minutes"; }

// What is done with a file, decided by its head.
struct Plan {
    Kind kind;
    RecordingFacts facts;
    bool video = false;
    bool copy = false;  // what is inside may stay as it is: only the container is written anew
    double seconds_max = 0;
    std::string_view ending, demuxer;  // of what is kept
};

bool may_stay(const Kind& kind, const RecordingFacts& f) {
    return kind.demuxer == "mov" && f.video_codec == "h264" && f.pixel_format == "yuv420p" && !f.is_turned &&
           f.width % 2 == 0 && f.height % 2 == 0 && std::max(f.width, f.height) <= limits::video_kept_side_max &&
           frames_per_second(f.frame_rate) <= limits::video_kept_frame_rate_max &&
           (!f.has_audio || f.audio_codec == "aac") && f.bitrate <= 2 * limits::video_bits_per_second_max;
}

Result<Plan> plan_video(Plan plan) {
    const auto& f = plan.facts;
    if (f.width <= 0 || f.height <= 0) return refused("could not be read as a video");
    if (std::int64_t(f.width) * f.height > limits::video_pixels_max)
        return refused("has more pixels than a video may have");
    if (frames_per_second(f.frame_rate) > limits::video_frame_rate_max)
        return refused("has more than " + std::to_string(int(limits::video_frame_rate_max)) + " frames a second");
    plan.video = true;
    plan.seconds_max = limits::video_seconds_max;
    plan.copy = may_stay(plan.kind, f);
    plan.ending = "mp4";
    plan.demuxer = "mov";
    return plan;
}

Plan plan_sound(Plan plan) {
    const auto& f = plan.facts;
    plan.seconds_max = limits::sound_seconds_max;
    const bool aac = plan.kind.demuxer == "mov" && f.audio_codec == "aac";
    plan.copy = aac || (plan.kind.demuxer == "mp3" && f.audio_codec == "mp3");
    plan.ending = aac ? "m4a" : "mp3";
    plan.demuxer = aac ? "mov" : "mp3";
    return plan;
}

Result<Plan> plan_for(const Kind& kind, const RecordingFacts& facts) {
    Plan plan{.kind = kind, .facts = facts, .ending = {}, .demuxer = {}};
    const bool video = facts.has_video && (kind.family != Family::sound || kind.demuxer == "mov");
    if (!video && !facts.has_audio) return refused("holds neither video nor sound that can be read");
    plan = video ? TRY(plan_video(std::move(plan))) : plan_sound(std::move(plan));
    if (facts.duration_s > plan.seconds_max) return refused("is longer than " + minutes(plan.seconds_max));
    return plan;
}

Words read_from(std::string_view demuxer, const std::string& file) {
    return {"ffmpeg", "-v", "error", "-nostdin", "-y", "-threads", "2", "-f", std::string(demuxer),
            "-protocol_whitelist", allowed_protocols, "-codec_whitelist", allowed_decoders, "-max_pixels",
            std::to_string(limits::video_pixels_max), "-i", "file:" + file};
}

void add(Words& words, std::initializer_list<std::string> more) { words.insert(words.end(), more); }

// As high as the size that may be kept allows.
std::int64_t video_bits(const Plan& plan) {
    const double seconds = plan.facts.duration_s > 0 ? plan.facts.duration_s : plan.seconds_max;
    const auto fits = std::int64_t(double(limits::recording_kept_bytes_max) * 8 * kept_share / std::max(seconds, 1.0));
    return std::clamp(fits - audio_bits_per_second, video_bits_per_second_min, limits::video_bits_per_second_max);
}

// RFC 6381's avc1 and mp4a in what every browser plays.
void add_video_encoders(Words& words, const Plan& plan) {
    const auto side = std::to_string(limits::video_kept_side_max);
    const auto bits = video_bits(plan);
    std::string filter = "scale=w='min(" + side + ",iw)':h='min(" + side +
                         ",ih)':force_original_aspect_ratio=decrease:force_divisible_by=2,setsar=1";
    if (frames_per_second(plan.facts.frame_rate) > limits::video_kept_frame_rate_max)
        filter = "fps=" + std::to_string(int(limits::video_kept_frame_rate_max)) + "," + filter;
    add(words, {"-c:v", "libx264", "-preset", "veryfast", "-crf", "23", "-maxrate", std::to_string(bits), "-bufsize",
                std::to_string(2 * bits), "-pix_fmt", "yuv420p", "-vf", filter, "-threads", "2"});
    add(words, {"-c:a", "aac", "-b:a", std::to_string(audio_bits_per_second), "-ac", "2"});
}

void add_sound_encoder(Words& words, const Plan& plan) {
    if (plan.copy) return add(words, {"-c:a", "copy"});
    add(words, {"-c:a", "libmp3lame", "-b:a", std::to_string(audio_bits_per_second)});
    if (plan.facts.channels > 2) add(words, {"-ac", "2"});
}

Result<std::string> write(const fs::path& folder, const Plan& plan, int ended_by) {
    auto words = read_from(plan.kind.demuxer, "input");
    const std::string name = "kept." + std::string(plan.ending);
    // "V" leaves out pictures that belong to a sound.
    if (plan.video) {
        add(words, {"-map", "0:V:0", "-map", "0:a:0?"});
        if (plan.copy)
            add(words, {"-c", "copy"});
        else
            add_video_encoders(words, plan);
    } else {
        add(words, {"-map", "0:a:0"});
        add_sound_encoder(words, plan);
    }
    add(words, {"-map_metadata", "-1", "-map_chapters", "-1", "-sn", "-dn", "-fflags", "+bitexact", "-t",
                std::to_string(int(plan.seconds_max + 2 * slack_s))});
    if (plan.ending == "mp3")
        add(words, {"-id3v2_version", "0", "-write_id3v1", "0", "-f", "mp3"});
    else
        add(words, {"-movflags", "+faststart", "-f", "mp4"});
    add(words, {"file:" + name});
    const auto done = run_tool(folder, words, long_run(ended_by));
    if (!done && done.error().code == Code::unprocessable)
        return refused("could not be read, or would take too long or too much to convert");
    if (!done) return tl::unexpected(done.error());
    return name;
}

// A still of the video that is kept, or the picture that came with the sound.
std::optional<StoredPreview> still_of(const fs::path& folder, const Plan& plan, const std::string& kept,
                                      Pictures& pictures) {
    if (!plan.video && !plan.facts.has_cover) return {};
    auto words = plan.video ? read_from("mov", kept) : read_from(plan.kind.demuxer, "input");
    if (plan.video) add(words, {"-map", "0:V:0", "-vf", "thumbnail=24"});
    else add(words, {"-map", "0:v:0"});
    add(words, {"-frames:v", "1", "-map_metadata", "-1", "-f", "image2", "-c:v", "png", "-update", "1",
                "file:still.png"});
    if (!run_tool(folder, words, {.memory_bytes = limits::recording_tool_memory_bytes_max})) return {};
    std::ifstream in(folder / "still.png", std::ios::binary);
    const std::string bytes(std::istreambuf_iterator<char>(in), {});
    auto made = pictures.take_preview(bytes);
    return made ? std::optional(std::move(*made)) : std::nullopt;
}

// What a head promises may not be there, and what it does not say may be endless.
Result<> check_kept(const Plan& plan, const RecordingFacts& kept) {
    if (kept.duration_s <= 0) return refused("holds nothing that can be played");
    if (kept.duration_s > plan.seconds_max + slack_s) return refused("is longer than " + minutes(plan.seconds_max));
    const bool promised = plan.kind.family != Family::picture && plan.facts.duration_s > 0;
    if (promised && kept.duration_s < plan.facts.duration_s * complete_share - slack_s)
        return refused("is cut short");
    return {};
}

Result<Kind> kind_from(std::string_view head) {
    const auto kind = kind_of(head);
    if (!kind || kind->demuxer.empty()) return refused("type could not be verified as a video or sound");
    return *kind;
}

Result<RecordingFacts> look(const fs::path& folder, const Kind& kind) {
    auto facts = probe(folder, "input", kind.demuxer);
    if (!facts && facts.error().code == Code::unprocessable) return refused("could not be read as " + std::string(kind.type));
    return facts;
}

std::string read_head(const FilePart& file) {
    std::string head(head_bytes, '\0');
    const auto got = ::pread(file.file.get(), head.data(), head.size(), off_t(file.offset));
    head.resize(std::size_t(std::max<ssize_t>(got, 0)));
    return head;
}

}  // namespace

Recordings::Recordings(blob::BlobStore& store, Random& random, Pictures& pictures, fs::path scratch)
    : store_(store),
      random_(random),
      pictures_(pictures),
      scratch_(std::move(scratch)),
      stop_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {}

void Recordings::stop() {
    const std::uint64_t one = 1;
    if (stop_.is_open()) (void)!::write(stop_.get(), &one, sizeof one);
}

// Without running them: every start of a node asks.
bool Recordings::installed() { return has_tool("ffmpeg") && has_tool("ffprobe"); }

std::ptrdiff_t Recordings::looks_at_once() { return limits::media_tools_at_once; }

Result<> Recordings::check(std::string_view bytes) {
    const auto kind = TRY(kind_from(bytes.substr(0, head_bytes)));
    const Turn turn(looks_);
    const auto folder = TRY(WorkFolder::make(scratch_));
    TRY(folder.put_input(bytes));
    TRY(plan_for(kind, TRY(look(folder.path(), kind))));
    return {};
}

Result<StoredRecording> Recordings::take(const std::string& source, bool still) {
    const auto folder = TRY(WorkFolder::make(scratch_));
    const auto& path = folder.path();
    const auto input = TRY(store_.open(source));
    const auto kind = TRY(kind_from(read_head(input)));
    TRY(folder.copy_input(input));
    const auto plan = TRY(plan_for(kind, TRY(look(path, kind))));
    const auto name = TRY(write(path, plan, stop_.get()));
    const auto kept = TRY(probe(path, name, plan.demuxer));
    TRY(check_kept(plan, kept));
    StoredRecording out;
    if (still)
        if (auto made = still_of(path, plan, name, pictures_)) {
            out.preview = std::move(made->preview);
            out.blurhash = std::move(made->blurhash);
        }
    out.original.name = new_name(random_, plan.ending);
    out.original.media_type = type_of_name(out.original.name);
    out.original.width = kept.width;
    out.original.height = kept.height;
    out.original.bytes = std::size_t(fs::file_size(path / name));
    out.duration_s = kept.duration_s;
    out.is_gif = plan.video && !kept.has_audio && kind.family == Family::picture;
    out.frame_rate = plan.video ? kept.frame_rate : "";
    out.bitrate = kept.bitrate;
    out.audio_codec = kept.audio_codec;
    out.audio_channels = kept.audio_channels;
    out.audio_rate = kept.audio_rate;
    const auto stored = store_.put_file(out.original.name, path / name);
    if (!stored && !out.preview.name.empty()) (void)store_.remove(out.preview.name);
    if (!stored) return tl::unexpected(stored.error());
    return out;
}

}  // namespace kith::media
