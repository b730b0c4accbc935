#include "base/json/view.hpp"
#include "base/json/writer.hpp"
#include "federation/delivery/activity_parts.hpp"
#include "federation/delivery/proofs.hpp"
#include "storage/repo/actors.hpp"
#include "storage/repo/delivery.hpp"
#include "storage/repo/relays.hpp"

namespace kith::delivery {

using model::Actor;
using model::Event;
using model::Visibility;
using sql::Tx;

namespace {

// Followers only where the post is for them; a group's members get it from the group.
Audience audience_of_post(const Scene& scene) {
    Audience a;
    const auto v = scene.post.visibility;
    if (v != Visibility::direct && v != Visibility::group) a.followers_of = {scene.author.id};
    for (const auto& actor : scene.to.named)
        if (!actor.local && !actor.deleted_at)
            a.inboxes.push_back({actor.host, actor.delivery_inbox()});
    a.ordering = ordering_of_post(scene.post.id);
    a.post_id = scene.post.id;
    return a;
}

// What is public goes to the relays too, where somebody may care who follows nobody here.
Result<Audience> with_relays(Tx& tx, const Scene& scene, Audience a) {
    if (scene.post.visibility != Visibility::public_) return a;
    for (const auto& relay : TRY(repo::relays(tx)))
        if (relay.state == model::RelayState::accepted && relay.kind == model::RelayKind::mastodon)
            a.inboxes.push_back({relay.host, relay.inbox});
    return a;
}

// Relays of LitePub's kind follow the instance actor, which announces what is public by its id
// (FEP-ae0c). Nobody else follows it.
Result<> append_for_litepub(Tx& tx, const Context& context, const Event& event, const Scene& scene,
                            std::vector<Outgoing>& out) {
    if (scene.post.visibility != Visibility::public_) return {};
    const auto instance = TRY(repo::find_actor_by_ap_id(tx, context.urls.instance_actor()));
    if (!instance || TRY(repo::follower_inboxes(tx, instance->id)).empty()) return {};
    out.push_back(announce_activity(*instance, context.urls.activity_part(event.id, relay_part),
                                    {.id = scene.post.ap_id}, scene.post,
                                    {.followers_of = {instance->id},
                                     .ordering = ordering_of_post(scene.post.id),
                                     .post_id = scene.post.id}));
    return {};
}

bool is_restricted(Visibility v) { return v == Visibility::followers || v == Visibility::direct; }

Result<vocab::ActivityToWrite> activity_with_post(Tx& tx, const Context& context,
                                                  const Event& event, const Scene& scene,
                                                  std::string type) {
    auto document = TRY(post_document(tx, context.urls, scene.post));
    json::Writer w;
    vocab::write_post(w, document, vocab::Context::without);
    // The Create has its id from the post: so it stands in the outbox too.
    const auto id = type == "Create" ? scene.post.id : event.id;
    vocab::ActivityToWrite activity{.id = context.urls.activity(id),
                                    .type = std::move(type),
                                    .actor = scene.author.ap_id,
                                    .object_json = w.take(),
                                    .to = document.to,
                                    .cc = document.cc,
                                    .audience = document.audience,
                                    .terms = vocab::terms_of(document)};
    activity.published = scene.post.edited_at.value_or(scene.post.published_at);
    return activity;
}

// A local group announces the very bytes of the first activity, its proof among them, and a new
// top-level post also bare.
Result<> append_announcements(Tx& tx, const Context& context, const Event& event,
                              const Scene& scene, Shows shows, std::vector<Outgoing>& out) {
    if (!scene.in_local_group()) return {};
    TRY(prove(tx, context, out.front()));
    const auto inner = out.front();
    Audience audience{.followers_of = {scene.to.group->id},
                      .ordering = inner.audience.ordering,
                      .post_id = inner.audience.post_id,
                      .shows = shows};
    auto id = inner.type == "Create"
                  ? TRY(announced_create_id(tx, context, event, *scene.to.group, scene.post))
                  : context.urls.activity_part(event.id, announce_part);
    out.push_back(announce_activity(*scene.to.group, std::move(id), {.json = inner.body},
                                    scene.post, audience));
    if (inner.type != "Create") return {};
    if (auto bare = TRY(announce_post(tx, *scene.to.group, scene.post)))
        out.push_back(std::move(*bare));
    return {};
}

vocab::ActivityToWrite delete_activity(const Scene& scene, const Actor& by, std::string id) {
    return {.id = std::move(id),
            .type = "Delete",
            .actor = by.ap_id,
            .object_json =
                vocab::write_tombstone(scene.post.ap_id, post_type_name(scene.post.kind),
                                       scene.post.deleted_at.value_or(0), vocab::Context::without),
            .to = scene.to.to,
            .cc = scene.to.cc,
            .audience = scene.group_ap_id()};
}

// The author's own Delete: to whom the post went, and to every host that has it.
Outgoing delete_by_author(const Scene& scene, std::string id) {
    auto audience = audience_of_post(scene);
    audience.reach_of = scene.post.id;
    return outgoing(scene.author, delete_activity(scene, scene.author, std::move(id)),
                    std::move(audience));
}

}  // namespace

Activities post_created(Tx& tx, const Context& context, const Event& event) {
    std::vector<Outgoing> out;
    auto scene = TRY(scene_of(tx, event));
    if (!scene || scene->post.deleted_at || !TRY(speaker(tx, scene->author.id))) return out;
    auto audience = TRY(with_relays(tx, *scene, audience_of_post(*scene)));
    audience.shows = Shows::post;
    out.push_back(outgoing(scene->author,
                           TRY(activity_with_post(tx, context, event, *scene, "Create")),
                           std::move(audience)));
    TRY(append_announcements(tx, context, event, *scene, Shows::post, out));
    TRY(append_for_litepub(tx, context, event, *scene, out));
    return out;
}

Activities post_updated(Tx& tx, const Context& context, const Event& event) {
    std::vector<Outgoing> out;
    auto scene = TRY(scene_of(tx, event));
    if (!scene || scene->post.deleted_at || !TRY(speaker(tx, scene->author.id))) return out;
    auto audience = TRY(with_relays(tx, *scene, audience_of_post(*scene)));
    // What is for some only goes to those who are addressed now: who was sent away gets no new
    // text.
    if (!is_restricted(scene->post.visibility)) audience.reach_of = scene->post.id;
    audience.shows = Shows::post;
    out.push_back(outgoing(scene->author,
                           TRY(activity_with_post(tx, context, event, *scene, "Update")),
                           std::move(audience)));
    TRY(append_announcements(tx, context, event, *scene, Shows::post, out));
    return out;
}

// The results of a poll, or how many come to an event: to the hosts that have it; of one that is for some only, to those who
// are addressed. It says no new `updated`, so it is no edit (FEP-9967).
Activities poll_changed(Tx& tx, const Context& context, const Event& event) {
    std::vector<Outgoing> out;
    auto scene = TRY(scene_of(tx, event));
    if (!scene || scene->post.deleted_at || !TRY(speaker(tx, scene->author.id))) return out;
    auto audience = audience_of_post(*scene);
    if (!is_restricted(scene->post.visibility)) {
        audience.followers_of.clear();
        audience.inboxes.clear();
        audience.reach_of = scene->post.id;
    }
    out.push_back(outgoing(scene->author,
                           TRY(activity_with_post(tx, context, event, *scene, "Update")),
                           std::move(audience)));
    TRY(append_announcements(tx, context, event, *scene, Shows::nothing, out));
    return out;
}

Activities post_deleted(Tx& tx, const Context& context, const Event& event) {
    std::vector<Outgoing> out;
    auto scene = TRY(scene_of(tx, event));
    if (!scene) return out;
    if (!scene->author.local) return out;
    out.push_back(delete_by_author(*scene, context.urls.activity(event.id)));
    TRY(append_announcements(tx, context, event, *scene, Shows::nothing, out));
    return out;
}

}  // namespace kith::delivery
