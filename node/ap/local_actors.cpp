#include "node/ap/local_actors.hpp"

#include "base/text/fold.hpp"
#include "node/ap/answers.hpp"
#include "node/community/group_settings.hpp"
#include "storage/repo/actors.hpp"
#include "storage/repo/sign_ups.hpp"

namespace kith::ap {

using model::Actor;

Result<Actor> named_actor(ApContext& context, const http::Exchange& exchange) {
    const bool group = exchange.path().starts_with("/c/");
    const auto place = exchange.path().substr(0, 3);  // "/u/", "/c/" or "/m/"
    const auto name = text::fold(exchange.param("name"));
    auto actor = TRY(context.community.db.read([&](sql::Tx& tx) -> Result<std::optional<Actor>> {
        auto found = TRY(repo::find_actor_by_name(tx, name, ""));
        // Who signed up and was not let in yet is suspended, too, and nobody is told of them.
        if (found && found->suspended_at)
            if (const auto sign_up = TRY(repo::find_sign_up_of_actor(tx, found->id)); sign_up && sign_up->waits())
                found.reset();
        return found;
    }));
    if (!actor || actor->is_group() != group || actor->kind == model::ActorKind::application) return not_found();
    if (context.community.urls.path_of(actor->ap_id).substr(0, 3) != place) return not_found();
    if (group && actor->local && !TRY(context.community.db.read([&](sql::Tx& tx) { return community::may_know_group(tx, {}, actor->id); })))
        return not_found();
    return std::move(*actor);
}

Result<Actor> local_actor(ApContext& context, const http::Exchange& exchange) {
    auto actor = TRY(named_actor(context, exchange));
    if (actor.deleted_at) return fail(Code::gone, "This account was deleted");
    if (actor.suspended_at) return not_found();
    return actor;
}

}  // namespace kith::ap
