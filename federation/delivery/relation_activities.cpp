#include "base/json/writer.hpp"
#include "federation/delivery/activity_parts.hpp"
#include "storage/repo/actors.hpp"
#include "storage/repo/relations.hpp"

namespace kith::delivery {

using model::Actor;
using model::Event;
using model::EventKind;
using sql::Tx;

namespace {

// A local actor towards a remote one, about one activity between them.
struct Pair {
    Actor actor, target;
};

Result<std::optional<Pair>> pair_of(Tx& tx, const Event& event) {
    if (!event.target_id) return std::optional<Pair>{};
    auto actor = TRY(speaker(tx, event.actor_id));
    auto target = TRY(repo::find_actor(tx, *event.target_id));
    if (!actor || !target || target->local || target->deleted_at) return std::optional<Pair>{};
    return std::optional<Pair>(Pair{std::move(*actor), std::move(*target)});
}

vocab::ActivityToWrite between(const Actor& from, std::string type, std::string id,
                               const Actor& to) {
    return {.id = std::move(id),
            .type = std::move(type),
            .actor = from.ap_id,
            .object_id = to.ap_id,
            .to = {to.ap_id}};
}

// The inner activity of Accept, Reject and Undo: {id, type, actor, object}, which every peer reads.
std::string inner_json(const Actor& from, std::string_view type, const std::string& id,
                       const Actor& to) {
    json::Writer w;
    w.object().member_unless_empty("id", id);
    w.member("type", type).member("actor", from.ap_id).member("object", to.ap_id).end();
    return w.take();
}

// What concerns one person goes to their own inbox.
std::vector<Outgoing> to_target(const Pair& pair, const vocab::ActivityToWrite& activity) {
    Audience audience{.inboxes = {{pair.target.host, pair.target.inbox}},
                      .ordering = ordering_of_pair(pair.actor.id, pair.target.id)};
    return {outgoing(pair.actor, activity, std::move(audience))};
}

vocab::ActivityToWrite wrap(const Context& context, const Event& event, const Pair& pair,
                            std::string type, std::string inner) {
    return {.id = context.urls.activity(event.id),
            .type = std::move(type),
            .actor = pair.actor.ap_id,
            .object_json = std::move(inner),
            .to = {pair.target.ap_id}};
}

Result<bool> follow_stands(Tx& tx, const Event& event, Id follower, Id followed) {
    auto f = TRY(repo::find_follow(tx, follower, followed));
    return f && f->ap_id == event.object_ap_id;
}

}  // namespace

Activities relation_changed(Tx& tx, const Context& context, const Event& event) {
    const std::vector<Outgoing> nothing;
    auto pair = TRY(pair_of(tx, event));
    if (!pair) return nothing;
    const auto& [actor, target] = *pair;
    const auto& id = event.object_ap_id;
    switch (event.kind) {
        case EventKind::follow_requested:
            if (!TRY(follow_stands(tx, event, actor.id, target.id))) return nothing;
            return to_target(*pair, between(actor, "Follow", id, target));
        case EventKind::follow_removed:
            return to_target(*pair, wrap(context, event, *pair, "Undo",
                                         inner_json(actor, "Follow", id, target)));
        case EventKind::follow_accepted: {
            auto f = TRY(repo::find_follow(tx, target.id, actor.id));
            if (!f || f->state != model::FollowState::accepted) return nothing;
            return to_target(*pair, wrap(context, event, *pair, "Accept",
                                         inner_json(target, "Follow", id, actor)));
        }
        case EventKind::follow_rejected:
            return to_target(*pair, wrap(context, event, *pair, "Reject",
                                         inner_json(target, "Follow", id, actor)));
        case EventKind::block_added: {
            auto block = TRY(repo::find_block(tx, actor.id, target.id));
            if (!block || block->ap_id != id) return nothing;
            return to_target(*pair, between(actor, "Block", id, target));
        }
        case EventKind::block_removed:
            return to_target(
                *pair, wrap(context, event, *pair, "Undo", inner_json(actor, "Block", id, target)));
        default:
            return nothing;
    }
}

Activities actor_updated(Tx& tx, const Context& context, const Event& event) {
    auto actor = TRY(speaker(tx, event.actor_id));
    if (!actor) return std::vector<Outgoing>{};
    vocab::ActivityToWrite activity{
        .id = context.urls.activity(event.id),
        .type = "Update",
        .actor = actor->ap_id,
        .object_json =
            vocab::write_actor(TRY(actor_document(tx, context.urls, context.config, *actor))),
        .to = {std::string(vocab::public_collection)},
        .cc = {actor->followers_url}};
    return std::vector{outgoing(
        *actor, activity, {.followers_of = {actor->id}, .ordering = ordering_of_actor(actor->id)})};
}

// What only followers may see is shown to them by its own document.
Activities pins_changed(Tx& tx, const Context& context, const Event& event) {
    std::vector<Outgoing> out;
    auto scene = TRY(scene_of(tx, event));
    if (!scene || !TRY(speaker(tx, event.actor_id)) || scene->author.id != event.actor_id) return out;
    if (scene->post.visibility > model::Visibility::followers) return out;
    const bool pinned = event.kind == EventKind::post_pinned;
    if (pinned && scene->post.deleted_at) return out;
    vocab::ActivityToWrite activity{.id = context.urls.activity(event.id),
                                    .type = pinned ? "Add" : "Remove",
                                    .actor = scene->author.ap_id,
                                    .object_id = scene->post.ap_id,
                                    .target = scene->author.featured_url,
                                    .to = {scene->author.followers_url}};
    out.push_back(outgoing(scene->author, activity,
                           {.followers_of = {scene->author.id},
                            .ordering = ordering_of_post(scene->post.id)}));
    return out;
}

Activities actor_moved(Tx& tx, const Context&, const Event& event) {
    const std::vector<Outgoing> nothing;
    auto actor = TRY(speaker(tx, event.actor_id));
    auto target = event.target_id ? TRY(repo::find_actor(tx, *event.target_id))
                                  : std::optional<Actor>{};
    if (!actor || !target || actor->moved_to != target->ap_id) return nothing;
    vocab::ActivityToWrite activity{.id = event.object_ap_id,
                                    .type = "Move",
                                    .actor = actor->ap_id,
                                    .object_id = actor->ap_id,
                                    .target = target->ap_id,
                                    .to = {actor->followers_url}};
    Audience audience{.followers_of = {actor->id}, .ordering = ordering_of_actor(actor->id)};
    // The host that takes a group over waits for it, whether somebody there follows the old one or not.
    if (actor->is_group() && !target->local) {
        activity.to.push_back(target->ap_id);
        audience.inboxes = {{target->host, target->delivery_inbox()}};
    }
    return std::vector{outgoing(*actor, activity, std::move(audience))};
}

Activities actor_deleted(Tx& tx, const Context& context, const Event& event) {
    auto actor = TRY(repo::find_actor(tx, event.actor_id));
    if (!actor || !actor->local) return std::vector<Outgoing>{};
    vocab::ActivityToWrite activity{.id = context.urls.activity(event.id),
                                    .type = "Delete",
                                    .actor = actor->ap_id,
                                    .object_id = actor->ap_id,
                                    .to = {std::string(vocab::public_collection)}};
    return std::vector{outgoing(*actor, activity,
                                {.followers_of = {actor->id},
                                 .every_peer = true,
                                 .ordering = ordering_of_actor(actor->id)})};
}

}  // namespace kith::delivery
