// Subscribing to a relay and ending it (FEP-ae0c).
#include "base/json/view.hpp"
#include "base/json/writer.hpp"
#include "federation/delivery/activity_parts.hpp"
#include "storage/repo/relays.hpp"

namespace kith::delivery {

using model::Event;
using model::EventKind;
using sql::Tx;

namespace {

std::string follow_json(const model::Actor& instance, std::string_view id, std::string_view object) {
    json::Writer w;
    w.object().member("id", id).member("type", "Follow").member("actor", instance.ap_id);
    w.member("object", object).end();
    return w.take();
}

}  // namespace

Activities relay_changed(Tx& tx, const Context& context, const Event& event) {
    std::vector<Outgoing> out;
    auto instance = TRY(speaker(tx, event.actor_id));
    const auto payload = TRY(json::Document::parse(event.payload));
    if (!instance) return out;
    vocab::ActivityToWrite activity{.actor = instance->ap_id};
    const auto object = payload["object"].string_or(vocab::public_collection);
    if (event.kind == EventKind::relay_joined) {
        // Left again before it went out.
        if (!TRY(repo::find_relay_by_follow(tx, event.object_ap_id))) return out;
        activity.id = event.object_ap_id;
        activity.type = "Follow";
        activity.object_id = object;
    } else {
        activity.id = context.urls.activity(event.id);
        activity.type = "Undo";
        activity.object_json = follow_json(*instance, event.object_ap_id, object);
    }
    const std::string host(payload["host"].string_or(""));
    out.push_back(outgoing(*instance, activity,
                           {.inboxes = {{host, std::string(payload["inbox"].string_or(""))}},
                            .ordering = "relay:" + host}));
    return out;
}

}  // namespace kith::delivery
