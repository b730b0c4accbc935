// FEP-8fcf: the followers that one of our people has at the host that asks.
#include "config/limits/followers_sync.hpp"
#include "federation/delivery/followers_sync.hpp"
#include "node/ap/answers.hpp"
#include "node/ap/asker.hpp"
#include "node/ap/collections.hpp"
#include "node/ap/handlers.hpp"
#include "node/ap/local_actors.hpp"
#include "storage/repo/followers_sync.hpp"

namespace kith::ap {

Result<> followers_synchronization(ApContext& context, http::Exchange& exchange) {
    const auto actor = TRY(local_actor(context, exchange));
    const auto asker = TRY(asker_of(context, exchange));
    if (!asker.sender) return fail(Code::unauthorized, "This needs the signature of an actor");
    const auto ids = TRY(context.community.db.read([&](sql::Tx& tx) {
        return repo::follower_ids_at(tx, actor.id, asker.sender->host,
                                     limits::followers_sync_ids_max + 1);
    }));
    // Those who are not in the list lose their follow: part of it would do harm.
    if (int(ids.size()) > limits::followers_sync_ids_max) return not_found();
    return answer_activity(
        exchange,
        id_collection(delivery::followers_synchronization_url(actor.ap_id), ids, Order::meant),
        Sharing::asker_only);
}

}  // namespace kith::ap
