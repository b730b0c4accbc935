#pragma once
#include "federation/client/transport.hpp"
#include "node/community/accounts.hpp"

namespace kith::links {

// Whether this page says, by a link with rel="me", that it is of the person whose profile links to it.
Result<bool> names_person(client::Transport&, const std::string& url, const model::Actor&);

}  // namespace kith::links
