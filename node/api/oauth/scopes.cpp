#include "node/api/oauth/scopes.hpp"

#include "base/text/strings.hpp"

#include <algorithm>
#include <array>

namespace kith::oauth {

namespace {

constexpr std::array<std::string_view, 47> known{"read",
                                                 "read:accounts",
                                                 "read:blocks",
                                                 "read:bookmarks",
                                                 "read:collections",
                                                 "read:favourites",
                                                 "read:filters",
                                                 "read:follows",
                                                 "read:lists",
                                                 "read:mutes",
                                                 "read:notifications",
                                                 "read:search",
                                                 "read:statuses",
                                                 "write",
                                                 "write:accounts",
                                                 "write:blocks",
                                                 "write:bookmarks",
                                                 "write:collections",
                                                 "write:conversations",
                                                 "write:favourites",
                                                 "write:filters",
                                                 "write:follows",
                                                 "write:lists",
                                                 "write:media",
                                                 "write:mutes",
                                                 "write:notifications",
                                                 "write:reports",
                                                 "write:statuses",
                                                 "follow",
                                                 "push",
                                                 "profile",
                                                 "admin:read",
                                                 "admin:read:accounts",
                                                 "admin:read:reports",
                                                 "admin:write",
                                                 "admin:write:accounts",
                                                 "admin:write:reports",
                                                 "admin:read:domain_allows",
                                                 "admin:read:domain_blocks",
                                                 "admin:read:ip_blocks",
                                                 "admin:read:email_domain_blocks",
                                                 "admin:read:canonical_email_blocks",
                                                 "admin:write:domain_allows",
                                                 "admin:write:domain_blocks",
                                                 "admin:write:ip_blocks",
                                                 "admin:write:email_domain_blocks",
                                                 "admin:write:canonical_email_blocks"};

constexpr std::array<std::string_view, 6> under_follow{
    "read:follows", "write:follows", "read:blocks", "write:blocks", "read:mutes", "write:mutes"};

}  // namespace

std::span<const std::string_view> all_scopes() { return known; }

std::vector<std::string> parse_scopes(std::string_view text) {
    std::vector<std::string> out;
    while (!text.empty()) {
        auto end = std::min(text.find_first_of(" +,"), text.size());
        auto scope = text.substr(0, end);
        if (!scope.empty() && std::find(out.begin(), out.end(), scope) == out.end())
            out.emplace_back(scope);
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return out;
}

std::string join_scopes(std::span<const std::string> scopes) { return text::join(scopes, " "); }

bool is_known_scope(std::string_view scope) {
    return std::find(known.begin(), known.end(), scope) != known.end();
}

bool covers(std::span<const std::string> granted, std::string_view needed) {
    return std::any_of(granted.begin(), granted.end(), [&](std::string_view scope) {
        if (scope == needed) return true;
        if (scope == "follow")
            return std::find(under_follow.begin(), under_follow.end(), needed) !=
                   under_follow.end();
        return needed.size() > scope.size() && needed.starts_with(scope) &&
               needed[scope.size()] == ':';
    });
}

}  // namespace kith::oauth
