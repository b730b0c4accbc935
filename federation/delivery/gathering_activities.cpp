// Answers to events: Join and Leave, and what a Join of a local event is answered with (FEP-8a8e, DRAFT; Mobilizon).
#include "base/json/view.hpp"
#include "base/json/writer.hpp"
#include "federation/delivery/activity_parts.hpp"
#include "storage/repo/actors.hpp"
#include "storage/repo/gatherings.hpp"
#include "storage/repo/posts.hpp"

namespace kith::delivery {

using model::Actor;
using model::RsvpState;
using model::Event;
using model::EventKind;
using sql::Tx;

namespace {

// One after the other, and after the event itself where that goes to the same host.
Outgoing to_one(const Actor& from, const Actor& to, Id who, const model::Post& post, vocab::ActivityToWrite activity) {
    activity.actor = from.ap_id;
    activity.to = {to.ap_id};
    return outgoing(from, activity, {.inboxes = {{to.host, to.delivery_inbox()}}, .ordering = ordering_of_deed(who, post.id)});
}

// By somebody here, to the author of an event elsewhere.
Activities asked(Tx& tx, const Context& context, const Event& event, const model::Post& post) {
    std::vector<Outgoing> out;
    const auto member = TRY(speaker(tx, event.actor_id));
    const auto author = TRY(repo::find_actor(tx, post.actor_id));
    if (!member || !author || author->local || author->deleted_at) return out;
    const bool withdrawn = event.kind == EventKind::join_withdrawn;
    const auto answer = TRY(repo::find_rsvp(tx, post.id, member->id));
    // Taken back before it went out: the Leave behind it says so.
    if (!withdrawn && (!answer || answer->join_ap_id != event.object_ap_id)) return out;
    out.push_back(to_one(*member, *author, member->id, post,
                         {.id = withdrawn ? context.urls.activity(event.id) : event.object_ap_id,
                          .type = withdrawn ? "Leave" : "Join",
                          .object_id = post.ap_id}));
    return out;
}

// The Join is named with all its parts: not every asker keeps its ids.
Activities answered(Tx& tx, const Context& context, const Event& event, const model::Post& post) {
    std::vector<Outgoing> out;
    const auto author = TRY(speaker(tx, event.actor_id));
    const auto asker = event.target_id ? TRY(repo::find_actor(tx, *event.target_id)) : std::optional<Actor>{};
    if (!author || !asker || asker->local || asker->deleted_at) return out;
    const auto payload = TRY(json::Document::parse(event.payload));
    json::Writer w;
    w.object().member("type", "Join").member("id", event.object_ap_id);
    w.member("actor", asker->ap_id).member("object", post.ap_id).end();
    out.push_back(to_one(*author, *asker, asker->id, post,
                         {.id = context.urls.activity(event.id),
                          .type = std::string(payload["type"].string_or("Reject")),
                          .object_json = w.take()}));
    return out;
}

}  // namespace

Activities gathering_changed(Tx& tx, const Context& context, const Event& event) {
    const auto post = event.post_id ? TRY(repo::find_post(tx, *event.post_id)) : std::optional<model::Post>{};
    if (!post || post->deleted_at) return std::vector<Outgoing>{};
    return event.kind == EventKind::join_answered ? answered(tx, context, event, *post) : asked(tx, context, event, *post);
}

}  // namespace kith::delivery
