#include "base/html/plain.hpp"

#include <algorithm>
#include <vector>

#include "base/html/escape.hpp"
#include "base/html/link.hpp"
#include "base/text/strings.hpp"
#include "base/text/utf8.hpp"

namespace kith::html {
namespace {

// Writes text between replaced ranges: escapes it, and turns line ends into breaks and paragraphs,
// also where a line end and the next are parted by a range's border.
class ParagraphWriter {
public:
    void text(std::string_view part) {
        for (std::size_t i = 0; i < part.size(); ++i) {
            const char c = part[i];
            if (c == '\n' || c == '\r') {
                if (c == '\r' && i + 1 < part.size() && part[i + 1] == '\n') ++i;
                ++line_ends_;
            } else if (static_cast<unsigned char>(c) >= 0x20 || c == '\t') {
                start();
                append_escaped(out_, part.substr(i, 1));
            }
        }
    }

    void markup(std::string_view html) {
        start();
        out_ += html;
    }

    std::string finish() && {
        if (!out_.empty()) out_ += "</p>";
        return std::move(out_);
    }

private:
    void start() {
        if (out_.empty())
            out_ = "<p>";
        else if (line_ends_ == 1)
            out_ += "<br />";
        else if (line_ends_ > 1)
            out_ += "</p><p>";
        line_ends_ = 0;
    }

    std::string out_;
    int line_ends_ = 0;  // since the last visible character
};

// Plain text, in which URLs become links.
void write_text(ParagraphWriter& writer, std::string_view text) {
    std::size_t done = 0;
    for (const auto [offset, length] : find_urls(text)) {
        writer.text(text.substr(done, offset - done));
        writer.markup(url_to_html(text.substr(offset, length)));
        done = offset + length;
    }
    writer.text(text.substr(done));
}

}  // namespace

std::string plain_to_html(std::string_view raw, std::span<const Link> links) {
    const auto visible = text::trim(raw);
    ParagraphWriter writer;
    auto done = static_cast<std::size_t>(visible.data() - raw.data());
    const auto end = done + visible.size();
    for (const auto& link : links) {
        if (link.offset < done || link.offset > end || link.length > end - link.offset) continue;
        write_text(writer, raw.substr(done, link.offset - done));
        writer.markup(link.html);
        done = link.offset + link.length;
    }
    write_text(writer, raw.substr(done, end - done));
    return std::move(writer).finish();
}

}  // namespace kith::html
