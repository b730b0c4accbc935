#pragma once
#include "federation/inbox/door.hpp"

#include <string>

namespace kith::inbox {

// What a relay forwards unchanged under its own signature (FEP-ae0c) is nobody's word here: Linked
// Data signatures are not believed. It is taken as the relay's Announce of it, of which only ids are
// kept, so that it goes the way of what groups announce: fetched from its origin.
struct Relayed {
    std::string body;  // the Announce, as it is stored
    Parsed parsed;
    bool is_of_post = false;  // a Create, Update or Delete of a post named by its id
};
Result<Relayed> relayed(const vocab::Activity& forwarded, const std::string& relay_actor);

}  // namespace kith::inbox
