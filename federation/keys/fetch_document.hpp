#pragma once
#include "base/core/clock.hpp"
#include "base/core/result.hpp"
#include "base/json/view.hpp"
#include "config/limits/client.hpp"
#include "config/urls.hpp"
#include "federation/client/transport.hpp"

#include <functional>
#include <string>
#include <string_view>

namespace kith::keys {

// What a peer serves under an id, believed as far as its origin goes.
struct FetchedDocument {
    std::string id;   // the document's own; its origin is the one that was asked and that answered
    std::string raw;  // the bytes as they came
    json::Document document;
};

// Fetches the ActivityPub document of an id, signed by the instance actor (security checklist,
// lines 2 and 3): the content type is an ActivityStreams one; where the document's `id` is not what
// was asked it is fetched once more by that id if it is of the same origin, and refused if it is
// not; the bytes come from the id's own origin, also after redirects. Errors: not_found (404), gone
// (410, or a Tombstone); unavailable and timeout for what may pass later; forbidden for our own ids
// and what the address guard or the other server refuses; else invalid or upstream. `timeout_ms`
// holds for each of the at most two exchanges.
Result<FetchedDocument> fetch_document(client::Transport&, const Urls&, std::string_view id,
                                       TimeMs timeout_ms = limits::client_timeout_ms);

// The same without waiting. `done` is called once, on a thread of the transport or within this
// call, and must not wait for anything.
void fetch_document_later(client::Transport&, const Urls&, std::string_view id, TimeMs timeout_ms,
                          std::function<void(Result<FetchedDocument>)> done);

// fetch_document() with its two companions, for those who know neither.
class Documents {
public:
    // Both outlive it.
    Documents(client::Transport& transport, const Urls& urls)
        : transport_(transport), urls_(urls) {}

    Result<FetchedDocument> fetch(std::string_view id,
                                  TimeMs timeout_ms = limits::client_timeout_ms) {
        return fetch_document(transport_, urls_, id, timeout_ms);
    }

private:
    client::Transport& transport_;
    const Urls& urls_;
};

}  // namespace kith::keys
