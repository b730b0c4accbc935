#pragma once
#include "federation/client/curl_transport.hpp"
#include "test_server.hpp"

#include <boost/test/unit_test.hpp>
#include <memory>
#include <string>

namespace kith::client::test {

inline Url url(const std::string& text) {
    auto parsed = Url::parse(text);
    BOOST_REQUIRE_MESSAGE(parsed, text);
    return std::move(*parsed);
}

inline Request get(const std::string& address) {
    Request request;
    request.url = url(address);
    return request;
}

inline Request post(const std::string& address, std::string body) {
    Request request = get(address);
    request.method = Method::post;
    request.headers.add("Content-Type", "application/activity+json");
    request.body = std::make_shared<const std::string>(std::move(body));
    return request;
}

// May speak to the test servers on loopback.
inline ClientSettings loopback_settings() {
    ClientSettings settings;
    settings.rules.private_addresses = PrivateAddresses::allow;
    settings.user_agent = user_agent("0.0.1", "https://self.example");
    return settings;
}

// As a node on the open Internet has it, except that it speaks http too.
inline ClientSettings guarded_settings() {
    ClientSettings settings;
    settings.rules.https_only = false;
    return settings;
}

inline std::unique_ptr<CurlTransport> open(ClientSettings settings = loopback_settings(),
                                           RequestSigner* signer = nullptr) {
    auto transport = CurlTransport::open(std::move(settings), signer);
    BOOST_REQUIRE(transport);
    return std::move(*transport);
}

inline Response require_answer(Transport& transport, Request request) {
    Outcome outcome = fetch(transport, std::move(request));
    BOOST_REQUIRE_MESSAGE(outcome, to_string(outcome.error().fault)
                                       << " " << outcome.error().detail);
    return std::move(*outcome);
}

inline void require_fault(Transport& transport, Request request, TransportFault expected) {
    const Outcome outcome = fetch(transport, std::move(request));
    BOOST_REQUIRE_MESSAGE(!outcome, "expected " << to_string(expected));
    BOOST_TEST(to_string(outcome.error().fault) == to_string(expected), outcome.error().detail);
}

}  // namespace kith::client::test
