#pragma once
#include "base/json/view.hpp"
#include "federation/keys/key_cache.hpp"
#include "federation/vocab/objects.hpp"

#include <string>

namespace kith::inbox {

// The actor who answers for an activity, given who signed the request that brought it (FEP-8b32, a
// draft; FEP-fe34, authentication): the signer, unless the activity carries an eddsa-jcs-2022 proof.
//
// Brought by its actor, a proof that is by a key of that actor must hold, since it has precedence
// over the HTTP signature; one by a key that the actor does not (or no longer) name, or of another
// cryptosuite, says nothing. Brought by somebody else (AP 7.1.2, inbox forwarding), a proof of the
// actor's makes it the actor's word, for a Create, Update or Delete of a post: what else there is
// could be replayed at will, because a proof knows neither receiver nor hour. A key that is not known
// is fetched only for the latter. Code::unauthorized, or unavailable and timeout where the key cannot
// be had now.
Result<std::string> proven(json::View document, const vocab::Activity&, const keys::Sender& signer,
                           keys::KeyCache&, TimeMs now_ms);

}  // namespace kith::inbox
