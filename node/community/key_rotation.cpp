#include "node/community/key_rotation.hpp"

#include "base/text/fold.hpp"
#include "config/limits/keys.hpp"
#include "node/community/accounts.hpp"
#include "node/community/actor_steps.hpp"
#include "node/community/events.hpp"
#include "storage/repo/actors.hpp"

#include <limits>
#include <optional>

namespace kith::community {

using model::Actor;
using model::ActorKey;
using model::KeyAlgorithm;
using sql::Tx;

namespace {

Result<ActorKey> pooled(Tx& tx, KeyAlgorithm algorithm) {
    auto key = TRY(repo::take_from_key_pool(tx, algorithm));
    if (!key) return fail(Code::unavailable, "no key is ready; try again");
    return std::move(*key);
}

// The private half is forgotten; until when the public one is kept follows from the time.
Result<> retire(Tx& tx, ActorKey key, TimeMs now) {
    key.private_pem.clear();
    key.fetched_at = now;
    return repo::put_key(tx, key);
}

Result<> rotate(Tx& tx, const Context& context, Actor actor) {
    const auto now = context.clock.now_ms();
    for (const auto& old : TRY(repo::keys_of(tx, actor.id))) {
        if (old.private_pem.empty()) continue;
        auto key = TRY(pooled(tx, old.algorithm));
        key.actor_id = actor.id;
        key.fetched_at = now;
        key.key_id = old.key_id;
        if (old.algorithm == KeyAlgorithm::ed25519) {
            TRY(retire(tx, old, now));
            key.key_id = Urls::ed25519_key(actor.ap_id) + "-" + std::to_string(context.ids.next());
        }
        TRY(repo::put_key(tx, key));
    }
    actor.updated_at = now;
    TRY(repo::update_actor(tx, actor));
    return emit(tx, context, {.kind = model::EventKind::actor_updated, .actor_id = actor.id});
}

Result<> rotate_one(Context& context, const Actor& actor) {
    TRY(stock_key_pool(context, 1));
    return context.db.write([&](Tx& tx) { return rotate(tx, context, actor); });
}

}  // namespace

Result<> rotate_keys(Context& context, std::string_view name) {
    const auto actor = TRY(context.db.read(
        [&](Tx& tx) { return repo::find_actor_by_name(tx, text::fold(name), ""); }));
    if (!actor || actor->deleted_at)
        return fail(Code::not_found, "nobody here has that name", std::string(name));
    return rotate_one(context, *actor);
}

Result<> rotate_instance_keys(Context& context) {
    return rotate_one(context, TRY(instance_actor(context)));
}

Result<std::size_t> rotate_all_keys(Context& context) {
    const auto ids = TRY(context.db.read(repo::local_actor_ids));
    for (const auto id : ids) {
        const auto actor = TRY(context.db.read([id](Tx& tx) { return repo::find_actor(tx, id); }));
        if (actor) TRY(rotate_one(context, *actor));
    }
    return ids.size();
}

Result<> drop_retired_keys(Context& context) {
    const auto before = context.clock.now_ms() - limits::retired_key_days * day_ms;
    return context.db.write([before](Tx& tx) { return repo::delete_retired_keys(tx, before); });
}

}  // namespace kith::community
