#include "node/community/severances.hpp"

#include "base/json/writer.hpp"
#include "config/limits/community.hpp"
#include "node/community/follow_steps.hpp"
#include "storage/repo/actors.hpp"
#include "storage/repo/jobs.hpp"
#include "storage/repo/notifications.hpp"
#include "storage/repo/severances.hpp"

namespace kith::community {

using model::Follow;
using sql::Tx;

namespace {

// Once a person; from the instance actor, since nobody in particular did it.
Result<> tell(Tx& tx, const Context& context, Id severance, Id actor_id) {
    const auto actor = TRY(repo::find_actor(tx, actor_id));
    if (!actor || !actor->local || actor->is_group() || actor->deleted_at) return {};
    const auto counts = TRY(repo::severed_counts(tx, severance, actor_id));
    const auto instance = TRY(repo::find_actor_by_ap_id(tx, context.urls.instance_actor()));
    if (counts.followers + counts.following != 1 || !instance) return {};
    TRY(repo::add_notification(tx, {.id = context.ids.next(),
                                    .owner_id = actor_id,
                                    .kind = model::NotificationKind::severed_relationships,
                                    .from_id = instance->id,
                                    .created_at = context.clock.now_ms(),
                                    .severance_id = severance}));
    return {};
}

Result<> sever(Tx& tx, const Context& context, Id severance, const Follow& follow) {
    TRY(repo::add_severed(tx, severance, follow));
    TRY(sever_follow(tx, context, follow));
    TRY(tell(tx, context, severance, follow.follower_id));
    return tell(tx, context, severance, follow.followed_id);
}

}  // namespace

Result<> begin_severance(Tx& tx, const Context& context, const std::string& host) {
    if (TRY(repo::follows_to_sever(tx, 1)).empty()) return {};
    const auto now = context.clock.now_ms();
    const auto id = context.ids.next();
    TRY(repo::add_severance(tx, {id, host, now}));
    json::Writer w;
    w.object().member("severance", id).end();
    return repo::add_job(tx, {.id = context.ids.next(),
                              .kind = std::string(sever_job),
                              .payload = w.take(),
                              .not_before = now,
                              .created_at = now});
}

Result<std::optional<std::string>> continue_severance(Context& context,
                                                      const std::string& payload) {
    const auto id = TRY(TRY(json::Document::parse(payload))["severance"].integer());
    const auto done = TRY(context.db.write([&context, id](Tx& tx) -> Result<std::size_t> {
        const auto follows = TRY(repo::follows_to_sever(tx, limits::severed_per_write_max));
        for (const auto& follow : follows) TRY(sever(tx, context, id, follow));
        return follows.size();
    }));
    if (done < std::size_t(limits::severed_per_write_max)) return std::optional<std::string>{};
    return std::optional<std::string>(payload);
}

Result<std::optional<SeveranceView>> load_severance(Tx& tx, Id owner, Id id) {
    const auto severance = TRY(repo::find_severance(tx, id));
    const auto counts = TRY(repo::severed_counts(tx, id, owner));
    if (!severance || counts.followers + counts.following == 0)
        return std::optional<SeveranceView>{};
    return SeveranceView{*severance, counts.followers, counts.following};
}

Result<SeveredNames> severed_names(Context& context, Id actor, Id id) {
    return context.db.read([&](Tx& tx) -> Result<SeveredNames> {
        auto view = TRY(load_severance(tx, actor, id));
        if (!view) return fail(Code::not_found, "Record not found");
        constexpr int limit = limits::severed_names_max;
        return SeveredNames{
            std::move(*view),
            TRY(repo::severed_actors(tx, id, actor, repo::Lost::followers, limit)),
            TRY(repo::severed_actors(tx, id, actor, repo::Lost::following, limit))};
    });
}

}  // namespace kith::community
