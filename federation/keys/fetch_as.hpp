#pragma once
#include "base/core/ids.hpp"
#include "federation/keys/fetch_document.hpp"

namespace kith::keys {

// fetch_document(), signed by an actor here in place of the instance actor: for what is given to that one alone.
Result<FetchedDocument> fetch_document_as(client::Transport&, const Urls&, std::string_view id, Id local_actor,
                                          TimeMs timeout_ms = limits::client_timeout_ms);

}  // namespace kith::keys
