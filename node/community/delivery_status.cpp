#include "node/community/delivery_status.hpp"

#include "storage/repo/posts.hpp"

namespace kith::community {

namespace {

Failure no_such_post() { return fail(Code::not_found, "Record not found"); }

Result<DeliveryStatus> status_of(sql::Tx& tx, Id post_id) {
    DeliveryStatus out;
    out.hosts = TRY(repo::reach_details(tx, post_id));
    for (const auto& host : out.hosts) {
        switch (host.state) {
            case model::ReachState::delivered:
                ++out.delivered;
                break;
            case model::ReachState::queued:
                ++out.waiting;
                break;
            case model::ReachState::failed:
                ++out.given_up;
                break;
            case model::ReachState::known:
                break;
        }
    }
    return out;
}

}  // namespace

Result<DeliveryStatus> delivery_status(Context& context, Id actor_id, model::UserRole role,
                                       Id post_id) {
    return context.db.read([&](sql::Tx& tx) -> Result<DeliveryStatus> {
        const auto post = TRY(repo::find_post(tx, post_id));
        const bool may = post && post->local &&
                         (post->actor_id == actor_id || role >= model::UserRole::moderator);
        if (!may) return no_such_post();
        return status_of(tx, post_id);
    });
}

Result<DeliveryStatus> delivery_status(Context& context, Id post_id) {
    return context.db.read([&](sql::Tx& tx) -> Result<DeliveryStatus> {
        const auto post = TRY(repo::find_post(tx, post_id));
        if (!post || !post->local) return no_such_post();
        return status_of(tx, post_id);
    });
}

}  // namespace kith::community
