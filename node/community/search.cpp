#include "node/community/search.hpp"

#include "base/text/fold.hpp"
#include "base/text/strings.hpp"
#include "config/limits/mastodon_api.hpp"
#include "node/community/accounts.hpp"
#include "storage/repo/actors.hpp"
#include "storage/repo/posts.hpp"
#include "storage/repo/relations.hpp"

#include <algorithm>

namespace kith::community {

using model::Actor;
using sql::Tx;

namespace {

// "@Bob@Exa" is the beginning of a name and the beginning of a host.
struct Wanted {
    std::string name, host;
};

Wanted wanted_of(std::string_view query) {
    query = text::trim(query);
    if (query.starts_with('@')) query.remove_prefix(1);
    const auto at = query.find('@');
    if (at == query.npos) return {text::fold(query), ""};
    return {text::fold(query.substr(0, at)), text::to_lower_ascii(query.substr(at + 1))};
}

Result<std::vector<Actor>> only_followed(Tx& tx, Id viewer, std::vector<Actor> actors) {
    std::vector<Actor> out;
    for (auto& actor : actors) {
        auto follow = TRY(repo::find_follow(tx, viewer, actor.id));
        if (follow && follow->state == model::FollowState::accepted)
            out.push_back(std::move(actor));
    }
    return out;
}

// The part of a list that a client asked for.
void cut_to(std::vector<Actor>& actors, int offset, int limit) {
    const auto size = std::ptrdiff_t(actors.size());
    const auto begin = std::min<std::ptrdiff_t>(offset, size);
    const auto end = std::min<std::ptrdiff_t>(begin + limit, size);
    actors.erase(actors.begin() + end, actors.end());
    actors.erase(actors.begin(), actors.begin() + begin);
}

}  // namespace

Result<std::vector<Actor>> search_accounts(Context& context, const Viewer& viewer,
                                           const AccountSearch& search) {
    const auto wanted = wanted_of(search.query);
    if (wanted.name.empty()) return std::vector<Actor>{};
    const bool following = search.following && viewer.actor_id;
    auto exact = actor_by_acct(context, text::trim(search.query));
    return context.db.read([&](Tx& tx) -> Result<std::vector<Actor>> {
        auto found = TRY(repo::search_actors(
            tx, wanted.name, wanted.host,
            following ? limits::search_followed_candidates_max : search.offset + search.limit, 0));
        if (exact) {
            std::erase_if(found, [&](const Actor& actor) { return actor.id == exact->id; });
            found.insert(found.begin(), *exact);
        }
        if (following) found = TRY(only_followed(tx, *viewer.actor_id, std::move(found)));
        cut_to(found, search.offset, search.limit);
        return found;
    });
}

Result<std::vector<std::string>> search_tags(Context& context, std::string_view query, int limit,
                                             int offset) {
    query = text::trim(query);
    if (query.starts_with('#')) query.remove_prefix(1);
    if (query.empty()) return std::vector<std::string>{};
    return context.db.read(
        [&](Tx& tx) { return repo::search_tags(tx, text::fold(query), limit, offset); });
}

}  // namespace kith::community
