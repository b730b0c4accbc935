#include "node/http/form.hpp"

#include <algorithm>

#include "base/text/strings.hpp"
#include "config/limits/http.hpp"

namespace kith::http {

namespace {

Failure broken(std::string why) {
    return fail(Code::invalid, "The form in the request body is broken", std::move(why));
}

// One `; name="value"` of a header's parameters. Both empty at the end, name empty when malformed.
struct Parameter {
    std::string name, value;
};

// Cuts one parameter off. Quoted values keep their backslashes except before a quote, because
// browsers send Windows paths unescaped.
Parameter next_parameter(std::string_view& rest) {
    while (!rest.empty() && (rest.front() == ';' || rest.front() == ' ' || rest.front() == '\t'))
        rest.remove_prefix(1);
    Parameter out;
    const auto equals = std::min(rest.find('='), rest.size());
    const auto semicolon = std::min(rest.find(';'), rest.size());
    if (equals >= semicolon) return rest.remove_prefix(semicolon), out;
    for (const char c : text::trim(rest.substr(0, equals))) out.name += text::to_lower_ascii(c);
    rest.remove_prefix(equals + 1);
    if (!rest.starts_with('"')) {
        const auto end = std::min(rest.find(';'), rest.size());
        out.value = text::trim(rest.substr(0, end));
        rest.remove_prefix(end);
        return out;
    }
    std::size_t i = 1;
    for (; i < rest.size() && rest[i] != '"'; ++i) {
        if (rest[i] == '\\' && i + 1 < rest.size() && rest[i + 1] == '"') ++i;
        out.value += rest[i];
    }
    rest.remove_prefix(std::min(i + 1, rest.size()));
    return out;
}

// WHATWG "multipart/form-data encoding": these three, and nothing else, are escaped in names.
std::string unescape_name(std::string text) {
    static constexpr std::pair<std::string_view, char> escapes[] = {
        {"%22", '"'}, {"%0D", '\r'}, {"%0A", '\n'}};
    for (const auto& [escape, plain] : escapes)
        for (auto at = text.find(escape); at != text.npos; at = text.find(escape, at + 1))
            text.replace(at, escape.size(), 1, plain);
    return text;
}

// RFC 8187: UTF-8''na%C3%AFve.png
std::optional<std::string> decode_extended(std::string_view value) {
    const auto first = value.find('\''), second = value.find('\'', first + 1);
    if (first == value.npos || second == value.npos) return std::nullopt;
    if (!text::iequals(value.substr(0, first), "utf-8")) return std::nullopt;
    return text::percent_decode(value.substr(second + 1));
}

bool read_disposition(std::string_view value, FormPart& part) {
    const auto end = std::min(value.find(';'), value.size());
    if (!text::iequals(text::trim(value.substr(0, end)), "form-data")) return false;
    bool named = false, extended = false;
    for (auto rest = value.substr(end); !rest.empty();) {
        auto [name, text] = next_parameter(rest);
        if (name == "name") {
            named = true;
            part.name = unescape_name(std::move(text));
        } else if (name == "filename" && !extended) {
            part.filename = unescape_name(std::move(text));
        } else if (name == "filename*") {
            if (auto decoded = decode_extended(text)) {
                part.filename = std::move(*decoded);
                extended = true;
            }
        }
    }
    return named;
}

bool read_part_head(std::string_view head, FormPart& part) {
    bool named = false;
    while (!head.empty()) {
        const auto end = std::min(head.find("\r\n"), head.size());
        const auto line = head.substr(0, end);
        head.remove_prefix(std::min(end + 2, head.size()));
        const auto colon = line.find(':');
        if (colon == line.npos) return false;
        const auto name = line.substr(0, colon), value = text::trim(line.substr(colon + 1));
        if (text::iequals(name, "content-disposition"))
            named = read_disposition(value, part);
        else if (text::iequals(name, "content-type"))
            part.content_type = value;
    }
    return named;
}

}  // namespace

Result<std::vector<FormPart>> parse_multipart(std::string_view body, std::string_view boundary) {
    const std::string delimiter = "\r\n--" + std::string(boundary);
    // The first delimiter may stand at the very start, without its CRLF.
    auto rest = body;
    if (rest.starts_with(std::string_view(delimiter).substr(2))) {
        rest.remove_prefix(delimiter.size() - 2);
    } else {
        const auto start = rest.find(delimiter);
        if (start == rest.npos) return broken("no boundary");
        rest.remove_prefix(start + delimiter.size());
    }
    std::vector<FormPart> parts;
    while (!rest.starts_with("--")) {
        const auto line_end = rest.find("\r\n");
        if (line_end == rest.npos || !text::trim(rest.substr(0, line_end)).empty())
            return broken("no line end after a boundary");
        rest.remove_prefix(line_end + 2);
        const auto window = rest.substr(0, limits::http_form_part_head_bytes_max);
        const auto head_end = window.find("\r\n\r\n");
        if (head_end == window.npos) return broken("a part's head does not end");
        FormPart part;
        if (!read_part_head(rest.substr(0, head_end), part)) return broken("a part has no name");
        // The head's last CRLF may be the delimiter's own, when the part is empty.
        rest.remove_prefix(head_end + 2);
        const auto end = rest.find(delimiter);
        if (end == rest.npos) return broken("the closing boundary is missing");
        part.bytes = end < 2 ? std::string_view{} : rest.substr(2, end - 2);
        rest.remove_prefix(end + delimiter.size());
        if (parts.size() == limits::http_params_max) return broken("too many parts");
        parts.push_back(std::move(part));
    }
    return parts;
}

}  // namespace kith::http
