#include "node/api/lemmy_v3/sign_in.hpp"

#include "base/text/strings.hpp"
#include "node/http/exchange.hpp"

namespace kith::lemmy::v3 {

Result<std::optional<http::Caller>> CookieAuthenticator::authenticate(http::Exchange& exchange) {
    auto token = exchange.cookie("jwt");
    if (token.empty()) token = exchange.cookie("auth");
    const bool reads = exchange.method() == "GET" || exchange.method() == "HEAD";
    const bool counts = reads || text::starts_with_i(exchange.header("content-type"), "application/json");
    if (token.empty() || !counts || !exchange.header("authorization").empty()) return bearer_.authenticate(exchange);
    return bearer_.admit(exchange, token);
}

}  // namespace kith::lemmy::v3
