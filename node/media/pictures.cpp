#include "node/media/pictures.hpp"

#include "config/limits/media.hpp"
#include "node/media/blurhash.hpp"
#include "node/media/child.hpp"
#include "node/media/turn.hpp"
#include "node/media/work_folder.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <fstream>
#include <iterator>
#include <optional>
#include <span>
#include <vector>

namespace kith::media {

namespace fs = std::filesystem;

namespace {

struct Size {
    int width = 0, height = 0, frames = 1;
};

Failure unreadable(std::string what) {
    return fail(Code::unprocessable, "Validation failed: File " + std::move(what));
}

Result<std::string> read_file(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    if (!in) return unreadable("could not be read as a picture");
    return std::string(std::istreambuf_iterator<char>(in), {});
}

std::optional<int> number_after(std::string_view text, std::string_view label) {
    const auto at = text.find(label);
    if (at == text.npos) return {};
    text.remove_prefix(at + label.size());
    int value = 0;
    if (std::from_chars(text.data(), text.data() + text.size(), value).ec != std::errc()) return {};
    return value;
}

// From the head of the file alone.
Result<Size> size_of(const fs::path& folder, const std::string& file) {
    const auto printed = TRY(run_tool(folder, {"vipsheader", "-a", file}));
    const auto width = number_after(printed, "\nwidth: "), height = number_after(printed, "\nheight: ");
    if (!width || !height || *width <= 0 || *height <= 0) return unreadable("could not be read as a picture");
    return Size{*width, *height, std::max(1, number_after(printed, "\nn-pages: ").value_or(1))};
}

// The largest size of the same shape with at most so many pixels, as libvips takes it; never larger.
std::string bounded(const Size& size, std::int64_t pixels) {
    const double scale = std::min(1.0, std::sqrt(double(pixels) / (double(size.width) * size.height)));
    const auto side = [scale](int length) { return std::to_string(std::max(1, int(length * scale))); };
    // Both bounds are of the longer side: a picture that has to be turned fits as well.
    const auto longer = side(std::max(size.width, size.height));
    return longer + "x" + longer + ">";
}

// What is kept has one of the forms that every client shows.
std::string_view ending_for(std::string_view type) {
    for (const std::string_view ending : {"png", "gif", "webp"})
        if (type.ends_with(ending)) return ending;
    return "jpg";
}

std::string options_for(std::string_view ending) {
    return ending == "jpg" ? "[Q=88,strip,interlace]" : ending == "webp" ? "[Q=88,strip]" : "[strip]";
}

// A P5 or P6 file of 8-bit values as RGB.
struct Pixels {
    int width = 0, height = 0;
    std::vector<std::uint8_t> rgb;
};
std::optional<Pixels> read_ppm(const std::string& text) {
    if (text.size() < 2 || text[0] != 'P' || (text[1] != '5' && text[1] != '6')) return {};
    const int channels = text[1] == '6' ? 3 : 1;
    std::array<int, 3> head{};
    std::size_t at = 2;
    for (auto& value : head) {
        while (at < text.size() && (text[at] <= ' ' || text[at] == '#'))
            at = text[at] == '#' ? std::min(text.find('\n', at), text.size()) : at + 1;
        const auto end = std::from_chars(text.data() + at, text.data() + text.size(), value);
        if (end.ec != std::errc()) return {};
        at = std::size_t(end.ptr - text.data());
    }
    const auto [width, height, most] = head;
    const auto count = std::size_t(width) * std::size_t(height);
    if (most != 255 || width > limits::blurhash_side || height > limits::blurhash_side ||
        text.size() < at + 1 + count * std::size_t(channels))
        return {};
    Pixels out{width, height, {}};
    for (std::size_t i = 0; i < count; ++i)
        for (int c = 0; c < 3; ++c)
            out.rgb.push_back(std::uint8_t(
                text[at + 1 + i * std::size_t(channels) + std::size_t(channels == 3 ? c : 0)]));
    return out;
}

// More components along the longer side.
std::string blurhash_of(const fs::path& folder, const Size& size) {
    const auto side = std::to_string(limits::blurhash_side);
    const std::string geometry = side + "x" + side + "!";
    if (!run_tool(folder, {"vipsthumbnail", "preview", "--size", geometry, "--export-profile", "srgb", "-o",
                           "tiny.ppm"}))
        return {};
    const auto text = read_file(folder / "tiny.ppm");
    const auto pixels = text ? read_ppm(*text) : std::nullopt;
    if (!pixels) return {};
    const bool wide = size.width >= size.height;
    return blurhash(pixels->rgb, pixels->width, pixels->height, wide ? 4 : 3, wide ? 3 : 4);
}

}  // namespace

std::ptrdiff_t Pictures::tools_at_once() { return limits::media_tools_at_once; }

std::string new_name(Random& random, std::string_view ending) {
    const auto token = random.token(18);
    return name_of(token + "." + std::string(ending));
}

std::string name_of(std::string_view file) { return std::string(file.substr(0, 2)) + "/" + std::string(file); }

Result<Stored> Pictures::keep(const fs::path& file, std::string_view ending, int width, int height) {
    const auto bytes = TRY(read_file(file));
    Stored out;
    out.name = new_name(random_, ending);
    out.media_type = type_of_name(out.name);
    out.width = width;
    out.height = height;
    out.bytes = bytes.size();
    TRY(store_.put(out.name, bytes));
    return out;
}

namespace {

// What may be decoded at all.
Result<> check(std::string_view bytes) {
    if (bytes.empty()) return unreadable("can't be blank");
    if (bytes.size() > limits::media_bytes_max)
        return unreadable("is larger than " + std::to_string(limits::media_bytes_max >> 20) + " MB");
    if (picture_type(bytes).empty()) return unreadable("type could not be verified as a picture");
    return {};
}

Result<Size> checked_size(const fs::path& folder) {
    const auto size = TRY(size_of(folder, "input"));
    if (std::int64_t(size.width) * size.height * size.frames > limits::media_pixels_max)
        return unreadable("has more pixels than may be decoded");
    return size;
}

// The small picture, as "preview" in the folder.
struct Preview {
    Size size;
    std::string ending, blurhash;
};
Result<Preview> make_preview(const fs::path& path, const Size& size, std::string_view kind) {
    const std::string still(kind == "gif" ? "png" : kind);
    TRY(run_tool(path, {"vipsthumbnail", "input", "--size", bounded(size, limits::media_preview_pixels_max),
                        "--export-profile", "srgb", "-o", "preview." + still + options_for(still)}));
    fs::rename(path / ("preview." + still), path / "preview");
    const auto small = TRY(size_of(path, "preview"));
    return Preview{small, still, blurhash_of(path, small)};
}

}  // namespace

template <class Work>
auto Pictures::in_folder(std::string_view bytes, Work work) -> std::invoke_result_t<Work, const fs::path&> {
    TRY(check(bytes));
    const Turn turn(tools_);
    const auto folder = TRY(WorkFolder::make(scratch_));
    TRY(folder.put_input(bytes));
    return work(folder.path());
}

Result<StoredPicture> Pictures::take(std::string_view bytes) {
    return in_folder(bytes, [&](const fs::path& path) -> Result<StoredPicture> {
        const auto size = TRY(checked_size(path));
        const std::string ending(ending_for(picture_type(bytes)));
        const std::string original = "original." + ending;
        const bool moves = ending == "gif" && size.frames > 1;
        if (moves)
            TRY(run_tool(path, {"vips", "copy", "input[n=-1]", original + "[strip]"}));
        else
            TRY(run_tool(path, {"vipsthumbnail", "input", "--size", bounded(size, limits::media_kept_pixels_max),
                                "--export-profile", "srgb", "-o", original + options_for(ending)}));
        const auto preview = TRY(make_preview(path, size, ending));
        const auto kept = TRY(size_of(path, original));
        StoredPicture out;
        out.blurhash = preview.blurhash;
        // Frames stand below each other in one picture.
        const auto height = moves ? kept.height / (kept.height > size.height ? size.frames : 1) : kept.height;
        out.original = TRY(keep(path / original, ending, kept.width, height));
        out.preview = TRY(keep(path / "preview", preview.ending, preview.size.width, preview.size.height));
        return out;
    });
}

Result<Stored> Pictures::take_cut(std::string_view bytes, int width, int height) {
    return in_folder(bytes, [&](const fs::path& path) -> Result<Stored> {
        TRY(checked_size(path));
        const auto kind = ending_for(picture_type(bytes));
        const std::string ending(kind == "gif" ? "png" : kind);
        TRY(run_tool(path, {"vipsthumbnail", "input", "--size",
                            std::to_string(width) + "x" + std::to_string(height), "--smartcrop", "centre",
                            "--export-profile", "srgb", "-o", "original." + ending + options_for(ending)}));
        const auto size = TRY(size_of(path, "original." + ending));
        return keep(path / ("original." + ending), ending, size.width, size.height);
    });
}

Result<StoredPreview> Pictures::take_preview(std::string_view bytes) {
    return in_folder(bytes, [&](const fs::path& path) -> Result<StoredPreview> {
        const auto size = TRY(checked_size(path));
        const auto preview = TRY(make_preview(path, size, ending_for(picture_type(bytes))));
        return StoredPreview{
            TRY(keep(path / "preview", preview.ending, preview.size.width, preview.size.height)),
            preview.blurhash};
    });
}

Result<PictureFacts> Pictures::look_at(std::string_view bytes) {
    return in_folder(bytes, [&](const fs::path& path) -> Result<PictureFacts> {
        const auto size = TRY(checked_size(path));
        const auto preview = TRY(make_preview(path, size, ending_for(picture_type(bytes))));
        return PictureFacts{size.width, size.height, preview.blurhash};
    });
}

Result<bool> Pictures::moves(std::string_view bytes) {
    return in_folder(bytes, [&](const fs::path& path) -> Result<bool> {
        return TRY(size_of(path, "input")).frames > 1;
    });
}

}  // namespace kith::media
