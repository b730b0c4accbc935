#include "federation/delivery/followers_sync.hpp"

#include "federation/vocab/followers_sync.hpp"
#include "storage/repo/followers_sync.hpp"

namespace kith::delivery {

std::string followers_synchronization_url(std::string_view actor_ap_id) {
    return std::string(actor_ap_id) + "/followers_synchronization";
}

Result<std::string> FollowersStates::header_for(Id actor, const std::string& host) {
    const auto key = std::to_string(actor) + " " + host;
    const auto* known = known_.find(key);
    auto found = TRY(db_.read([&](sql::Tx& tx) -> Result<Known> {
        const auto state = TRY(repo::followers_version(tx, actor));
        if (!state) return Known{};
        if (known && known->version == state->version) return *known;
        Known fresh{state->version, {}};
        const auto ids =
            TRY(repo::follower_ids_at(tx, actor, host, limits::followers_sync_ids_max + 1));
        if (int(ids.size()) <= limits::followers_sync_ids_max)
            fresh.header = vocab::write_followers_state(
                {.collection_id = state->followers_url,
                 .url = followers_synchronization_url(state->actor_ap_id),
                 .digest = vocab::followers_digest(ids)});
        return fresh;
    }));
    return known_.put(key, std::move(found)).header;
}

}  // namespace kith::delivery
