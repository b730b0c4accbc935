#include "node/community/visibility.hpp"

#include "storage/repo/posts.hpp"

namespace kith::community {

// Asked of the one SQL form, so that there are not two rules to hold together.
Result<bool> can_see(sql::Tx& tx, const Viewer& viewer, const model::Post& post) {
    return repo::sees_post(tx, viewer.actor_id, post.id);
}

}  // namespace kith::community
