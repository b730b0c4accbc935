// Groups that move to another host: the Offer to the new one, and its Accept. What everybody is told is a Move
// like any actor's (relation_activities.cpp). Threads that go to another group of the same host.
#include "base/json/writer.hpp"
#include "federation/delivery/activity_parts.hpp"
#include "federation/delivery/proofs.hpp"
#include "storage/repo/actors.hpp"
#include "storage/repo/posts.hpp"

namespace kith::delivery {

using model::Actor;
using model::Event;
using sql::Tx;

namespace {

std::string move_json(const std::string& offer, const Actor& old, const Actor& target) {
    return vocab::write_activity({.id = offer + "/move", .type = "Move", .actor = old.ap_id, .object_id = old.ap_id, .target = target.ap_id},
                                 vocab::Context::without);
}

std::string offer_json(const std::string& id, const Actor& old, const Actor& target) {
    return vocab::write_activity({.id = id,
                                  .type = "Offer",
                                  .actor = old.ap_id,
                                  .object_json = move_json(id, old, target),
                                  .target = target.ap_id,
                                  .to = {target.ap_id}},
                                 vocab::Context::without);
}

// Two groups on two hosts, one of them here.
struct Pair {
    Actor here, there;
};

Result<std::optional<Pair>> pair_of(Tx& tx, const Event& event) {
    const auto here = TRY(speaker(tx, event.actor_id));
    const auto there = event.target_id ? TRY(repo::find_actor(tx, *event.target_id)) : std::optional<Actor>{};
    if (!here || !there || there->local || there->deleted_at) return std::optional<Pair>{};
    return std::optional(Pair{*here, *there});
}

Audience to_one(const Pair& pair) {
    return {.inboxes = {{pair.there.host, pair.there.inbox}}, .ordering = ordering_of_pair(pair.here.id, pair.there.id)};
}

}  // namespace

Activities group_offered(Tx& tx, const Context&, const Event& event) {
    const auto pair = TRY(pair_of(tx, event));
    if (!pair || !pair->here.moved_to.empty()) return std::vector<Outgoing>{};
    return std::vector{outgoing(pair->here,
                                {.id = event.object_ap_id,
                                 .type = "Offer",
                                 .actor = pair->here.ap_id,
                                 .object_json = move_json(event.object_ap_id, pair->here, pair->there),
                                 .target = pair->there.ap_id,
                                 .to = {pair->there.ap_id}},
                                to_one(*pair))};
}

Activities group_taken(Tx& tx, const Context& context, const Event& event) {
    const auto pair = TRY(pair_of(tx, event));
    if (!pair) return std::vector<Outgoing>{};
    return std::vector{outgoing(pair->here,
                                {.id = context.urls.activity(event.id),
                                 .type = "Accept",
                                 .actor = pair->here.ap_id,
                                 .object_json = offer_json(event.object_ap_id, pair->there, pair->here),
                                 .to = {pair->there.ap_id}},
                                to_one(*pair))};
}

// As NodeBB sends it (FEP-f15d): the conversation is the object, its actor is who moved it. The old group announces
// it, for those who hear groups only, and the new one its first post, for those who know neither.
Activities thread_moved(Tx& tx, const Context& context, const Event& event) {
    std::vector<Outgoing> out;
    const auto moderator = TRY(speaker(tx, event.actor_id));
    const auto post = event.post_id ? TRY(repo::find_post(tx, *event.post_id)) : std::optional<model::Post>{};
    const auto from = event.group_id ? TRY(speaker(tx, *event.group_id)) : std::optional<Actor>{};
    const auto to = event.target_id ? TRY(speaker(tx, *event.target_id)) : std::optional<Actor>{};
    if (!moderator || !post || !from || !to || post->deleted_at || post->group_id != to->id) return out;
    Audience audience{.followers_of = {from->id, to->id}, .reach_of = post->id, .ordering = ordering_of_post(post->id), .post_id = post->id};
    auto move = outgoing(*moderator,
                         {.id = event.object_ap_id,
                          .type = "Move",
                          .actor = moderator->ap_id,
                          .object_id = post->context_url.empty() ? post->ap_id : post->context_url,
                          .target = to->ap_id,
                          .origin = from->ap_id,
                          .to = {std::string(vocab::public_collection)},
                          .cc = {from->followers_url, to->followers_url}},
                         audience);
    TRY(prove(tx, context, move));
    audience.followers_of = {from->id};
    auto announced = announce_activity(*from, event.object_ap_id + "/" + std::string(announce_part), {.json = move.body, .id = move.ap_id}, *post,
                                       std::move(audience));
    out.push_back(std::move(move));
    out.push_back(std::move(announced));
    if (auto bare = TRY(announce_post(tx, *to, *post))) out.push_back(std::move(*bare));
    return out;
}

}  // namespace kith::delivery
