#pragma once
#include "base/core/result.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace kith {

// A host as it stands in the authority of a URL, in its one normal form, and a port (0: none
// named).
struct HostPort {
    std::string host;
    std::uint16_t port = 0;
};

// RFC 3986 3.2 without user info, which is refused, as is everything that is not a host in the form
// normalised to here:
// - names: ASCII lower case, other scripts by IDNA2008 with UTS 46 mapping to their xn-- form (so
//   that fullwidth letters, digits and dots, U+3002 and soft hyphens have no spelling of their
//   own), one final dot dropped, labels of letters, digits, '-' and '_';
// - IPv4 only as four decimal numbers; 0x7f.1, 2130706433, 127.1 and 0177.0.0.1 are refused, not
//   translated: nobody means them honestly, and readers of them differ;
// - IPv6 in brackets, without zone, in RFC 5952 form.
// Code::invalid with the reason in `detail`.
Result<HostPort> parse_authority(std::string_view text);

// A domain name as an admin types it, also with white space around it, in the form in which hosts
// are compared, blocked and stored (Url::host_port()): "EXAMPLE.org." → "example.org"; a port is
// kept, if it is not https's own.
Result<std::string> normalize_host(std::string_view host_port);

}  // namespace kith
