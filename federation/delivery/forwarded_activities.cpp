// Inbox forwarding (ActivityPub 7.1.2): byte for byte, so that its author's proof still holds.
#include "base/json/view.hpp"
#include "federation/delivery/activity_parts.hpp"
#include "storage/repo/actors.hpp"
#include "storage/repo/posts.hpp"

namespace kith::delivery {

using model::Event;
using sql::Tx;

Activities activity_forwarded(Tx& tx, const Context&, const Event& event) {
    std::vector<Outgoing> out;
    if (!event.target_id || !event.post_id) return out;
    const auto owner = TRY(speaker(tx, *event.target_id));
    const auto from = TRY(repo::find_actor(tx, event.actor_id));
    const auto post = TRY(repo::find_post(tx, *event.post_id));
    if (!owner || !from || !post) return out;
    const auto document = TRY(json::Document::parse(event.payload));
    std::string type(document["type"].at(0).string_or(""));
    // Deleted meanwhile: then only the Delete is worth forwarding.
    if (post->deleted_at && type != "Delete") return out;
    out.push_back({.signer_id = owner->id,
                   .ap_id = event.object_ap_id,
                   .type = std::move(type),
                   .body = event.payload,
                   .audience = {.followers_of = {owner->id},
                                .except_host = from->host,
                                .ordering = ordering_of_post(post->id),
                                .post_id = post->id},
                   .proven = true});
    return out;
}

}  // namespace kith::delivery
