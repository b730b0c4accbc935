#pragma once
#include "federation/client/transport.hpp"

#include <string>

namespace kith::links {

// A page or an oEmbed document; the beginning of a long one. Code::not_found where it answers otherwise
// than with 200; Code::unavailable and Code::timeout where it may be asked again.
Result<client::Response> get(client::Transport&, const std::string& url, const std::string& accept);

inline constexpr const char* html_pages = "text/html, application/xhtml+xml;q=0.9";

}  // namespace kith::links
