#include "node/http/head.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/text/strings.hpp"
#include "node/http/fields.hpp"

namespace kith::http {

namespace {

constexpr std::size_t host_bytes_max = 260;   // 253 of a name, a colon and a port

// RFC 3986 3.2.2: a reg-name without escapes, an IPv4 address or [IPv6], and an optional port.
bool is_valid_host(std::string_view host) {
    static constexpr std::string_view marks = "-._~:[]";
    if (host.empty() || host.size() > host_bytes_max) return false;
    return std::all_of(host.begin(), host.end(), [](char c) {
        return text::is_digit(c) || text::is_alpha(c) || marks.find(c) != marks.npos;
    });
}

bool is_known_method(std::string_view method) {
    static constexpr std::array<std::string_view, 7> methods{"GET",   "HEAD",   "POST",   "PUT",
                                                             "PATCH", "DELETE", "OPTIONS"};
    return std::find(methods.begin(), methods.end(), method) != methods.end();
}

// RFC 9112 3.2.2: "http://host/path" is what a proxy is asked; its authority replaces Host.
bool take_absolute_form(Head& head) {
    const auto scheme_end = head.target.find("://");
    const auto scheme = head.target.substr(0, scheme_end);
    if (scheme_end == head.target.npos) return false;
    if (!text::iequals(scheme, "http") && !text::iequals(scheme, "https"))
        return false;
    const auto rest = head.target.substr(scheme_end + 3);
    const auto authority_end = std::min(rest.find_first_of("/?"), rest.size());
    head.host = rest.substr(0, authority_end);
    head.target = rest.substr(authority_end);
    if (head.target.empty()) head.target = "/";
    return is_valid_host(head.host) && head.target.front() == '/';
}

int parse_request_line(std::string_view line, Head& head, bool& http_1_0) {
    const auto first = line.find(' '), last = line.rfind(' ');
    if (first == line.npos || first == last) return 400;
    head.method = line.substr(0, first);
    head.target = line.substr(first + 1, last - first - 1);
    const auto version = line.substr(last + 1);
    if (version != "HTTP/1.1" && version != "HTTP/1.0")
        return version.starts_with("HTTP/") ? 505 : 400;
    http_1_0 = version == "HTTP/1.0";
    if (!is_known_method(head.method)) return 501;
    for (const unsigned char c : head.target)
        if (c <= 0x20 || c == 0x7f || c == '#') return 400;
    const bool is_asterisk = head.target == "*" && head.method == "OPTIONS";
    if (!is_asterisk && !head.target.starts_with('/') && !take_absolute_form(head)) return 400;
    const auto question = std::min(head.target.find('?'), head.target.size());
    head.path = head.target.substr(0, question);
    head.query = head.target.substr(std::min(question + 1, head.target.size()));
    return 0;
}

// How often the fields came that may come once, and what else decides about the connection.
struct Framing {
    int hosts = 0, lengths = 0, encodings = 0;
    bool http_1_0 = false, close = false;
};

bool parse_length(std::string_view value, std::uint64_t& out) {
    const auto* end = value.data() + value.size();
    const auto [stop, error] = std::from_chars(value.data(), end, out);
    return !value.empty() && error == std::errc{} && stop == end;
}

// RFC 9112 6: everything that says where a message ends is read in one way or refused.
int take_framing_field(Head& head, Framing& framing, std::string_view name,
                       std::string_view value) {
    if (text::iequals(name, "host")) {
        if (++framing.hosts > 1 || !is_valid_host(value)) return 400;
        if (head.host.empty()) head.host = value;
    } else if (text::iequals(name, "content-length")) {
        if (++framing.lengths > 1 || !parse_length(value, head.content_length)) return 400;
    } else if (text::iequals(name, "transfer-encoding")) {
        if (++framing.encodings > 1 || !text::iequals(value, "chunked")) return 400;
        head.chunked = true;
    } else if (text::iequals(name, "connection")) {
        framing.close = framing.close || list_contains(value, "close");
    } else if (text::iequals(name, "expect")) {
        if (!text::iequals(value, "100-continue")) return 417;
        head.expect_continue = true;
    } else if (text::iequals(name, "content-encoding")) {
        head.gzip = !head.encoded && text::iequals(value, "gzip");
        head.encoded = head.encoded || !text::iequals(value, "identity");
    }
    return 0;
}

void reset(Head& head) {
    head.headers.clear();
    head.host = {};
    head.content_length = 0;
    head.chunked = head.expect_continue = head.encoded = head.gzip = false;
}

}  // namespace

std::string_view Head::header(std::string_view name) const {
    for (const auto& h : headers)
        if (text::iequals(h.name, name)) return h.value;
    return {};
}

std::string Head::joined_header(std::string_view name) const {
    std::string all;
    for (const auto& h : headers) {
        if (!text::iequals(h.name, name)) continue;
        if (!all.empty()) all += ", ";
        all += h.value;
    }
    return all;
}

void drop_leading_empty_line(std::string& in, HeadScan& scan) {
    if (scan.empty_line_dropped || scan.next > 0 || !in.starts_with("\r\n")) return;
    in.erase(0, 2);
    scan.empty_line_dropped = true;
}

std::optional<std::size_t> find_head_end(std::string_view in, HeadScan& scan, const Limits& limits,
                                         int& status) {
    const auto limit = std::min(in.size(), limits.head_bytes_max);
    for (; scan.next < limit; ++scan.next) {
        const unsigned char c = in[scan.next];
        if (c >= 0x20 && c != 0x7f) continue;
        if (c == '\t' && scan.next > scan.line_start) continue;
        if (c == '\r' && scan.next + 1 == in.size()) break;   // look again when its LF is here
        if (c == '\r' && in[scan.next + 1] == '\n') continue;
        if (c != '\n' || scan.next == 0 || in[scan.next - 1] != '\r') {
            status = 400;
            return {};
        }
        const bool empty_line = scan.next == scan.line_start + 1;
        scan.line_start = scan.next + 1;
        if (empty_line) return ++scan.next;
    }
    if (in.size() >= limits.head_bytes_max) status = scan.line_start == 0 ? 414 : 431;
    return {};
}

int parse_head(Head& head, const Limits& limits) {
    std::string_view rest = head.text;
    const auto next_line = [&rest] {
        const auto end = rest.find("\r\n");
        const auto line = rest.substr(0, end);
        rest.remove_prefix(std::min(end + 2, rest.size()));
        return line;
    };
    reset(head);
    Framing framing;
    if (const int status = parse_request_line(next_line(), head, framing.http_1_0)) return status;
    for (auto line = next_line(); !line.empty(); line = next_line()) {
        const auto colon = line.find(':');
        if (colon == line.npos) return 400;
        if (head.headers.size() == limits.header_count_max) return 431;
        const auto name = line.substr(0, colon), value = text::trim(line.substr(colon + 1));
        // Also refuses "Name :" and folded lines, which parsers read in different ways.
        if (!is_token(name)) return 400;
        head.headers.push_back({name, value});
        if (const int status = take_framing_field(head, framing, name, value)) return status;
    }
    if (!framing.http_1_0 && framing.hosts == 0) return 400;
    if (head.chunked && (framing.lengths > 0 || framing.http_1_0)) return 400;
    // One host for all who read it, whether by field or by header (RFC 9112 3.2.2).
    for (auto& h : head.headers)
        if (text::iequals(h.name, "host")) h.value = head.host;
    head.expect_continue = head.expect_continue && !framing.http_1_0 && head.has_body();
    head.keep_alive = !framing.http_1_0 && !framing.close;
    return 0;
}

std::string canonical_head(const Head& head, std::uint64_t body_bytes) {
    // Left out on purpose: Range (a regex per request and n-fold answers), Accept-Encoding (brotli
    // at level 11 per answer), Connection, Expect, and all that httplib would percent-decode. Only
    // a compressed body goes through it at all.
    if (head.gzip && body_bytes > 0 && head.method != "HEAD")
        return "POST / HTTP/1.1\r\nContent-Length: " + std::to_string(body_bytes) +
               "\r\nContent-Encoding: gzip\r\n\r\n";
    return head.method == "HEAD" ? "HEAD / HTTP/1.1\r\n\r\n" : "GET / HTTP/1.1\r\n\r\n";
}

}  // namespace kith::http
