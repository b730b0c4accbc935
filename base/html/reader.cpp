#include "base/html/reader.hpp"

#include <algorithm>

#include "base/html/references.hpp"
#include "base/text/strings.hpp"
#include "base/text/utf8.hpp"
#include "config/limits/base.hpp"

namespace kith::html {
namespace {

bool ends_name(char c) { return text::is_space(c) || c == '/' || c == '>'; }

bool is_foreign(const Element& element) { return element.name == "svg" || element.name == "math"; }

}  // namespace

std::string_view Token::attribute(std::string_view name) const {
    const auto found = std::find_if(attributes.begin(), attributes.end(),
                                    [&](const auto& attribute) { return attribute.first == name; });
    return found == attributes.end() ? std::string_view() : found->second;
}

Reader::Reader(std::string_view html)
    : source_(writable(utf8::to_valid(utf8::truncate_bytes(html, limits::html_bytes_max)))) {}

bool Reader::next(Token& token) {
    while (at_ < source_.size()) {
        if (!at_markup(at_)) {
            take_text(token);
            if (hidden_in_ == nullptr) return true;
        } else if (peek(1) == '/' ? !text::is_alpha(peek(2)) : !text::is_alpha(peek(1))) {
            skip_declaration();
        } else if (take_tag(token) && is_shown(token)) {
            return true;
        }
    }
    return false;
}

// Whether a tag or a comment begins here rather than a less-than sign (13.2.5.6).
bool Reader::at_markup(std::size_t at) const {
    if (source_[at] != '<' || at + 1 == source_.size()) return false;
    const char c = source_[at + 1];
    return text::is_alpha(c) || c == '!' || c == '?' || (c == '/' && at + 2 < source_.size());
}

void Reader::take_text(Token& token) {
    auto end = at_ + 1;
    while (end < source_.size() && !at_markup(end)) ++end;
    token.kind = Token::Kind::text;
    token.text = hidden_in_ != nullptr
                     ? std::string()
                     : decode_references(std::string_view(source_).substr(at_, end - at_));
    at_ = end;
}

// False where the text ends inside the tag: then there is none (13.2.5.8, eof-in-tag).
bool Reader::take_tag(Token& token) {
    token.kind = peek(1) == '/' ? Token::Kind::end_tag : Token::Kind::start_tag;
    token.attributes.clear();
    at_ += token.kind == Token::Kind::end_tag ? 2 : 1;
    const auto name_at = at_;
    while (at_ < source_.size() && !ends_name(source_[at_])) ++at_;
    const auto name =
        text::to_lower_ascii(std::string_view(source_).substr(name_at, at_ - name_at));
    token.element = &find_element(name);
    while (take_attribute(token)) {}
    if (at_ == source_.size()) return false;
    ++at_;  // '>'
    if (token.kind == Token::Kind::start_tag && name == "pre" && peek() == '\n')
        ++at_;  // 13.2.6.4.7: not part of the text
    return true;
}

// False at the tag's end (13.2.5.32 to 40).
bool Reader::take_attribute(Token& token) {
    self_closing_ = false;
    while (text::is_space(peek()) || peek() == '/') {
        self_closing_ = peek() == '/';
        ++at_;
    }
    if (at_ == source_.size() || peek() == '>') return false;
    const auto name_at = at_++;  // an attribute may begin with '='
    while (at_ < source_.size() && !ends_name(source_[at_]) && source_[at_] != '=') ++at_;
    auto name = text::to_lower_ascii(std::string_view(source_).substr(name_at, at_ - name_at));
    while (text::is_space(peek())) ++at_;
    const auto value = peek() == '=' ? take_value() : std::string_view();
    const bool known = std::any_of(token.attributes.begin(), token.attributes.end(),
                                   [&](const auto& attribute) { return attribute.first == name; });
    if (!known && token.attributes.size() < limits::html_attributes_max)
        token.attributes.emplace_back(std::move(name), decode_references(value));
    return true;
}

std::string_view Reader::take_value() {
    ++at_;  // '='
    while (text::is_space(peek())) ++at_;
    const char quote = peek();
    const bool quoted = quote == '"' || quote == '\'';
    if (quoted) ++at_;
    const auto from = at_;
    while (at_ < source_.size() &&
           (quoted ? peek() != quote : peek() != '>' && !text::is_space(peek())))
        ++at_;
    const auto value = std::string_view(source_).substr(from, at_ - from);
    if (quoted && at_ < source_.size()) ++at_;
    return value;
}

// Comments, doctypes, CDATA and what is treated as a comment (13.2.5.41 to 52).
void Reader::skip_declaration() {
    const auto rest = std::string_view(source_).substr(at_);
    std::size_t end = rest.npos;
    if (rest.starts_with("<!-->")) {
        end = 5;
    } else if (rest.starts_with("<!--->")) {
        end = 6;
    } else if (rest.starts_with("<!--")) {
        for (auto at = rest.find("--", 4); at != rest.npos && end == rest.npos;
             at = rest.find("--", at + 1)) {
            if (rest.substr(at + 2).starts_with('>'))
                end = at + 3;
            else if (rest.substr(at + 2).starts_with("!>"))
                end = at + 4;
        }
    } else if (const auto close = rest.find('>'); close != rest.npos) {
        end = close + 1;
    }
    at_ = end == rest.npos ? source_.size() : at_ + end;
}

// Past the end tag of an element whose content is no markup; without one, to the end.
void Reader::skip_raw(std::string_view name) {
    const auto source = std::string_view(source_);
    for (auto at = source.find("</", at_); at != source.npos; at = source.find("</", at + 2)) {
        const auto after = at + 2 + name.size();
        if (text::starts_with_i(source.substr(at + 2), name) && after < source.size() &&
            ends_name(source[after])) {
            const auto close = source.find('>', after);
            at_ = close == source.npos ? source.size() : close + 1;
            return;
        }
    }
    at_ = source_.size();
}

// Whether the tag just taken is to be seen; keeps count of hidden elements.
bool Reader::is_shown(const Token& token) {
    const bool opens = token.kind == Token::Kind::start_tag;
    const auto kind = token.element->kind;
    if (kind == Kind::hidden_raw) {
        if (opens) skip_raw(token.element->name);
        return false;
    }
    if (hidden_in_ == nullptr) {
        if (kind != Kind::hidden) return true;
        if (opens && !(self_closing_ && is_foreign(*token.element))) {
            hidden_in_ = token.element;
            hidden_depth_ = 1;
        }
    } else if (token.element == hidden_in_) {
        hidden_depth_ = opens ? hidden_depth_ + 1 : hidden_depth_ - 1;
        if (hidden_depth_ == 0) hidden_in_ = nullptr;
    }
    return false;
}

std::string writable(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size();) {
        const char c = text[i];
        if (static_cast<unsigned char>(c) < 0x80) {
            ++i;
            if (c == '\r') {
                if (!text.substr(i).starts_with('\n')) out += '\n';
            } else if (c == '\n' || c == '\t' || (c >= 0x20 && c != 0x7f)) {
                out += c;
            }
            continue;
        }
        const auto [code_point, bytes, valid] = utf8::decode(text.substr(i));
        const bool control = code_point >= 0x80 && code_point <= 0x9f;
        const bool noncharacter =
            (code_point >= 0xfdd0 && code_point <= 0xfdef) || (code_point & 0xfffe) == 0xfffe;
        if (valid && !control && !noncharacter) out += text.substr(i, bytes);
        i += bytes;
    }
    return out;
}

}  // namespace kith::html
