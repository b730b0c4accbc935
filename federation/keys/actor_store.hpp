#pragma once
#include "base/core/clock.hpp"
#include "base/core/ids.hpp"
#include "federation/vocab/objects.hpp"
#include "storage/model/actor.hpp"
#include "storage/sql/db.hpp"

namespace kith::keys {

// A remote actor's document as the record kept of it, new or renewed, with its keys in place of
// those that were kept before. The document was fetched from its own origin and its id is the one
// asked for. HTML is sanitised here. Code::conflict where the id is known as something it cannot
// become (a local actor); Code::invalid where the document lacks what an actor needs (inbox, name).
Result<model::Actor> store_actor(sql::Tx&, IdGenerator&, TimeMs now_ms, const vocab::Actor&);

}  // namespace kith::keys
