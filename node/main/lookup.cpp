#include "node/main/lookup.hpp"

#include "node/community/text_scan.hpp"

namespace kith {

Result<Id> DiscoveryLookup::resolve_account(std::string_view handle_or_url) {
    return TRY(resolver_.resolve_actor(handle_or_url)).id;
}

Result<Id> DiscoveryLookup::resolve_status(std::string_view url) {
    return resolver_.resolve_post(url);
}

void DiscoveryLookup::resolve_mentions(std::string_view text) {
    std::vector<std::string> handles;
    for (const auto& span : community::find_mentions(text))
        if (!span.host.empty()) handles.push_back(span.username + "@" + span.host);
    if (!handles.empty()) resolver_.resolve_mentions(handles);
}

}  // namespace kith
