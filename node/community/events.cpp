#include "node/community/events.hpp"

#include "base/json/writer.hpp"
#include "storage/repo/events.hpp"

namespace kith::community {

Result<> emit(sql::Tx& tx, const Context& context, model::Event event) {
    event.id = context.ids.next();
    if (event.at == 0) event.at = context.clock.now_ms();
    return repo::append_event(tx, event);
}

std::string reaction_payload(model::ReactionKind kind) {
    json::Writer w;
    w.object().member("kind", kind == model::ReactionKind::like ? "like" : "dislike").end();
    return w.take();
}

}  // namespace kith::community
