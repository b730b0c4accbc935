#include "node/community/relays.hpp"

#include "base/json/writer.hpp"
#include "base/text/url.hpp"
#include "config/limits/relays.hpp"
#include "federation/vocab/objects.hpp"
#include "node/community/accounts.hpp"
#include "node/community/events.hpp"
#include "storage/repo/actors.hpp"
#include "storage/repo/relations.hpp"
#include "storage/repo/relays.hpp"

namespace kith::community {

using model::EventKind;
using model::Relay;
using sql::Tx;

namespace {

Result<> tell(Tx& tx, const Context& context, EventKind kind, Id instance, const Relay& relay) {
    json::Writer w;
    w.object().member("inbox", relay.inbox).member("host", relay.host);
    w.member("object", relay.kind == model::RelayKind::litepub
                           ? std::string_view(relay.actor_ap_id)
                           : vocab::public_collection);
    w.end();
    return emit(tx, context,
                {.kind = kind,
                 .actor_id = instance,
                 .object_ap_id = relay.follow_ap_id,
                 .payload = w.take()});
}

}  // namespace

Result<> join_relay(Context& context, std::string_view inbox, std::string_view litepub_actor) {
    const auto url = Url::parse(inbox);
    if (!url) return fail(Code::unprocessable, "a relay is named by the URL of its inbox");
    if (context.urls.is_ours(url->str()))
        return fail(Code::unprocessable, "this node is no relay of its own");
    const auto instance = TRY(instance_actor(context));
    return context.db.write([&](Tx& tx) -> Result<> {
        if (TRY(repo::relays(tx)).size() >= limits::relays_max)
            return fail(Code::unprocessable, "at most " + std::to_string(limits::relays_max) +
                                                 " relays");
        Relay relay;
        relay.id = context.ids.next();
        relay.inbox = url->str();
        relay.host = url->host_port();
        relay.follow_ap_id = context.urls.activity(relay.id);
        relay.created_at = context.clock.now_ms();
        if (!litepub_actor.empty()) {
            relay.kind = model::RelayKind::litepub;
            relay.actor_ap_id = litepub_actor;
        }
        if (!TRY(repo::add_relay(tx, relay)))
            return fail(Code::conflict, "this relay was asked before: see kith relay list");
        return tell(tx, context, EventKind::relay_joined, instance.id, relay);
    });
}

Result<> leave_relay(Context& context, std::string_view inbox) {
    const auto instance = TRY(instance_actor(context));
    return context.db.write([&](Tx& tx) -> Result<> {
        const auto relay = TRY(repo::find_relay(tx, inbox));
        if (!relay) return fail(Code::not_found, "no relay has this inbox");
        TRY(repo::remove_relay(tx, relay->id));
        // Of LitePub's kind it follows us as well.
        const auto actor = TRY(repo::find_actor_by_ap_id(tx, relay->actor_ap_id));
        const auto follow =
            actor ? TRY(repo::find_follow(tx, actor->id, instance.id)) : std::optional<model::Follow>{};
        if (follow) TRY(repo::remove_follow(tx, *follow));
        return tell(tx, context, EventKind::relay_left, instance.id, *relay);
    });
}

Result<std::vector<Relay>> relays(Context& context) {
    return context.db.read([](Tx& tx) { return repo::relays(tx); });
}

}  // namespace kith::community
