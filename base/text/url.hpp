#pragma once
#include "base/core/result.hpp"
#include "base/text/host.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace kith {

// An absolute http or https URL. Scheme and host have one spelling (base/text/host.hpp; a default
// port is dropped); path, query and fragment keep the bytes in which they came, because they are
// part of the identity of actors and objects, which is compared as text. A value; the string_views
// it gives live as long as it does unchanged.
class Url {
public:
    // RFC 3986. Code::invalid for: another scheme, more than limits::url_bytes_max bytes, user
    // info, a backslash, white space (Unicode's too) or a control anywhere, invalid UTF-8, a host
    // that parse_authority() refuses.
    static Result<Url> parse(std::string_view text);

    Url() = default;  // of nothing: every part is empty

    bool empty() const { return text_.empty(); }

    const std::string& str() const& { return text_; }
    std::string str() && { return std::move(text_); }
    std::string without_fragment() const { return text_.substr(0, fragment_at_); }

    std::string_view scheme() const;  // "https" or "http"
    // "example.org", "192.0.2.1", "[2001:db8::1]"
    std::string host() const { return text_.substr(host_at_, host_end_ - host_at_); }
    std::uint16_t port() const { return port_; }  // the scheme's own (443, 80), if none is named
    // "example.org" or "example.org:8443": the form in which hosts are compared, blocked and
    // stored.
    std::string host_port() const { return text_.substr(host_at_, path_at_ - host_at_); }
    // "https://example.org": scheme, host and port (RFC 6454).
    std::string origin() const { return text_.substr(0, path_at_); }

    std::string_view path() const { return part(path_at_, query_at_); }             // may be empty
    std::string_view query() const { return after_mark(query_at_, fragment_at_); }  // without '?'
    std::string_view fragment() const { return after_mark(fragment_at_, text_.size()); }
    // The target of a request: path, "/" where it is empty, and query with its '?'.
    std::string path_and_query() const;

    // The same with everything that is not printable ASCII percent-encoded: what goes over the
    // wire.
    Url ascii() const;

    // Where a reference (the Location of a redirect, an href) leads from here; RFC 3986 5.2, dot
    // segments removed. Code::invalid for what parse() refuses.
    Result<Url> resolve(std::string_view reference) const;

    friend bool operator==(const Url& a, const Url& b) { return a.text_ == b.text_; }
    friend auto operator<=>(const Url& a, const Url& b) { return a.text_ <=> b.text_; }

private:
    std::string_view part(std::size_t from, std::size_t to) const {
        return std::string_view(text_).substr(from, to - from);
    }
    std::string_view after_mark(std::size_t from, std::size_t to) const {
        return from == to ? std::string_view() : part(from + 1, to);
    }

    std::string text_;
    // Where the parts begin; where there is none, the next one's place.
    std::size_t host_at_ = 0, host_end_ = 0, path_at_ = 0, query_at_ = 0, fragment_at_ = 0;
    std::uint16_t port_ = 0;
};

// Scheme, host and port are the same. No URL has the origin of an empty one.
bool same_origin(const Url& a, const Url& b);

}  // namespace kith
