// Move (FEP-7628, a DRAFT): an account says that it is another one from now on. It counts only from
// the account itself, and where the other one, asked at its own origin, says so too (checklist 15).
#include "config/limits/moves.hpp"
#include "federation/vocab/reader.hpp"
#include "node/community/inbound/authors.hpp"
#include "node/community/inbound/handlers.hpp"
#include "node/community/moves.hpp"
#include "storage/repo/actors.hpp"
#include "storage/repo/moves.hpp"

#include <algorithm>

namespace kith::community {

using sql::Tx;

namespace {

tl::unexpected<Error> not_named(const std::string& target) {
    return fail(Code::forbidden, "the target does not name the account as its alias", target);
}

}  // namespace

Result<> authorize_move(Tx& tx, const Context& context, const Deed& deed) {
    const auto& [id, target] = std::pair(deed.activity.object_id, deed.activity.target);
    if (id != deed.actor.ap_id) return fail(Code::forbidden, "an actor moves only itself", id);
    if (target.empty() || target == id)
        return fail(Code::unprocessable, "the Move names no other account", target);
    auto last = TRY(repo::find_move(tx, deed.actor.id));
    if (last && last->ap_id != deed.activity.id &&
        context.clock.now_ms() - last->at < limits::move_cooldown_ms)
        return fail(Code::forbidden, "the account moved a short time ago");
    if (!context.urls.is_ours(target)) return {};
    auto here = TRY(repo::find_actor_by_ap_id(tx, target));
    if (!here || here->deleted_at || here->suspended_at || !here->moved_to.empty() ||
        !names_alias(*here, id))
        return not_named(target);
    return {};
}

// Always from the origin: what is stored may be older than the alias, or than its end.
Result<> resolve_move(Context& context, const Deed& deed, inbox::Fetcher& fetcher, DeedPlan& plan) {
    const auto& target = deed.activity.target;
    if (context.urls.is_ours(target)) return {};
    auto fetched = TRY(fetcher.fetch(target));
    auto actor = TRY(vocab::read_actor(fetched.document.root()));
    const auto& names = actor.also_known_as;
    if (actor.id != target ||
        std::find(names.begin(), names.end(), deed.actor.ap_id) == names.end())
        return not_named(target);
    if (!actor.moved_to.empty() || actor.suspended)
        return fail(Code::forbidden, "the target has moved itself, or is suspended", target);
    plan.actors.push_back(std::move(actor));
    return {};
}

Result<> apply_move(Tx& tx, const Context& context, const Deed& deed) {
    auto target = TRY(repo::find_actor_by_ap_id(tx, deed.activity.target));
    if (!target || target->deleted_at || target->suspended_at ||
        target->kind == model::ActorKind::application ||
        target->is_group() != deed.actor.is_group())
        return fail(Code::forbidden, "the target is no account to follow", deed.activity.target);
    return begin_move(tx, context, deed.actor, *target, deed.activity.id);
}

}  // namespace kith::community
