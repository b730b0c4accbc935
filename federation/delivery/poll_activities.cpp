#include "base/json/view.hpp"
#include "base/json/writer.hpp"
#include "federation/delivery/activity_parts.hpp"

namespace kith::delivery {

using model::Event;
using sql::Tx;

namespace {

// A Note with a name and no content, to the poll's author only (FEP-9967).
vocab::Post vote_note(const Scene& scene, const model::Actor& voter, std::string id,
                      std::string name) {
    vocab::Post note;
    note.id = std::move(id);
    note.attributed_to = voter.ap_id;
    note.to = {scene.author.ap_id};
    note.in_reply_to = scene.post.ap_id;
    note.name = std::move(name);
    return note;
}

Outgoing vote(const Context& context, const Scene& scene, const model::Actor& voter, Id vote_id,
              std::string name) {
    json::Writer w;
    vocab::write_post(
        w, vote_note(scene, voter, context.urls.activity_part(vote_id, "vote"), std::move(name)),
        vocab::Context::without);
    const vocab::ActivityToWrite create{.id = context.urls.activity(vote_id),
                                        .type = "Create",
                                        .actor = voter.ap_id,
                                        .object_json = w.take(),
                                        .to = {scene.author.ap_id}};
    return outgoing(voter, create,
                    {.inboxes = {{scene.author.host, scene.author.delivery_inbox()}},
                     .ordering = ordering_of_deed(voter.id, scene.post.id)});
}

}  // namespace

// One Create for each choice: what Mastodon reads.
Activities vote_added(Tx& tx, const Context& context, const Event& event) {
    std::vector<Outgoing> out;
    auto scene = TRY(scene_of(tx, event));
    auto voter = TRY(speaker(tx, event.actor_id));
    if (!scene || !voter || scene->post.deleted_at || scene->author.local ||
        scene->author.deleted_at)
        return out;
    const auto payload = TRY(json::Document::parse(event.payload));
    for (auto each : payload["votes"])
        out.push_back(vote(context, *scene, *voter, TRY(each["id"].integer()),
                           std::string(each["name"].string_or(""))));
    return out;
}

}  // namespace kith::delivery
