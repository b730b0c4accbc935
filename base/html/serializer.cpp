#include "base/html/serializer.hpp"

#include <algorithm>
#include <iterator>

#include "base/html/attributes.hpp"
#include "base/html/escape.hpp"
#include "base/html/link.hpp"
#include "base/text/strings.hpp"
#include "base/text/utf8.hpp"
#include "config/limits/base.hpp"

namespace kith::html {
namespace {

constexpr std::string_view picture_frame = "\xF0\x9F\x96\xBC";  // what stands for a nameless image

}  // namespace

void Serializer::write(const Token& token) {
    switch (token.kind) {
        case Token::Kind::text:
            return may_link_bare_urls() ? write_linked(token.text) : write_text(token.text);
        case Token::Kind::start_tag:
            return start(token);
        case Token::Kind::end_tag:
            return end(*token.element);
    }
}

std::string Serializer::finish() && {
    if (!open_.empty()) close_to(open_.begin());
    return std::move(out_);
}

void Serializer::start(const Token& token) {
    switch (token.element->kind) {
        case Kind::unknown:
        case Kind::hidden:
        case Kind::hidden_raw:
            return;
        case Kind::line_break:
            return write_break();
        case Kind::image:
            return write_image(token);
        case Kind::heading:
            return open_heading(token);
        case Kind::kept_inline:
            return open_inline(token);
        case Kind::kept_block:
        case Kind::plain_block:
            return open_block(token);
    }
}

void Serializer::end(const Element& element) {
    const auto closes = [&](const Open& open) {
        return open.element == &element ||
               (element.kind == Kind::heading && open.element != nullptr &&
                open.element->kind == Kind::heading);
    };
    bool crosses_block = false, crosses_list = false;
    for (auto it = open_.end(); it != open_.begin();) {
        --it;
        if (closes(*it) && !it->ended) {
            if (element.name == "li" && crosses_list) return;
            if (element.kind == Kind::kept_inline && crosses_block)
                it->ended = true;
            else
                close_to(it);
            break;
        }
        crosses_block |= it->block;
        crosses_list |= it->written == "ul" || it->written == "ol";
    }
    separate(element);
}

void Serializer::open_block(const Token& token) {
    const auto& element = *token.element;
    const bool writes =
        element.kind == Kind::kept_block && (element.name != "li" || end_item()) && has_depth(1);
    end_paragraph();
    if (writes)
        glued_ = pending_space_ = false;
    else
        separate(element);
    push(&element, writes ? element.written : "", writes ? kept_attributes(token) : "", true);
}

void Serializer::open_heading(const Token& token) {
    end_paragraph();
    const bool writes = has_depth(2);
    if (writes)
        glued_ = pending_space_ = false;
    else
        separate(*token.element);
    push(token.element, writes ? "p" : "", {}, true);
    if (writes) push(nullptr, "strong", {}, false);
}

void Serializer::open_inline(const Token& token) {
    const auto& element = *token.element;
    const bool writes = (element.name != "a" || may_open_link(token)) && has_depth(1);
    if (writes) write_pending_space();
    push(&element, writes ? element.written : "", writes ? kept_attributes(token) : "", false);
}

// Ends the item before. False where there is no list for another one.
bool Serializer::end_item() {
    for (auto it = open_.end(); it != open_.begin();) {
        --it;
        if (it->written == "li") {
            close_to(it);
            return true;
        }
        if (it->written == "ul" || it->written == "ol") return true;
        if (it->written == "blockquote" || it->written == "pre") return false;
    }
    return false;
}

void Serializer::end_paragraph() {
    if (const auto paragraph = find_written("p"); paragraph != open_.end()) close_to(paragraph);
}

// Ends the link before, where that is possible without ending a block.
bool Serializer::may_open_link(const Token& token) {
    if (const auto link = find_written("a"); link != open_.end()) {
        if (std::any_of(link, open_.end(), [](const Open& open) { return open.block; }))
            return false;
        close_to(link);
    }
    return is_safe_link(url_attribute(token, "href"));
}

void Serializer::write_break() {
    if (!take_room(std::size("<br />"))) return;
    out_ += "<br />";
    glued_ = pending_space_ = after_pre_ = false;
}

void Serializer::write_image(const Token& token) {
    const auto source = url_attribute(token, "src");
    const auto name = text::trim(token.attribute("alt"));
    const bool is_emoji = token.attribute("class").find("emoji") != std::string_view::npos;
    if (is_emoji || !is_safe_link(source) || find_written("a") != open_.end() || !has_depth(1))
        return write_text(name);
    write_link(source, name.empty() ? picture_frame : name);
}

void Serializer::write_link(std::string_view url, std::string_view text) {
    write_pending_space();
    push(nullptr, "a", " href=\"" + escape(url) + '"' + std::string(link_attributes), false);
    if (full_) return;
    write_text(text);
    close_to(std::prev(open_.end()));
}

bool Serializer::may_link_bare_urls() {
    return bare_urls_ == BareUrls::become_links && has_depth(1) &&
           std::none_of(open_.begin(), open_.end(), [](const Open& open) {
               return open.written == "a" || open.written == "code" || open.written == "pre";
           });
}

void Serializer::write_linked(std::string_view text) {
    std::size_t done = 0;
    for (const auto [offset, length] : find_urls(text)) {
        write_text(text.substr(done, offset - done));
        if (full_) return;
        const auto url = text.substr(offset, length);
        write_link(url, url);
        done = offset + length;
    }
    write_text(text.substr(done));
}

void Serializer::write_text(std::string_view text) {
    const auto shown = writable(text);  // again: references can name what is not
    if (shown.empty() || full_) return;
    if (text::is_space(shown.front())) pending_space_ = false;
    write_pending_space();
    if (after_pre_ && shown.front() == '\n') out_ += '\n';  // a reader drops the first one
    append_fitting(shown);
    after_pre_ = false;
    glued_ = !text::is_space(shown.back());
}

void Serializer::append_fitting(std::string_view text) {
    const auto whole = escape(text);
    if (take_room(whole.size())) {
        out_ += whole;
        return;
    }
    full_ = false;
    while (!full_) {
        const auto character = utf8::truncate(text, 1);
        text.remove_prefix(character.size());
        const auto escaped = escape(character);
        if (take_room(escaped.size())) out_ += escaped;
    }
}

void Serializer::write_pending_space() {
    if (pending_space_) out_ += ' ';
    pending_space_ = false;
}

// Between contents that stood on lines of their own and touch where their elements are not written.
void Serializer::separate(const Element& element) {
    if (is_block(element) && glued_) pending_space_ = true;
}

// Elements beyond the bound are forgotten: their end tags may then close an outer one, which leaves
// the output balanced.
void Serializer::push(const Element* element, std::string_view written, std::string_view attributes,
                      bool block) {
    if (written.empty()) {
        if (open_.size() < limits::html_open_elements_max)
            open_.push_back({element, written, block});
        return;
    }
    if (!take_room(written.size() + attributes.size() + 2)) return;
    out_.append("<").append(written).append(attributes).append(">");
    open_.push_back({element, written, block});
    ++depth_;
    after_pre_ = written == "pre";
}

// Closes this element and all inside it, then those around it that were only waiting for that.
void Serializer::close_to(OpenIterator last) {
    auto remaining = static_cast<std::size_t>(last - open_.begin());
    while (remaining > 0 && open_[remaining - 1].ended) --remaining;
    while (open_.size() > remaining) {
        const auto& closing = open_.back();
        if (!closing.written.empty()) {
            out_.append("</").append(closing.written).append(">");
            if (closing.block) glued_ = pending_space_ = false;
            after_pre_ = false;
            --depth_;
        }
        open_.pop_back();
    }
}

Serializer::OpenIterator Serializer::find_written(std::string_view name) {
    return std::find_if(open_.begin(), open_.end(),
                        [&](const Open& open) { return open.written == name; });
}

bool Serializer::has_depth(std::size_t levels) const {
    return depth_ + levels <= limits::html_depth_max;
}

// The output keeps the bound of the input, so that reading it again cuts nothing off. Once
// something did not fit, nothing more is written but the end tags.
bool Serializer::take_room(std::size_t bytes) {
    constexpr std::size_t end_tags_bytes = limits::html_depth_max * std::size("</blockquote>");
    full_ = full_ || out_.size() + bytes + end_tags_bytes > limits::html_bytes_max;
    return !full_;
}

}  // namespace kith::html
