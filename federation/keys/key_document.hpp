#pragma once
#include "base/core/result.hpp"
#include "federation/keys/fetch_document.hpp"
#include "federation/vocab/objects.hpp"

#include <string>
#include <string_view>
#include <variant>

namespace kith::keys {

// A key that is a document of its own, and whose it says it is; only that actor's own document can
// confirm it.
struct ClaimedOwner {
    std::string actor_ap_id;
};

// What the document found at a key's id is: the actor itself (`actor#main-key`, the bare actor id,
// and GoToSocial's `actor/main-key` once fetched by its own id), or a key that names an owner of
// its own origin. Code::unauthorized for everything else. Pure.
Result<std::variant<vocab::Actor, ClaimedOwner>> read_key_document(const FetchedDocument&);

// The actor of a document; Code::unauthorized where it is none.
Result<vocab::Actor> read_owner(const FetchedDocument&);

}  // namespace kith::keys
