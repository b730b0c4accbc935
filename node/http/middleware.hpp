#pragma once
#include "base/core/random.hpp"
#include "base/core/result.hpp"
#include "node/http/exchange.hpp"

#include <functional>
#include <string>
#include <string_view>

namespace kith::http {

// The HTTP status that stands for an error's code. The one place that knows.
int status_of(Code);

// Answers {"error": safe_text}; `detail` goes to the log only, with the request's id. 429 and 503
// tell Retry-After unless it is set already.
void answer_error(Exchange&, const Error&);

// ---- filters, for Router::before().

// Cross-origin access for browser clients of the API: the headers on every answer, errors too, and
// OPTIONS answered for any path.
bool allow_cross_origin(Exchange&);

// X-Request-Id on every answer, to find its lines in the log.
std::function<bool(Exchange&)> request_ids(Random&);

// What pages need: nothing from elsewhere runs, frames them or learns where their reader was. A page
// whose form ends in a redirect to another site (OAuth consent) sets its own policy: browsers hold
// form-action against the redirect too.
bool protect_page(Exchange&);

// ---- helpers of handlers.

// A strong entity tag for these bytes, with its quotes. Not a cryptographic hash.
std::string entity_tag(std::string_view bytes);

// Sets ETag; true when If-None-Match names it (RFC 9110 13.1.2, weak comparison) and the request is
// answered with 304.
bool answered_not_modified(Exchange&, std::string_view tag);

}  // namespace kith::http
