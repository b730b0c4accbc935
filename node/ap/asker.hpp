#pragma once
#include "federation/keys/key_store.hpp"
#include "node/ap/routes.hpp"
#include "node/community/visibility.hpp"

#include <optional>

namespace kith::ap {

// Who asks for an object: the actor that signed the request, or nobody.
struct Asker {
    std::optional<keys::Sender> sender;

    community::Viewer viewer() const {
        return sender ? community::Viewer::actor(sender->actor_id) : community::Viewer::nobody();
    }
};

// Verifies the signature of a GET (authorized fetch; SWICG report "ActivityPub and HTTP Signatures"
// 3.1): it must cover the request target, host and a fresh date. Unsigned is nobody, and so is a
// signature of another kind than draft-cavage, since nobody's view is public. Code::unauthorized for
// one that does not hold, Code::forbidden for a suspended host's; unavailable where the key cannot be
// had now.
Result<Asker> asker_of(ApContext&, const http::Exchange&);

}  // namespace kith::ap
