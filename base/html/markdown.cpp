#include "base/html/markdown.hpp"

#include <md4c-html.h>

#include <utility>

#include "base/html/reader.hpp"
#include "base/html/serializer.hpp"
#include "base/text/utf8.hpp"
#include "config/limits/base.hpp"

namespace kith::html {

std::string render_markdown(std::string_view markdown) {
    // md4c finds bare URLs too, but in quadratic time: 100 KB of "http://a.b/(" take seconds.
    constexpr unsigned flags = MD_FLAG_NOHTML | MD_FLAG_STRIKETHROUGH;
    const auto source = utf8::to_valid(utf8::truncate_bytes(markdown, limits::html_bytes_max));
    std::string html;
    const auto append = [](const MD_CHAR* part, MD_SIZE size, void* out) {
        static_cast<std::string*>(out)->append(part, size);
    };
    // Fails without memory only.
    if (md_html(source.data(), static_cast<MD_SIZE>(source.size()), append, &html, flags, 0) != 0)
        return {};
    Reader reader(html);
    Serializer serializer(Serializer::BareUrls::become_links);
    for (Token token; !serializer.full() && reader.next(token);) serializer.write(token);
    return std::move(serializer).finish();
}

}  // namespace kith::html
