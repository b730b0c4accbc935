#include "base/text/url.hpp"

#include <algorithm>

#include "base/text/strings.hpp"
#include "base/text/utf8.hpp"
#include "config/limits/base.hpp"

namespace kith {
namespace {

constexpr auto none = std::string_view::npos;

Failure refuse(const char* why) { return fail(Code::invalid, "not a valid URL", why); }

// Unicode's White_Space beyond ASCII, and the C1 controls.
bool is_space_or_control(char32_t c) {
    return (c >= 0x80 && c <= 0xA0) || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 ||
           c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000;
}

Result<> check_characters(std::string_view text) {
    if (text.size() > limits::url_bytes_max) return refuse("too long");
    for (std::size_t at = 0; at < text.size();) {
        const auto next = utf8::decode(text.substr(at));
        const char32_t c = next.code_point;
        if (!next.valid) return refuse("invalid UTF-8");
        if (c <= ' ' || c == 0x7F || is_space_or_control(c))
            return refuse("white space or a control");
        if (c == '\\') return refuse("a backslash");
        at += next.bytes;
    }
    return {};
}

std::string_view up_to(std::string_view text, std::string_view any_of) {
    return text.substr(0, text.find_first_of(any_of));
}

// RFC 3986 5.2.4; the path begins with '/'.
std::string remove_dot_segments(std::string_view path) {
    std::string out;
    const auto segments = text::split(path.substr(1), '/');
    for (std::size_t i = 0; i < segments.size(); ++i) {
        const bool last = i + 1 == segments.size();
        if (segments[i] == "." || segments[i] == "..") {
            if (segments[i] == "..") out.resize(std::min(out.size(), out.rfind('/')));
            if (last) out += '/';
        } else {
            out += '/';
            out += segments[i];
        }
    }
    return out;
}

bool has_scheme(std::string_view reference) {  // RFC 3986 3.1
    const auto scheme = up_to(reference, ":/?#");
    return scheme.size() < reference.size() && reference[scheme.size()] == ':' && !scheme.empty() &&
           text::is_alpha(scheme[0]) && std::ranges::all_of(scheme, [](char c) {
               return text::is_alpha(c) || text::is_digit(c) || c == '+' || c == '-' || c == '.';
           });
}

}  // namespace

Result<Url> Url::parse(std::string_view text) {
    TRY(check_characters(text));
    const auto colon = std::min(text.find("://"), text.size());
    const std::string scheme = text::to_lower_ascii(text.substr(0, colon));
    if (colon == text.size() || (scheme != "https" && scheme != "http")) {
        return refuse("neither http nor https");
    }
    text.remove_prefix(colon + 3);
    const auto authority = up_to(text, "/?#");
    const HostPort at = TRY(parse_authority(authority));
    const std::uint16_t own_port = scheme == "https" ? 443 : 80;

    Url url;
    url.port_ = at.port == 0 ? own_port : at.port;
    url.text_ = scheme + "://";
    url.host_at_ = url.text_.size();
    url.text_ += at.host;
    url.host_end_ = url.text_.size();
    if (url.port_ != own_port) url.text_ += ':' + std::to_string(url.port_);
    url.path_at_ = url.text_.size();
    url.text_ += text.substr(authority.size());
    url.fragment_at_ = std::min(url.text_.find('#', url.path_at_), url.text_.size());
    url.query_at_ = std::min(url.text_.find('?', url.path_at_), url.fragment_at_);
    return url;
}

std::string_view Url::scheme() const {
    return empty() ? std::string_view() : part(0, host_at_ - 3);
}

std::string Url::path_and_query() const {
    std::string target(part(path_at_, fragment_at_));
    if (path().empty()) target.insert(0, 1, '/');
    return target;
}

Url Url::ascii() const {
    if (std::ranges::none_of(text_, [](char c) { return c & 0x80; })) return *this;
    Url url = *this;
    const auto encoded = [&](std::size_t from, std::size_t to) {
        std::string out;
        for (const char c : part(from, to)) {
            if (c & 0x80)
                out += text::percent_encode({&c, 1});
            else
                out += c;
        }
        return out;
    };
    const std::string path = encoded(path_at_, query_at_), query = encoded(query_at_, fragment_at_);
    url.text_ = origin() + path + query + encoded(fragment_at_, text_.size());
    url.query_at_ = path_at_ + path.size();
    url.fragment_at_ = url.query_at_ + query.size();
    return url;
}

Result<Url> Url::resolve(std::string_view reference) const {
    TRY(check_characters(reference));
    const auto whole = [](std::string_view text) -> Result<Url> {  // its own dot segments removed
        const Url url = TRY(parse(text));
        if (url.path().empty()) return url;
        return parse(url.origin() + remove_dot_segments(url.path()) +
                     url.text_.substr(url.query_at_));
    };
    if (empty() || has_scheme(reference)) return whole(reference);
    if (reference.starts_with("//"))
        return whole(std::string(scheme()) + ':' + std::string(reference));

    const auto ref_path = up_to(reference, "?#");
    const auto rest = std::string(reference.substr(ref_path.size()));
    if (ref_path.starts_with('/')) return whole(origin() + std::string(reference));
    if (!ref_path.empty()) {  // 5.2.3: in the place of what follows the last slash
        const auto slash = path().rfind('/');
        const auto folder =
            slash == none ? std::string("/") : std::string(path().substr(0, slash + 1));
        return whole(origin() + folder + std::string(reference));
    }
    if (rest.starts_with('?')) return parse(origin() + std::string(path()) + rest);
    return parse(without_fragment() + rest);
}

bool same_origin(const Url& a, const Url& b) { return !a.empty() && a.origin() == b.origin(); }

}  // namespace kith
