#include "node/community/team.hpp"

#include "node/community/node_moderation.hpp"
#include "storage/repo/accounts.hpp"
#include "storage/repo/node_acts.hpp"

namespace kith::community {

using model::UserRole;
using sql::Tx;

Result<> require_role(Tx& tx, Id actor, UserRole at_least) {
    const auto user = TRY(repo::find_user_by_actor(tx, actor));
    if (!user || user->disabled_at || user->role < at_least) return fail(Code::forbidden, "This action is not allowed");
    return {};
}

Result<> require_role(Context& context, Id actor, UserRole at_least) {
    return context.db.read([&](Tx& tx) { return require_role(tx, actor, at_least); });
}

Result<std::vector<model::Actor>> admins(Context& context) {
    return context.db.read([](Tx& tx) { return repo::admin_actors(tx); });
}

Result<> set_admin(Context& context, Id by, Id person, bool admin) {
    return context.db.write([&context, by, person, admin](Tx& tx) -> Result<> {
        TRY(require_role(tx, by, UserRole::admin));
        auto user = TRY(repo::find_user_by_actor(tx, person));
        if (!user || user->disabled_at) return fail(Code::not_found, "Record not found");
        if ((user->role == UserRole::admin) == admin) return fail(Code::unprocessable, "Validation failed: it is so already");
        if (!admin && TRY(repo::admin_actors(tx)).size() <= 1)
            return fail(Code::unprocessable, "Validation failed: the node's only admin cannot leave");
        user->role = admin ? UserRole::admin : UserRole::member;
        TRY(repo::update_user(tx, *user));
        return log_node_act(tx, context, {.kind = model::NodeActKind::add_admin, .reverts = !admin, .moderator_id = by, .target_id = person});
    });
}

}  // namespace kith::community
