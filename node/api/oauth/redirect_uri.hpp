#pragma once
#include <string>
#include <string_view>

namespace kith::oauth {

// The code is shown on a page to be typed into the client (Mastodon: urn:ietf:wg:oauth:2.0:oob).
inline constexpr std::string_view out_of_band = "urn:ietf:wg:oauth:2.0:oob";

// Whether an app may register it: out of band, https, http (browsers on this machine and on private
// networks have no other), or an app's own scheme. Never javascript:, data: and their like, never
// with a fragment (RFC 6749 3.1.2).
bool is_acceptable_redirect(std::string_view uri);

// Exactly one of the lines (RFC 9700 2.1).
bool is_registered(std::string_view uri, std::string_view registered_lines);

// The URI with parameters added to its query, each percent-encoded.
std::string with_parameter(std::string uri, std::string_view name, std::string_view value);

}  // namespace kith::oauth
