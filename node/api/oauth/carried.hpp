#pragma once
#include "node/http/params.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kith::oauth {

using Hidden = std::vector<std::pair<std::string, std::string>>;  // fields that a form carries on

// Where members look after their sign-in (node/api/member).
inline constexpr std::string_view security_path = "/settings/security";

// Why somebody signs in or up, carried from page to page: what an app asked for, or `next`.
Hidden carried_fields(const http::Params&);
// The same as a query with its question mark; empty where there is nothing.
std::string query_of(const Hidden&);
// Where it leads in the end: back into the app's flow, or to a page of ours for members. No other address is
// believed.
std::string destination(const http::Params&);

}  // namespace kith::oauth
