#include "node/community/inbound/relay.hpp"

#include "node/community/events.hpp"
#include "base/json/view.hpp"
#include "storage/repo/actors.hpp"
#include "storage/repo/posts.hpp"
#include "storage/repo/reach.hpp"

namespace kith::community {

Result<> relay_in_group(sql::Tx& tx, const Context& context, const Deed& deed, const model::Post& post) {
    if (!post.group_id || deed.group) return {};
    auto group = TRY(repo::find_actor(tx, *post.group_id));
    if (!group || !group->local || group->deleted_at) return {};
    return emit(tx, context, {.kind = model::EventKind::group_relayed, .actor_id = deed.actor.id, .local = false, .post_id = post.id,
                              .group_id = post.group_id, .object_ap_id = deed.activity.id, .payload = deed.raw});
}

Result<> note_reach(sql::Tx& tx, const Context& context, const model::Post& post, const model::Actor& actor) {
    if (!post.local || actor.local) return {};
    return repo::note_reach(tx, post.id, actor.host, actor.delivery_inbox(), model::ReachState::known, context.clock.now_ms());
}

Result<> forward_reply(sql::Tx& tx, const Context& context, const Deed& deed, const model::Post& reply) {
    if (deed.group || reply.group_id || !reply.in_reply_to_id || reply.visibility > model::Visibility::unlisted) return {};
    const auto document = json::Document::parse(deed.raw);
    const bool is_proven = document && (!(*document)["proof"].is_nothing() || !(*document)["signature"].is_nothing());
    const auto parent = TRY(repo::find_post(tx, *reply.in_reply_to_id));
    if (!is_proven || !parent || !parent->local || parent->visibility > model::Visibility::unlisted) return {};
    return emit(tx, context, {.kind = model::EventKind::activity_forwarded, .actor_id = deed.actor.id, .local = false,
                              .post_id = reply.id, .target_id = parent->actor_id, .object_ap_id = deed.activity.id,
                              .payload = deed.raw});
}

}  // namespace kith::community
