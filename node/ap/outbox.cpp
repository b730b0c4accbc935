#include "federation/delivery/documents.hpp"
#include "federation/vocab/writer.hpp"
#include "node/ap/answers.hpp"
#include "node/ap/asker.hpp"
#include "node/ap/collections.hpp"
#include "node/ap/group_readers.hpp"
#include "node/ap/handlers.hpp"
#include "node/ap/local_actors.hpp"
#include "node/ap/outbox_items.hpp"
#include "storage/repo/groups.hpp"

namespace kith::ap {

namespace {

Result<OutboxItems> read_items(ApContext& context, const model::Actor& actor, const community::Viewer& viewer,
                               std::optional<Id> below) {
    return context.community.db.read([&](sql::Tx& tx) {
        return actor.is_group() ? group_history(tx, context.community.urls, actor, viewer, below)
                                : person_items(tx, context.community.urls, actor, viewer, below);
    });
}

Result<std::int64_t> total_of(ApContext& context, const model::Actor& actor) {
    if (!actor.is_group()) return actor.posts_count;
    return context.community.db.read([&](sql::Tx& tx) { return repo::count_group_entries(tx, actor.id); });
}

}  // namespace

Result<> outbox(ApContext& context, http::Exchange& exchange) {
    const auto actor = TRY(local_actor(context, exchange));
    const auto viewer = TRY(viewer_of(context, actor, TRY(asker_of(context, exchange))));
    const auto& params = *TRY(exchange.params());
    const auto sharing = viewer.actor_id ? Sharing::asker_only : Sharing::everyone;
    if (params.flag_or("page", false)) {
        const auto below = params.id("max_id");
        return answer_activity(exchange, outbox_page(actor.outbox, below, TRY(read_items(context, actor, viewer, below))), sharing);
    }
    std::optional<OutboxItems> items;
    if (actor.is_group())   // Lemmy reads no pages
        items = TRY(context.community.db.read(
            [&](sql::Tx& tx) { return group_items(tx, context.community.urls, actor, viewer); }));
    return answer_activity(exchange, outbox_collection(actor.outbox, TRY(total_of(context, actor)), std::move(items)), sharing);
}

}  // namespace kith::ap
