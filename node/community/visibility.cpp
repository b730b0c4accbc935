#include "node/community/visibility.hpp"

#include "storage/repo/posts.hpp"

namespace kith::community {

// Asked of the one SQL form, so that there are not two rules to hold together.
Result<bool> can_see(sql::Tx& tx, const Viewer& viewer, const model::Post& post) {
    return repo::sees_post(tx, viewer.actor_id, post.id);
}

Result<model::Post> seen_post(sql::Tx& tx, std::optional<Id> viewer, Id id) {
    auto post = TRY(repo::find_post(tx, id));
    if (!post || !TRY(repo::sees_post(tx, viewer, id))) return fail(Code::not_found, "Record not found");
    return std::move(*post);
}

Result<model::Post> seen_thread(sql::Tx& tx, std::optional<Id> viewer, Id id) {
    auto first = TRY(seen_post(tx, viewer, id));
    if (!first.group_id || first.is_reply()) return fail(Code::not_found, "Record not found");
    return first;
}

}  // namespace kith::community
