#pragma once
#include "node/http/limits.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// The only parser of request heads (RFC 9112). It is strict where the RFC lets a server choose,
// because the library behind it is lax: httplib never sees a byte of this text, only
// canonical_head().
namespace kith::http {

struct Header {
    std::string_view name, value;
};

// One request's head. The views point into `text`, so a Head is filled in place and neither copied
// nor moved.
struct Head {
    Head() = default;
    Head(const Head&) = delete;
    Head& operator=(const Head&) = delete;

    std::string text;
    std::string_view method;   // GET, HEAD, POST, PUT, PATCH, DELETE or OPTIONS
    std::string_view target;   // in origin-form (or "*"), also when it came in absolute-form
    std::string_view path;     // still percent-encoded
    std::string_view query;    // without the question mark
    std::string_view host;     // of the target in absolute-form, else of the Host header
    std::vector<Header> headers;
    std::uint64_t content_length = 0;
    bool chunked = false;
    bool keep_alive = false;
    bool expect_continue = false;
    bool encoded = false;      // a Content-Encoding other than identity
    bool gzip = false;         // and that one is gzip

    // The first value, or empty. Names are compared without regard to case.
    std::string_view header(std::string_view name) const;
    // All values of a list-valued field as one list, in their order (RFC 9110 5.3).
    std::string joined_header(std::string_view name) const;
    bool has_body() const { return chunked || content_length > 0; }
};

// Where the search for the end of a head stands, kept between reads so that a drip costs O(n).
struct HeadScan {
    std::size_t next = 0, line_start = 0;
    bool empty_line_dropped = false;
};

// One empty line before a request line is no request (RFC 9112 2.2): some clients end a body so.
void drop_leading_empty_line(std::string& in, HeadScan&);

// Offset just past the empty line; nothing while bytes are missing. `status` becomes 400 at the
// first bare LF, NUL or CR and 414 or 431 when head_bytes_max is passed, without waiting for the end.
std::optional<std::size_t> find_head_end(std::string_view in, HeadScan&, const Limits&, int& status);

// Fills `head` from head.text. Returns 0, or the status that refuses the request: 400, 417, 431,
// 501 or 505.
int parse_head(Head& head, const Limits&);

// The head that httplib gets for this request: our words only.
std::string canonical_head(const Head&, std::uint64_t body_bytes);

}  // namespace kith::http
