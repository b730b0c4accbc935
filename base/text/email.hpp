#pragma once
#include <string_view>

namespace kith::text {

// Whether this is an address that mail can be sent to, read strictly: one dot-atom (RFC 5322 3.2.3)
// of at most 64 characters, `@`, and a host name of at least two labels (RFC 1035 2.3.1). No
// quotes, comments, display names or address literals, none of the characters that mail relays once
// gave a meaning (% ! |), ASCII only: what is not plainly an address is not mailed to (security
// checklist, line 43).
bool is_email_address(std::string_view);

}  // namespace kith::text
