#include "node/api/oauth/redirect_uri.hpp"

#include "base/text/strings.hpp"
#include "config/limits/oauth.hpp"

#include <algorithm>
#include <array>

namespace kith::oauth {

bool is_acceptable_redirect(std::string_view uri) {
    if (uri == out_of_band) return true;
    auto colon = uri.find(':');
    if (colon == uri.npos || colon == 0 || uri.size() > limits::app_redirect_bytes_max)
        return false;
    if (std::any_of(uri.begin(), uri.end(), [](unsigned char c) {
            return c <= 0x20 || c >= 0x7f || c == '"' || c == '<' || c == '>' || c == '\\';
        }))
        return false;
    if (uri.find('#') != uri.npos) return false;
    auto scheme = text::to_lower_ascii(uri.substr(0, colon));
    const bool well_formed =
        text::is_alpha(scheme.front()) && std::all_of(scheme.begin(), scheme.end(), [](char c) {
            return text::is_alpha(c) || text::is_digit(c) || c == '+' || c == '-' || c == '.' ||
                   c == '_';
        });
    static constexpr std::array<std::string_view, 7> forbidden{
        "javascript", "data", "vbscript", "file", "blob", "about", "mailto"};
    if (!well_formed || std::find(forbidden.begin(), forbidden.end(), scheme) != forbidden.end())
        return false;
    const bool web = scheme == "http" || scheme == "https";
    return !web || uri.substr(colon).starts_with("://");
}

bool is_registered(std::string_view uri, std::string_view registered_lines) {
    auto lines = text::split(registered_lines, '\n');
    return std::find(lines.begin(), lines.end(), uri) != lines.end();
}

std::string with_parameter(std::string uri, std::string_view name, std::string_view value) {
    uri += uri.find('?') == std::string::npos ? '?' : '&';
    uri.append(name).append("=").append(text::percent_encode(value));
    return uri;
}

}  // namespace kith::oauth
