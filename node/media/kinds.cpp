#include "node/media/kinds.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <iterator>

namespace kith::media {

namespace {

constexpr std::array<Kind, 17> kinds{{{Family::picture, "image/jpeg", "jpg", ""},
                                      {Family::picture, "image/png", "png", ""},
                                      {Family::picture, "image/gif", "gif", "gif"},
                                      {Family::picture, "image/webp", "webp", ""},
                                      {Family::picture, "image/avif", "avif", ""},
                                      {Family::picture, "image/heic", "heic", ""},
                                      {Family::video, "video/mp4", "mp4", "mov"},
                                      {Family::video, "video/quicktime", "mov", "mov"},
                                      {Family::video, "video/webm", "webm", "matroska"},
                                      {Family::sound, "audio/mpeg", "mp3", "mp3"},
                                      {Family::sound, "audio/ogg", "ogg", "ogg"},
                                      {Family::sound, "audio/flac", "flac", "flac"},
                                      {Family::sound, "audio/wav", "wav", "wav"},
                                      {Family::sound, "audio/mp4", "m4a", "mov"},
                                      {Family::sound, "audio/aac", "aac", "aac"},
                                      {Family::sound, "audio/ogg", "oga", "ogg"},
                                      {Family::sound, "audio/ogg", "opus", "ogg"}}};

std::optional<Kind> by_type(std::string_view type) {
    const auto found = std::find_if(kinds.begin(), kinds.end(), [type](const Kind& k) { return k.type == type; });
    return found == kinds.end() ? std::nullopt : std::optional(*found);
}

template <std::size_t N>
bool among(std::string_view word, const std::string_view (&words)[N]) {
    return std::find(std::begin(words), std::end(words), word) != std::end(words);
}

// ISO/IEC 14496-12 4.3: the brand of the file's first box.
std::string_view type_of_brand(std::string_view brand) {
    if (among(brand, {"avif", "avis"})) return "image/avif";
    if (among(brand, {"heic", "heix", "mif1", "msf1", "heim", "heis"})) return "image/heic";
    if (among(brand, {"M4A ", "M4B ", "M4P "})) return "audio/mp4";
    if (brand == "qt  ") return "video/quicktime";
    if (brand.starts_with("iso") || brand.starts_with("mp4") || brand.starts_with("3g") ||
        among(brand, {"avc1", "M4V ", "M4VH", "M4VP", "MSNV", "dash", "f4v ", "mmp4", "hvc1"}))
        return "video/mp4";
    return "";
}

// The sync word of an MPEG audio frame (ISO/IEC 11172-3 2.4.2.3) or of ADTS (ISO/IEC 13818-7 6.2).
std::string_view type_of_frame(std::string_view b) {
    if (b.size() < 4 || std::uint8_t(b[0]) != 0xff || (std::uint8_t(b[1]) & 0xe0) != 0xe0) return "";
    const int version = (std::uint8_t(b[1]) >> 3) & 3, layer = (std::uint8_t(b[1]) >> 1) & 3;
    if ((std::uint8_t(b[1]) & 0xf6) == 0xf0) return "audio/aac";
    return version != 1 && layer == 1 ? "audio/mpeg" : "";
}

std::string_view type_of(std::string_view b) {
    if (b.starts_with("\xff\xd8\xff")) return "image/jpeg";
    if (b.starts_with("\x89PNG\r\n\x1a\n")) return "image/png";
    if (b.starts_with("GIF87a") || b.starts_with("GIF89a")) return "image/gif";
    if (b.starts_with("RIFF") && b.size() > 12) {
        if (b.substr(8, 4) == "WEBP") return "image/webp";
        if (b.substr(8, 4) == "WAVE") return "audio/wav";
    }
    if (b.size() > 12 && b.substr(4, 4) == "ftyp") return type_of_brand(b.substr(8, 4));
    if (b.size() > 12 && among(b.substr(4, 4), {"moov", "mdat", "wide", "free"})) return "video/quicktime";
    // EBML, and the name of its contents within the head: Matroska's others are not played by browsers.
    if (b.starts_with("\x1a\x45\xdf\xa3")) return b.substr(0, 64).find("webm") != b.npos ? "video/webm" : "";
    if (b.starts_with("ID3")) return "audio/mpeg";
    if (b.starts_with("OggS")) return "audio/ogg";
    if (b.starts_with("fLaC")) return "audio/flac";
    return type_of_frame(b);
}

}  // namespace

std::optional<Kind> kind_of(std::string_view bytes) { return by_type(type_of(bytes)); }

std::string_view picture_type(std::string_view bytes) {
    const auto kind = kind_of(bytes);
    return kind && kind->family == Family::picture ? kind->type : "";
}

std::string_view type_of_name(std::string_view name) {
    const auto dot = name.rfind('.');
    if (dot == name.npos || dot == 0) return "";
    const auto ending = name.substr(dot + 1);
    const auto found =
        std::find_if(kinds.begin(), kinds.end(), [ending](const Kind& k) { return k.ending == ending; });
    return found == kinds.end() ? "" : found->type;
}

}  // namespace kith::media
