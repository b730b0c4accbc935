#include "federation/inbox/relayed.hpp"

#include "base/crypto/digest.hpp"
#include "base/crypto/encoding.hpp"
#include "base/json/writer.hpp"

#include <utility>

namespace kith::inbox {

using vocab::ActivityType;

namespace {

bool changes_post(const vocab::Activity& activity) {
    const bool changes = activity.type == ActivityType::create ||
                         activity.type == ActivityType::update ||
                         activity.type == ActivityType::delete_;
    return changes && !activity.object_id.empty() && activity.object_id != activity.actor;
}

}  // namespace

Result<Relayed> relayed(const vocab::Activity& forwarded, const std::string& relay_actor) {
    json::Writer w;
    w.object();
    w.member("id", relay_actor + "#relayed-" + crypto::hex_encode(crypto::sha256(forwarded.id)));
    w.member("type", "Announce").member("actor", relay_actor).key("object").object();
    w.member("id", forwarded.id).member("type", forwarded.type_name);
    w.member("actor", forwarded.actor).member("object", forwarded.object_id).end().end();
    auto body = w.take();
    auto read = TRY(parsed(body));
    return Relayed{std::move(body), std::move(read), changes_post(forwarded)};
}

}  // namespace kith::inbox
