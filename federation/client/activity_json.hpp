#pragma once
#include "config/limits/client.hpp"
#include "federation/client/transport.hpp"

#include <string_view>

namespace kith::client {

// What fetches of ActivityPub documents ask for (ActivityPub 3.2).
inline constexpr std::string_view activity_accept =
    "application/activity+json, application/ld+json; "
    "profile=\"https://www.w3.org/ns/activitystreams\"";

// Whether a Content-Type names an ActivityStreams document: application/activity+json, or
// application/ld+json with the ActivityStreams profile among its profiles. Parameters in any order,
// quoted or not, names in any case. A bare application/ld+json is not: whoever can place a file on
// somebody's server could otherwise have it taken for that server's word.
bool is_activity_content_type(std::string_view content_type);

// Ok where the answer has exactly one Content-Type and it is an ActivityStreams one; otherwise
// Code::upstream (security checklist, line 3).
Result<> require_activity_json(const Response&);

struct FetchOptions {
    std::optional<SigningIdentity> identity = SigningIdentity{};
    std::size_t response_bytes_max = limits::client_response_bytes_max;
    TimeMs timeout_ms = limits::client_timeout_ms;
};

// Fetches an ActivityPub document and waits for it. The answer has status 200 and the right content
// type; whether its `id` is the URL that was asked, or that of `final_url`, is for the caller to
// judge. Errors: not_found (404), gone (410), forbidden (401, 403), rate_limited (429), unavailable
// (other 5xx), upstream (other statuses and content types), and those of TransportError::to_error.
Result<Response> get_activity_json(Transport&, const Url&, const FetchOptions& = {});

// Its two halves, for those who do not wait: what to send, and what the outcome means.
Request activity_json_request(const Url&, const FetchOptions& = {});
Result<Response> activity_json_answer(Outcome);

}  // namespace kith::client
