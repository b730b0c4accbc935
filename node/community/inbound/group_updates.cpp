// Update of a group by its moderators, wherever they are (groups.md 1.3): judged by the group's host; of another
// host's group only what that host serves counts.
#include "base/html/to_text.hpp"
#include "federation/vocab/reader.hpp"
#include "node/community/events.hpp"
#include "node/community/group_moderation.hpp"
#include "node/community/groups.hpp"
#include "node/community/inbound/handlers.hpp"
#include "storage/repo/actors.hpp"
#include "storage/repo/group_profiles.hpp"

#include <algorithm>

namespace kith::community {

using sql::Tx;

namespace {

Result<model::Actor> group_here(Tx& tx, const std::string& id) {
    const auto group = TRY(repo::find_actor_by_ap_id(tx, id));
    if (!group || !group->is_group()) return fail(Code::forbidden, "an actor updates only itself", id);
    if (!group->local) return fail(Code::forbidden, "the group's host announces what is done in it", id);
    if (group->deleted_at || group->suspended_at) return fail(Code::not_found, "the group is not here any more", id);
    return *group;
}

// What the document says otherwise than the group; what it leaves out stays.
GroupChange change_of(const model::Actor& group, const model::GroupProfile& now, const vocab::Actor& wanted, json::View raw) {
    GroupChange change;
    if (const auto title = html::to_text(wanted.name); !title.empty() && title != group.name) change.title = title;
    if (!wanted.summary_source.empty()) {
        if (wanted.summary_source != group.source) change.description = wanted.summary_source;
    } else if (!wanted.summary.empty() && wanted.summary != group.summary) {
        change.description = html::to_text(wanted.summary);
    }
    if (wanted.posting_restricted_to_mods && !now.archived_at)
        change.posting = *wanted.posting_restricted_to_mods ? model::PostingPolicy::moderators : model::PostingPolicy::everyone;
    change.approval = raw["manuallyApprovesFollowers"].maybe_boolean();
    if (raw["description"].is_string()) change.brief = wanted.brief;
    change.sensitive = wanted.sensitive;
    if (!raw["language"].is_nothing()) change.languages = wanted.languages;
    // Into a private group somebody lets people in, which Lemmy says with the same word.
    if (change.approval && *change.approval != (now.visibility == model::GroupVisibility::private_) &&
        (now.visibility == model::GroupVisibility::private_ || !group.locked))
        change.visibility = *change.approval ? model::GroupVisibility::private_ : model::GroupVisibility::public_;
    if (!change.visibility && !model::is_closed(now.visibility) && wanted.discoverable)
        change.visibility = *wanted.discoverable ? model::GroupVisibility::public_ : model::GroupVisibility::unlisted;
    return change;
}

}  // namespace

Result<> authorize_group_update(Tx& tx, const Deed& deed) {
    const auto group = TRY(group_here(tx, deed.activity.object_id));
    if (!TRY(is_group_moderator(tx, group, deed.actor.id)))
        return fail(Code::forbidden, "the actor does not moderate the group", deed.actor.ap_id);
    const auto wanted = TRY(vocab::read_actor(deed.activity.object));
    if (wanted.id != group.ap_id || wanted.type != vocab::ActorType::group)
        return fail(Code::forbidden, "a group stays what it is", wanted.id);
    if (wanted.updated && *wanted.updated < group.updated_at)
        return fail(Code::forbidden, "the change is older than what is stored", group.ap_id);
    return {};
}

Result<> apply_group_update(Tx& tx, const Context& context, const Deed& deed) {
    const auto group = TRY(group_here(tx, deed.activity.object_id));
    const auto wanted = TRY(vocab::read_actor(deed.activity.object));
    // The moderator's time, so that their next change, which may be on its way already, is not the older one.
    const auto now = context.clock.now_ms();
    TRY(apply_group_change(tx, context, group, deed.actor.id, change_of(group, TRY(repo::group_profile(tx, group.id)), wanted, deed.activity.object),
                           std::min(now, wanted.updated.value_or(now))));
    return emit(tx, context,
                {.kind = model::EventKind::group_relayed,
                 .actor_id = deed.actor.id,
                 .local = false,
                 .target_id = group.id,
                 .group_id = group.id,
                 .object_ap_id = deed.activity.id,
                 .payload = deed.raw});
}

Result<> resolve_announced_group(const std::string& id, inbox::Fetcher& fetcher, DeedPlan& plan) {
    const auto fetched = TRY(fetcher.fetch(id));
    auto group = TRY(vocab::read_actor(fetched.document.root()));
    if (group.id != id) return fail(Code::forbidden, "the document is somebody else's", group.id);
    plan.actors.push_back(std::move(group));
    return {};
}

}  // namespace kith::community
