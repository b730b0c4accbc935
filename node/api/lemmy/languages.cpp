#include "node/api/lemmy/entities.hpp"

#include <algorithm>
#include <array>

namespace kith::lemmy {

namespace {

// Lemmy numbers the two-letter codes of ISO 639-1 in their order, from 1; 0 is "und".
constexpr auto codes = std::to_array<std::string_view>(
    {"und", "aa", "ab", "ae", "af", "ak", "am", "an", "ar", "as", "av", "ay", "az", "ba", "be", "bg", "bi", "bm", "bn", "bo", "br",
     "bs", "ca", "ce", "ch", "co", "cr", "cs", "cu", "cv", "cy", "da", "de", "dv", "dz", "ee", "el", "en", "eo", "es", "et", "eu",
     "fa", "ff", "fi", "fj", "fo", "fr", "fy", "ga", "gd", "gl", "gn", "gu", "gv", "ha", "he", "hi", "ho", "hr", "ht", "hu", "hy",
     "hz", "ia", "id", "ie", "ig", "ii", "ik", "io", "is", "it", "iu", "ja", "jv", "ka", "kg", "ki", "kj", "kk", "kl", "km", "kn",
     "ko", "kr", "ks", "ku", "kv", "kw", "ky", "la", "lb", "lg", "li", "ln", "lo", "lt", "lu", "lv", "mg", "mh", "mi", "mk", "ml",
     "mn", "mr", "ms", "mt", "my", "na", "nb", "nd", "ne", "ng", "nl", "nn", "no", "nr", "nv", "ny", "oc", "oj", "om", "or", "os",
     "pa", "pi", "pl", "ps", "pt", "qu", "rm", "rn", "ro", "ru", "rw", "sa", "sc", "sd", "se", "sg", "si", "sk", "sl", "sm", "sn",
     "so", "sq", "sr", "ss", "st", "su", "sv", "sw", "ta", "te", "tg", "th", "ti", "tk", "tl", "tn", "to", "tr", "ts", "tt", "tw",
     "ty", "ug", "uk", "ur", "uz", "ve", "vi", "vo", "wa", "wo", "xh", "yi", "yo", "za", "zh", "zu"});
static_assert(codes[37] == "en" && codes[47] == "fr" && codes.size() == 184);

}  // namespace

int language_id(std::string_view tag) {
    const auto found = std::find(codes.begin() + 1, codes.end(), tag.substr(0, tag.find('-')));
    return found == codes.end() ? 0 : int(found - codes.begin());
}

std::string language_of(std::int64_t id) {
    return id > 0 && id < std::int64_t(codes.size()) ? std::string(codes[std::size_t(id)]) : std::string();
}

void write_languages(json::Writer& w, std::string_view name) {
    w.key(name).array();
    for (std::size_t id = 0; id < codes.size(); ++id)
        w.object().member("id", id).member("code", codes[id]).member("name", codes[id]).end();
    w.end();
}

}  // namespace kith::lemmy
