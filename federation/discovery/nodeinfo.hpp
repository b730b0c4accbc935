#pragma once
#include "config/config.hpp"
#include "federation/client/transport.hpp"

#include <string>
#include <string_view>

namespace kith::discovery {

// What a host says it runs, as "name version" (NodeInfo 2.0 and 2.1, FEP-f1d5). For people to read:
// nobody concludes anything from it (FEP-0151). Code::upstream where it says nothing that can be
// read, else as the transport's error.
Result<std::string> ask_software(client::Transport&, const Config&, std::string_view host);

// The newest document that `/.well-known/nodeinfo` links to and that is of the same origin: a link
// that leads elsewhere is not followed. Code::upstream.
Result<Url> newest_nodeinfo(std::string_view body, const Url& asked);
// Its software's name and version, cut to words that fit a line. Code::upstream.
Result<std::string> software_of(std::string_view body);

}  // namespace kith::discovery
