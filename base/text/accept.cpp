#include "base/text/accept.hpp"

#include <algorithm>
#include <charconv>

#include "base/text/strings.hpp"
#include "config/limits/base.hpp"

namespace kith {
namespace {

bool is_token_char(char c) {  // RFC 9110 5.6.2
    return text::is_alpha(c) || text::is_digit(c) ||
           std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
}

bool is_token(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, is_token_char);
}

// The parts between separators that stand outside of quoted strings.
std::vector<std::string_view> split_unquoted(std::string_view text, char separator,
                                             std::size_t parts_max) {
    std::vector<std::string_view> parts;
    std::size_t begin = 0;
    bool quoted = false;
    for (std::size_t at = 0; at < text.size() && parts.size() < parts_max; ++at) {
        if (quoted && text[at] == '\\')
            ++at;
        else if (text[at] == '"')
            quoted = !quoted;
        else if (text[at] == separator && !quoted) {
            parts.push_back(text.substr(begin, at - begin));
            begin = at + 1;
        }
    }
    if (parts.size() < parts_max) parts.push_back(text.substr(begin));
    return parts;
}

// RFC 9110 5.6.4, or a token. Values in the wild hold '/' and ':' without quotes: taken as they
// are.
std::optional<std::string> unquoted(std::string_view text) {
    if (!text.starts_with('"')) return std::string(text);
    if (text.size() < 2 || !text.ends_with('"')) return std::nullopt;
    text = text.substr(1, text.size() - 2);
    std::string out;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] == '\\' && at + 1 < text.size()) ++at;
        out += text[at];
    }
    return out;
}

bool is_essence(std::string_view text) {
    const auto slash = text.find('/');
    return slash != text.npos && is_token(text.substr(0, slash)) &&
           is_token(text.substr(slash + 1));
}

// RFC 9110 12.4.2: 0 to 1 with up to three digits; more digits are taken too.
std::optional<double> parse_quality(std::string_view text) {
    double quality = 0;
    const auto [end, error] =
        std::from_chars(text.data(), text.data() + text.size(), quality, std::chars_format::fixed);
    if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    if (!(quality >= 0 && quality <= 1)) return std::nullopt;
    return quality;
}

bool matches_param(const std::pair<std::string, std::string>& asked, const MediaType& offer) {
    const auto& [name, value] = asked;
    if (name == "profile") {
        return std::ranges::any_of(text::split(value, ' '), [&](std::string_view uri) {
            return !uri.empty() && offer.has_profile(uri);
        });
    }
    const auto offered = offer.param(name);
    return offered && text::iequals(*offered, value);
}

// 0: no match; then the more the more specific.
int specificity(const MediaType& range, const MediaType& offer) {
    if (range.essence == "*/*") return 1;
    if (range.essence.ends_with("/*")) {
        const auto type = std::string_view(range.essence).substr(0, range.essence.size() - 1);
        return offer.essence.starts_with(type) ? 2 : 0;
    }
    if (range.essence != offer.essence) return 0;
    // What a client adds to a type that we offer plainly (a charset, say) is no reason to refuse
    // it.
    for (const auto& asked : range.params) {
        if (asked.first != "charset" && !matches_param(asked, offer)) return 0;
    }
    return 3 + static_cast<int>(range.params.size());
}

}  // namespace

Result<MediaType> MediaType::parse(std::string_view text) {
    const auto refuse = [](const char* why) {
        return fail(Code::unsupported, "not a media type", why);
    };
    const auto parts = split_unquoted(text, ';', limits::media_type_params_max + 2);
    if (parts.size() > limits::media_type_params_max + 1) return refuse("too many parameters");
    MediaType type;
    type.essence = text::to_lower_ascii(text::trim(parts[0]));
    if (!is_essence(type.essence)) return refuse("not type/subtype");
    for (std::size_t i = 1; i < parts.size(); ++i) {
        const auto param = text::trim(parts[i]);
        if (param.empty()) continue;  // RFC 9110 5.6.6 allows "a/b;"
        const auto equals = param.find('=');
        if (equals == param.npos) return refuse("a parameter without value");
        const auto name = text::trim(param.substr(0, equals));
        auto value = unquoted(text::trim(param.substr(equals + 1)));
        if (!is_token(name) || !value) return refuse("not a parameter");
        type.params.emplace_back(text::to_lower_ascii(name), std::move(*value));
    }
    return type;
}

std::optional<std::string_view> MediaType::param(std::string_view name) const {
    const auto found =
        std::ranges::find_if(params, [&](const auto& param) { return param.first == name; });
    if (found == params.end()) return std::nullopt;
    return found->second;
}

bool MediaType::has_profile(std::string_view uri) const {
    const auto profile = param("profile");
    return profile && std::ranges::count(text::split(*profile, ' '), uri) > 0;
}

Accept Accept::parse(std::string_view field) {
    Accept accept;
    for (const auto element : split_unquoted(field, ',', limits::accept_ranges_max)) {
        auto type = MediaType::parse(element);
        if (!type) continue;
        Range range{std::move(*type)};
        // The weight ends the parameters of the range; nothing after it belongs to the type.
        auto& params = range.type.params;
        const auto q = std::ranges::find_if(params, [](const auto& p) { return p.first == "q"; });
        if (q != params.end()) {
            const auto quality = parse_quality(q->second);
            if (!quality) continue;
            range.quality = *quality;
            params.erase(q, params.end());
        }
        accept.ranges_.push_back(std::move(range));
    }
    return accept;
}

double Accept::quality(const MediaType& offer) const {
    if (ranges_.empty()) return 1;
    int best = 0;
    double quality = 0;
    for (const Range& range : ranges_) {
        const int match = specificity(range.type, offer);
        if (match > best) {
            best = match;
            quality = range.quality;
        }
    }
    return quality;
}

double Accept::quality(std::string_view offer) const {
    const auto type = MediaType::parse(offer);
    return type ? quality(*type) : 0;
}

bool Accept::names(std::string_view essence) const {
    return std::ranges::any_of(ranges_, [&](const Range& range) {
        return range.type.essence == essence && range.quality > 0;
    });
}

}  // namespace kith
