#pragma once
#include "base/core/ids.hpp"
#include "base/core/result.hpp"
#include "federation/keys/fetch_document.hpp"
#include "federation/vocab/objects.hpp"

#include <string_view>

namespace kith::discovery {

// Fetches further documents within the budget of one look-up: parents and authors of a post.
class DocumentSource {
public:
    virtual ~DocumentSource() = default;
    // Errors as keys::fetch_document; Code::timeout and Code::invalid where the budget is spent.
    virtual Result<keys::FetchedDocument> fetch(std::string_view id) = 0;
    virtual int fetches_left() const = 0;
};

// The door into the domain for what somebody here asked for by its URL. Implemented by node/community.
class ObjectStore {
public:
    virtual ~ObjectStore() = default;
    // Stores a post that its own origin served, with its author and what it answers as far as the
    // source gives them. Gives its id here; Code::not_found where it was deleted or may not be kept.
    virtual Result<Id> store_post(const vocab::Post&, DocumentSource&) = 0;
};

}  // namespace kith::discovery
