// What is said of threads in groups and their comments (docs/decisions/0032): a group of ours announces it, to another
// host's group it is sent.
#include "base/json/view.hpp"
#include "federation/delivery/activity_parts.hpp"
#include "federation/delivery/proofs.hpp"
#include "storage/repo/actors.hpp"
#include "storage/repo/group_tags.hpp"

namespace kith::delivery {

using model::Actor;
using model::Event;
using sql::Tx;
using vocab::ActivityToWrite;

namespace {

// Addressed as all is that happens in the group.
ActivityToWrite bare(const Scene& scene, const Actor& by, std::string id, std::string type) {
    ActivityToWrite activity{.id = std::move(id), .type = std::move(type), .actor = by.ap_id};
    const auto& group = *scene.to.group;
    activity.to = {scene.post.visibility == model::Visibility::group ? group.followers_url : std::string(vocab::public_collection)};
    activity.cc = {group.ap_id};
    activity.audience = group.ap_id;
    return activity;
}

Result<Outgoing> told_in_group(Tx& tx, const Context& context, const Scene& scene, const Actor& by, const ActivityToWrite& activity,
                               std::string announce_id) {
    const auto& group = *scene.to.group;
    Audience audience;
    audience.ordering = ordering_of_post(scene.post.id);
    audience.post_id = scene.post.id;
    if (!group.local) {
        audience.inboxes = {{group.host, group.delivery_inbox()}};
        return outgoing(by, activity, std::move(audience));
    }
    auto inner = outgoing(by, activity, audience);
    TRY(prove(tx, context, inner));
    audience.followers_of = {group.id};
    audience.reach_of = scene.post.id;
    // Whose post it is hears it, also where nobody follows the group.
    if (!scene.author.local) audience.inboxes = {{scene.author.host, scene.author.delivery_inbox()}};
    return announce_activity(group, std::move(announce_id), {.json = inner.body}, scene.post, std::move(audience));
}

}  // namespace

Activities answer_chosen(Tx& tx, const Context& context, const Event& event) {
    std::vector<Outgoing> out;
    const auto scene = TRY(scene_of(tx, event));
    const auto by = TRY(speaker(tx, event.actor_id));
    if (!scene || !by || !scene->to.group || scene->to.group->deleted_at || scene->post.deleted_at) return out;
    const auto payload = TRY(json::Document::parse(event.payload));
    const bool undone = payload["undone"].maybe_boolean().value_or(false);
    auto chosen = bare(*scene, *by, undone ? context.urls.activity_part(event.id, "before") : event.object_ap_id, "ChooseAnswer");
    chosen.object_id = scene->post.ap_id;
    chosen.published = payload["at"].maybe_integer();
    chosen.terms = vocab::Terms::threads;
    auto activity = chosen;
    if (undone) {
        activity.id = event.object_ap_id;
        activity.type = "Undo";
        activity.object_id.clear();
        chosen.published.reset();
        activity.object_json = vocab::write_activity(chosen, vocab::Context::without);
    }
    out.push_back(TRY(told_in_group(tx, context, *scene, *by, activity, context.urls.activity_part(event.id, announce_part))));
    return out;
}

Activities thread_labelled(Tx& tx, const Context& context, const Event& event) {
    std::vector<Outgoing> out;
    const auto scene = TRY(scene_of(tx, event));
    const auto by = TRY(speaker(tx, event.actor_id));
    if (!scene || !by || !scene->to.group || scene->to.group->deleted_at || scene->post.deleted_at) return out;
    const auto payload = TRY(json::Document::parse(event.payload));
    for (const auto& [list, type] : {std::pair{"removed", "Remove"}, std::pair{"added", "Add"}})
        for (const auto id : payload[list]) {
            const auto tag = TRY(repo::find_group_tag(tx, id.maybe_integer().value_or(0)));
            if (!tag || tag->group_id != scene->to.group->id) continue;
            const auto part = std::string(list) + "-" + std::to_string(tag->id);
            auto activity = bare(*scene, *by, context.urls.activity_part(event.id, part), type);
            activity.object_id = scene->post.ap_id;
            activity.target = tag->ap_id;
            activity.published = event.at;
            out.push_back(TRY(told_in_group(tx, context, *scene, *by, activity, context.urls.activity_part(event.id, part + "-announce"))));
        }
    return out;
}

}  // namespace kith::delivery
