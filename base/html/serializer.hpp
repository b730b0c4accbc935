#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/html/reader.hpp"

namespace kith::html {

// Writes tokens as the allow-listed HTML that sanitize() promises; used by it and by
// render_markdown(). Keeps what HTML's parser would close by itself (a paragraph before a block, an
// item before an item, a link before a link) closed in the output, so that reading it gives the
// elements as written.
class Serializer {
public:
    enum class BareUrls { stay_text, become_links };  // outside of links and code
    explicit Serializer(BareUrls bare_urls) : bare_urls_(bare_urls) {}

    void write(const Token&);
    // Nothing more fits.
    bool full() const { return full_; }
    // The output, all elements closed.
    std::string finish() &&;

private:
    struct Open {
        const Element* element;    // null for what no end tag of the source closes
        std::string_view written;  // empty where only the content is written
        bool block;
        bool ended = false;  // its end tag came while a block inside it was open
    };
    using OpenIterator = std::vector<Open>::iterator;

    void start(const Token&);
    void end(const Element&);
    void open_block(const Token&);
    void open_inline(const Token&);
    void open_heading(const Token&);
    bool end_item();
    void end_paragraph();
    bool may_open_link(const Token&);
    void write_break();
    void write_image(const Token&);
    void write_text(std::string_view);
    void write_linked(std::string_view text);
    void write_link(std::string_view url, std::string_view text);
    bool may_link_bare_urls();
    void append_fitting(std::string_view text);
    void write_pending_space();
    void separate(const Element&);

    void push(const Element*, std::string_view written, std::string_view attributes, bool block);
    void close_to(OpenIterator);
    OpenIterator find_written(std::string_view name);
    bool has_depth(std::size_t levels) const;
    bool take_room(std::size_t bytes);

    const BareUrls bare_urls_;
    std::string out_;
    std::vector<Open> open_;
    std::size_t depth_ = 0;  // of the output: open elements that were written
    bool full_ = false;
    bool after_pre_ = false;      // nothing was written since <pre>
    bool glued_ = false;          // text written next would touch the text before
    bool pending_space_ = false;  // between contents that stood apart
};

}  // namespace kith::html
