// What relays answer and bring (FEP-ae0c).
#include "node/community/inbound/handlers.hpp"
#include "node/community/inbound/remote_posts.hpp"
#include "storage/repo/actors.hpp"
#include "storage/repo/posts.hpp"
#include "storage/repo/relays.hpp"

#include <algorithm>

namespace kith::community {

using model::RelayState;
using sql::Tx;

namespace {

bool is_open(const vocab::Post& post) {
    const auto names_public = [](const std::vector<std::string>& ids) {
        return std::ranges::find(ids, vocab::public_collection) != ids.end();
    };
    return names_public(post.to) || names_public(post.cc);
}

// Its origin says what it is now; only its author stays who it was.
Result<> edit_relayed_post(Tx& tx, const Context& context, const model::Post& known,
                           const vocab::Post& now) {
    const auto author = TRY(repo::find_actor(tx, known.actor_id));
    if (known.local || known.deleted_at || !author || author->ap_id != now.attributed_to) return {};
    TRY(update_remote_post(tx, context, known, now));
    return {};
}

}  // namespace

Result<std::optional<model::Relay>> answered_relay(Tx& tx, const Deed& deed) {
    auto relay = TRY(repo::find_relay_by_follow(tx, deed.activity.object_id));
    if (relay && relay->host != deed.actor.host) relay.reset();
    return relay;
}

Result<> apply_relay_answer(Tx& tx, const Context& context, const Deed& deed,
                            const model::Relay& relay) {
    const bool accepted = deed.activity.type == vocab::ActivityType::accept;
    return repo::answer_relay(tx, relay.id, accepted ? RelayState::accepted : RelayState::refused,
                              deed.actor.ap_id, context.clock.now_ms());
}

Result<> take_relayed_post(Tx& tx, const Context& context, const Deed& deed,
                           const DeedPlan& plan) {
    if (!plan.post || !is_open(*plan.post)) return {};
    if (auto known = TRY(repo::find_post_by_ap_id(tx, plan.post->id)))
        return edit_relayed_post(tx, context, *known, *plan.post);
    for (const auto& ancestor : plan.ancestors)
        TRY(store_remote_post(tx, context, ancestor, deed.received_at, nullptr));
    auto post = TRY(store_remote_post(tx, context, *plan.post, deed.received_at, nullptr));
    if (!post || post->deleted_at) return {};
    return settle_quote(tx, context, *post, *plan.post, plan, deed.received_at, Turn::forbidden);
}

}  // namespace kith::community
