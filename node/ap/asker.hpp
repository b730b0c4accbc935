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
// 3.1), of either flavour: it must cover the target, host and a fresh date, or method, target URI and
// a fresh `created`. Unsigned is
// nobody, or with federation.authorized_fetch refused. Code::unauthorized for one that does not hold, and then the
// answer says what to sign (RFC 9421 section 5.1); Code::forbidden for a suspended host's;
// unavailable where the key cannot be had now.
Result<Asker> asker_of(ApContext&, http::Exchange&);

}  // namespace kith::ap
