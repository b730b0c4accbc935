#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace kith::oauth {

// Every scope this node knows (Mastodon: OAuth Scopes).
std::span<const std::string_view> all_scopes();

// "read write:statuses" or joined by '+' or ','; unknown ones included, each once.
std::vector<std::string> parse_scopes(std::string_view text);
std::string join_scopes(std::span<const std::string> scopes);
bool is_known_scope(std::string_view scope);

// Whether what was granted includes `needed`: "write" includes "write:statuses", and "follow" the
// old way includes read and write of follows, blocks and mutes.
bool covers(std::span<const std::string> granted, std::string_view needed);

}  // namespace kith::oauth
