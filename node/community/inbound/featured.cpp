// Add and Remove of the posts that a person shows first (Mastodon: `featured`): by the person, of own
// posts only. Others' collections, and those of groups, are not taken.
#include "config/limits/community.hpp"
#include "federation/vocab/reader.hpp"
#include "node/community/inbound/handlers.hpp"
#include "node/community/inbound/remote_posts.hpp"
#include "storage/repo/posts.hpp"

namespace kith::community {

using sql::Tx;
using vocab::ActivityType;

Result<> authorize_featured(Tx& tx, const Context&, const Deed& deed) {
    const auto& a = deed.activity;
    if (deed.actor.featured_url.empty() || a.target != deed.actor.featured_url)
        return fail(Code::unprocessable, "the target is not the actor's own featured collection",
                    a.target);
    if (deed.actor.is_group())
        return fail(Code::unprocessable, "featured posts of groups are not taken", a.target);
    if (a.object_id.empty()) return fail(Code::invalid, "it names no post");
    const auto post = TRY(repo::find_post_by_ap_id(tx, a.object_id));
    if (post && post->actor_id != deed.actor.id)
        return fail(Code::forbidden, "the post is somebody else's", a.object_id);
    if (!post && a.type == ActivityType::remove)
        return fail(Code::not_found, "the post is not known here", a.object_id);
    return {};
}

// A post that is not known yet, from its origin.
Result<> resolve_featured(Context& context, const Deed& deed, inbox::Fetcher& fetcher,
                          DeedPlan& plan) {
    const auto& id = deed.activity.object_id;
    if (TRY(context.db.read([&](Tx& tx) { return repo::find_post_by_ap_id(tx, id); }))) return {};
    auto fetched = TRY(fetcher.fetch(id));
    auto post = TRY(vocab::read_post(fetched.document.root()));
    if (post.id != id || post.attributed_to != deed.actor.ap_id)
        return fail(Code::forbidden, "the post is somebody else's", id);
    TRY(resolve_post(context, post, fetcher, plan));
    plan.post = std::move(post);
    return {};
}

Result<> apply_featured(Tx& tx, const Context& context, const Deed& deed, const DeedPlan& plan) {
    auto post = TRY(repo::find_post_by_ap_id(tx, deed.activity.object_id));
    if (!post && plan.post)
        post = TRY(store_remote_post(tx, context, *plan.post, deed.received_at, nullptr));
    if (!post || post->deleted_at || post->actor_id != deed.actor.id) return {};
    if (deed.activity.type == ActivityType::remove) return repo::unpin(tx, deed.actor.id, post->id);
    const auto pinned = TRY(repo::pinned_by(tx, deed.actor.id));
    if (pinned.size() >= std::size_t(limits::remote_pins_max))
        TRY(repo::unpin(tx, deed.actor.id, pinned.back()));
    return repo::pin(tx, deed.actor.id, post->id, context.clock.now_ms());
}

}  // namespace kith::community
