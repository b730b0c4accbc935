#pragma once
#include "base/core/rate_limiter.hpp"
#include "node/api/mastodon/lookup.hpp"
#include "node/community/context.hpp"
#include "node/community/visibility.hpp"
#include "node/http/authenticator.hpp"
#include "node/http/exchange.hpp"
#include "node/http/router.hpp"
#include "node/media/pictures.hpp"
#include "storage/blob/blob_store.hpp"
#include "storage/model/actor.hpp"
#include "storage/model/link.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace kith::oauth {
class SignInDoor;
}

// Lemmy's API, version 4 (lemmy-js-client 1.0.0-beta.2), on the same services as every other door.
namespace kith::lemmy {

class Shape;
// What pages say of themselves; node/main puts node/links behind it. Calls take as long as the page does;
// thread-safe.
class LinkPreviews {
public:
    virtual ~LinkPreviews() = default;
    // Code::not_found for a page that is not there or says nothing, Code::unavailable, Code::forbidden (its host is
    // suspended), Code::invalid for what is no URL.
    virtual Result<model::Link> preview_of(const std::string& url) = 0;
};

// Copied into handlers.
struct ApiContext {
    community::Context& community;
    http::Authenticator& authenticator;
    oauth::SignInDoor& door;
    mastodon::Lookup* lookup = nullptr;
    media::Pictures* pictures = nullptr;
    blob::BlobStore* files = nullptr;
    LinkPreviews* previews = nullptr;
    std::string version;
    std::shared_ptr<RateLimiter> sign_ups;  // one for all versions of the API
    const Shape* shape = nullptr;           // how records are written; as v4 has them without one
};

using Method = Result<> (*)(const ApiContext&, http::Exchange&);
struct Endpoint {
    std::string_view verb, path;
    Method method;
};
void add_endpoints(http::Router&, const ApiContext&, std::initializer_list<Endpoint>);

// Lemmy's tokens have no scopes: only one that may do all that a member may is taken (read and write).
Result<http::Caller> require_member(const ApiContext&, http::Exchange&);
// The same, and of at least this standing on the node (Code::forbidden).
Result<http::Caller> require_team(const ApiContext&, http::Exchange&, model::UserRole = model::UserRole::moderator);
// Who looks: nobody without a token, or with one that is none (any more).
Result<community::Viewer> viewer_of(const ApiContext&, http::Exchange&);
// How many entries a page has.
int limit_of(const http::Params&, int most = 50);
// Lemmy's word for an error; "unknown" where it has none.
std::string_view word_of(const Error&);

}  // namespace kith::lemmy
