#include "node/api/oauth/carried.hpp"

#include "base/text/strings.hpp"

#include <algorithm>

namespace kith::oauth {

namespace {

constexpr const char* carried_names[] = {
    "response_type", "client_id",      "redirect_uri",          "scope",
    "state",         "code_challenge", "code_challenge_method", "next"};

// "/c/NAME/team", and nothing that a browser takes for another address.
bool is_team_page(std::string_view path) {
    constexpr std::string_view before = "/c/", after = "/team";
    if (path.size() <= before.size() + after.size() || !path.starts_with(before) || !path.ends_with(after)) return false;
    const auto name = path.substr(before.size(), path.size() - before.size() - after.size());
    return std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    });
}

}  // namespace

Hidden carried_fields(const http::Params& params) {
    Hidden out;
    for (const auto* name : carried_names)
        if (auto value = params.get(name)) out.emplace_back(name, std::string(*value));
    return out;
}

std::string query_of(const Hidden& fields) {
    std::string out;
    for (const auto& [name, value] : fields)
        out += (out.empty() ? "?" : "&") + name + "=" + text::percent_encode(value);
    return out;
}

std::string destination(const http::Params& params) {
    if (params.has("client_id")) return "/oauth/authorize" + query_of(carried_fields(params));
    const auto next = params.get_or("next", "");
    return next == security_path || is_team_page(next) ? std::string(next) : "/";
}

}  // namespace kith::oauth
