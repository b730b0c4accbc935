#pragma once
#include <string>
#include <string_view>

namespace kith::html {

// CommonMark with strikethrough and bare URLs as links, raw HTML shown as text; with the
// promises and bounds of sanitize(). Longer texts than limits::html_bytes_max are cut.
std::string render_markdown(std::string_view markdown);

}  // namespace kith::html
