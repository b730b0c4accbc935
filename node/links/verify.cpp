#include "node/links/verify.hpp"

#include "node/links/fetch.hpp"
#include "node/links/page.hpp"

#include <algorithm>

namespace kith::links {

Result<bool> names_person(client::Transport& transport, const std::string& url, const model::Actor& actor) {
    const auto answer = TRY(get(transport, url, html_pages));
    const auto named = identities_of(answer.final_url, answer.headers.get("Content-Type").value_or(""), answer.body);
    return std::any_of(named.begin(), named.end(), [&](const auto& id) { return id == actor.url || id == actor.ap_id; });
}

}  // namespace kith::links
