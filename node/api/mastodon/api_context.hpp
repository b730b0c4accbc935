#pragma once
#include "node/api/mastodon/lookup.hpp"
#include "node/api/mastodon/translator.hpp"
#include "node/community/context.hpp"
#include "node/community/visibility.hpp"
#include "node/files/uploads.hpp"
#include "node/http/authenticator.hpp"
#include "node/http/router.hpp"
#include "node/media/pictures.hpp"
#include "storage/model/actor.hpp"

#include <initializer_list>
#include <string_view>
#include <vector>

namespace kith::mastodon {

// What every endpoint works with. Copied into handlers.
struct ApiContext {
    community::Context& community;
    http::Authenticator& authenticator;
    Lookup* lookup = nullptr;  // nothing: only what is known here is found
    media::Pictures* pictures = nullptr;  // nothing: none can be uploaded
    files::Uploads* uploads = nullptr;    // the same
    Translator* translator = nullptr;     // nothing: no server is configured
};

using Method = Result<> (*)(const ApiContext&, http::Exchange&);

struct Endpoint {
    std::string_view verb, pattern;
    Method method;
};
void add_endpoints(http::Router&, const ApiContext&, std::initializer_list<Endpoint>);

// Who looks: the caller with one of these scopes, or nobody where the request has no token. An
// application's own token looks as nobody. Errors as oauth::require_token.
Result<community::Viewer> viewer_of(const ApiContext&, http::Exchange&,
                                    std::initializer_list<std::string_view> any_of);

// The account that acts. Errors as oauth::require_user.
Result<Id> acting_account(const ApiContext&, http::Exchange&,
                          std::initializer_list<std::string_view> any_of);

// What whoever acts may do here. Errors as oauth::require_user.
Result<model::UserRole> acting_role(const ApiContext&, http::Exchange&,
                                    std::initializer_list<std::string_view> any_of);

// The ids of `id[]`, or of one `id`, at most so many, each once.
Result<std::vector<Id>> ids_asked(http::Exchange&, std::size_t most);

}  // namespace kith::mastodon
