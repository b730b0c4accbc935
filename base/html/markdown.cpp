#include "base/html/markdown.hpp"

#include <md4c-html.h>

#include "base/html/sanitize.hpp"
#include "base/text/utf8.hpp"
#include "config/limits.hpp"

namespace kith::html {

std::string render_markdown(std::string_view markdown) {
    constexpr unsigned flags = MD_FLAG_NOHTML | MD_FLAG_STRIKETHROUGH |
                               MD_FLAG_PERMISSIVEURLAUTOLINKS | MD_FLAG_PERMISSIVEWWWAUTOLINKS;
    const auto source = utf8::to_valid(utf8::truncate_bytes(markdown, limits::html_bytes_max));
    std::string html;
    const auto append = [](const MD_CHAR* part, MD_SIZE size, void* out) {
        static_cast<std::string*>(out)->append(part, size);
    };
    // Fails without memory only.
    if (md_html(source.data(), static_cast<MD_SIZE>(source.size()), append, &html, flags, 0) != 0)
        return {};
    return sanitize(html);
}

}  // namespace kith::html
