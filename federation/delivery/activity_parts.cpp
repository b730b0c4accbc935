#include "federation/delivery/activity_parts.hpp"

#include <algorithm>

#include "federation/delivery/proofs.hpp"
#include "storage/repo/delivery.hpp"
#include "storage/repo/actors.hpp"
#include "storage/repo/group_profiles.hpp"
#include "storage/repo/groups.hpp"
#include "storage/repo/posts.hpp"

namespace kith::delivery {

using model::Actor;
using model::Event;
using model::EventKind;
using model::Post;
using sql::Tx;

namespace {

constexpr std::string_view actor_ordering = "actor:", deed_ordering = "deed:";

Activities without_proofs(Tx& tx, const Context& context, const Event& event) {
    switch (event.kind) {
        case EventKind::post_created:
            return post_created(tx, context, event);
        case EventKind::post_updated:
            return post_updated(tx, context, event);
        case EventKind::post_deleted:
            return post_deleted(tx, context, event);
        case EventKind::boost_added:
            return boost_added(tx, context, event);
        case EventKind::boost_removed:
            return boost_removed(tx, context, event);
        case EventKind::reaction_added:
            return reaction_added(tx, context, event);
        case EventKind::reaction_removed:
            return reaction_removed(tx, context, event);
        case EventKind::follow_requested:
        case EventKind::follow_accepted:
        case EventKind::follow_rejected:
        case EventKind::follow_removed:
        case EventKind::block_added:
        case EventKind::block_removed:
            return relation_changed(tx, context, event);
        case EventKind::actor_updated:
            return actor_updated(tx, context, event);
        case EventKind::actor_deleted:
            return actor_deleted(tx, context, event);
        case EventKind::actor_moved:
            return actor_moved(tx, context, event);
        case EventKind::group_offered:
            return group_offered(tx, context, event);
        case EventKind::group_taken:
            return group_taken(tx, context, event);
        case EventKind::thread_moved:
            return thread_moved(tx, context, event);
        case EventKind::group_relayed:
            return group_relayed(tx, context, event);
        case EventKind::group_moderated:
            return group_moderated(tx, context, event);
        case EventKind::appeal_made:
            return appeal_made(tx, context, event);
        case EventKind::appeal_decided:
            return appeal_decided(tx, context, event);
        case EventKind::quote_requested:
        case EventKind::quote_answered:
        case EventKind::quote_revoked:
            return quote_changed(tx, context, event);
        case EventKind::answer_chosen:
            return answer_chosen(tx, context, event);
        case EventKind::thread_labelled:
            return thread_labelled(tx, context, event);
        case EventKind::report_forwarded:
            return report_forwarded(tx, context, event);
        case EventKind::activity_forwarded:
            return activity_forwarded(tx, context, event);
        case EventKind::post_pinned:
        case EventKind::post_unpinned:
            return pins_changed(tx, context, event);
        case EventKind::relay_joined:
        case EventKind::relay_left:
            return relay_changed(tx, context, event);
        case EventKind::join_requested:
        case EventKind::join_withdrawn:
        case EventKind::join_answered:
            return gathering_changed(tx, context, event);
        case EventKind::attendees_changed:
        case EventKind::poll_changed:
            return poll_changed(tx, context, event);
        case EventKind::vote_added:
            return vote_added(tx, context, event);
        case EventKind::member_joined:
        case EventKind::filters_changed:
        case EventKind::notifications_merged:
        case EventKind::announcement_added:
        case EventKind::announcement_removed:
        case EventKind::announcement_reacted:
        case EventKind::member_left:
            break;
    }
    return std::vector<Outgoing>{};
}

}  // namespace

Result<std::vector<Outgoing>> activities_for(Tx& tx, const Context& context, const Event& event) {
    auto out = TRY(without_proofs(tx, context, event));
    for (auto& activity : out) TRY(prove(tx, context, activity));
    return out;
}

Result<std::optional<Scene>> scene_of(Tx& tx, const Event& event) {
    if (!event.post_id) return std::optional<Scene>{};
    auto post = TRY(repo::find_post(tx, *event.post_id));
    if (!post) return std::optional<Scene>{};
    auto author = TRY(repo::find_actor(tx, post->actor_id));
    if (!author) return std::optional<Scene>{};
    auto to = TRY(addressing_of(tx, *post, *author));
    // Nothing leaves a group that is for this node's people.
    if (to.group && to.group->local &&
        TRY(repo::group_profile(tx, to.group->id)).visibility == model::GroupVisibility::local_only)
        return std::optional<Scene>{};
    return std::optional<Scene>(Scene{std::move(*post), std::move(*author), std::move(to)});
}

Result<std::optional<Actor>> speaker(Tx& tx, Id id) {
    auto actor = TRY(repo::find_actor(tx, id));
    if (actor && (!actor->local || actor->suspended_at || actor->deleted_at)) actor.reset();
    return actor;
}

Outgoing outgoing(const Actor& signer, const vocab::ActivityToWrite& activity, Audience audience) {
    return {.signer_id = signer.id,
            .ap_id = activity.id,
            .type = activity.type,
            .body = vocab::write_activity(activity),
            .audience = std::move(audience)};
}

Outgoing announce_activity(const Actor& group, std::string ap_id, const Inner& inner,
                           const Post& post, Audience audience) {
    vocab::ActivityToWrite activity{
        .id = std::move(ap_id), .type = "Announce", .actor = group.ap_id};
    if (inner.json.empty())
        activity.object_id = inner.id;
    else
        activity.object_json = inner.json;
    // FEP-1b12: to everybody, or where the post is for the group's members to them.
    if (post.visibility == model::Visibility::group) {
        activity.to = {group.followers_url};
    } else {
        activity.to = {std::string(vocab::public_collection)};
        activity.cc = {group.followers_url};
    }
    return outgoing(group, activity, std::move(audience));
}

Result<std::string> announced_create_id(Tx& tx, const Context& context, const Event& event,
                                        const Actor& group, const Post& post) {
    const auto entry = TRY(repo::find_group_entry_of(tx, group.id, post.id));
    return context.urls.activity_part(entry ? entry->id : event.id, announce_part);
}

Result<std::optional<Outgoing>> announce_post(Tx& tx, const Actor& group, const Post& post) {
    if (post.is_reply()) return std::optional<Outgoing>{};
    auto entry = TRY(repo::find_group_entry_of(tx, group.id, post.id));
    if (!entry || entry->ap_id.empty()) return std::optional<Outgoing>{};
    return std::optional<Outgoing>(announce_activity(group, entry->ap_id, {.id = post.ap_id}, post,
                                                     {.followers_of = {group.id},
                                                      .ordering = ordering_of_post(post.id),
                                                      .post_id = post.id,
                                                      .shows = Shows::post}));
}

std::string ordering_of_post(Id post) { return repo::post_ordering(post); }
std::string ordering_of_deed(Id actor, Id post) {
    return std::string(deed_ordering) + std::to_string(actor) + ":" + std::to_string(post);
}
std::string ordering_of_pair(Id one, Id other) {
    return "pair:" + std::to_string(std::min(one, other)) + ":" +
           std::to_string(std::max(one, other));
}
std::string ordering_of_actor(Id actor) {
    return std::string(actor_ordering) + std::to_string(actor);
}
bool waits_for_actor(std::string_view ordering) { return ordering.starts_with(actor_ordering); }
std::string ordering_before(std::string_view ordering) {
    if (!ordering.starts_with(deed_ordering)) return {};
    return ordering_of_post(parse_id(ordering.substr(ordering.rfind(':') + 1)).value_or(0));
}

}  // namespace kith::delivery
