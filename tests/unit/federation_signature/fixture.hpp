#pragma once
#include <boost/test/unit_test.hpp>

#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/text/strings.hpp"
#include "federation/signature/cavage.hpp"

namespace kith::signature::test {

inline constexpr TimeMs noon_ms = 1'767'614'400'000;  // Mon, 05 Jan 2026 12:00:00 GMT
inline constexpr std::string_view noon = "Mon, 05 Jan 2026 12:00:00 GMT";
inline constexpr std::string_view own_host = "kith.example";
inline constexpr std::string_view key_id = "https://a.example/u/ana#main-key";
inline constexpr std::string_view body = R"({"type":"Follow","actor":"https://a.example/u/ana"})";

inline crypto::PrivateKey rsa_key() {
    std::ifstream in(std::string(KITH_TEST_DATA) + "/keys/rsa_private.pem");
    auto key = crypto::PrivateKey::from_pem(std::string(std::istreambuf_iterator<char>(in), {}));
    BOOST_REQUIRE(key);
    return *key;
}

// A request that a test can spoil: owns what RequestView refers to.
struct Request {
    std::string method = "POST";
    std::string target = "/inbox";
    std::vector<std::pair<std::string, std::string>> headers;
    mutable std::vector<Header> views = {};

    RequestView view() const {
        views.clear();
        for (const auto& [name, value] : headers) views.push_back({name, value});
        return {method, target, views};
    }
    std::string& operator[](std::string_view name) {
        for (auto& [known, value] : headers)
            if (text::iequals(known, name)) return value;
        return headers.emplace_back(name, "").second;
    }
    void drop(std::string_view name) {
        std::erase_if(headers, [&](auto& h) { return text::iequals(h.first, name); });
    }
    CavageSignature signature() const {
        auto parsed = parse_signature_header(*header_value(view(), "signature"));
        BOOST_REQUIRE(parsed);
        return *parsed;
    }
};

inline Request signed_request(const crypto::PrivateKey& key, std::string method = "POST",
                              std::string target = "/inbox", TimeMs date_ms = noon_ms) {
    Request request{std::move(method), std::move(target), {}};
    request["Host"] = own_host;
    OutgoingRequest out{request.method, own_host, request.target, {}, {}, date_ms};
    if (request.method == "POST") {
        request["Content-Type"] = "application/activity+json";
        out.body = body;
        out.content_type = "application/activity+json";
    }
    auto added = sign_request(out, key_id, key);
    BOOST_REQUIRE(added);
    for (auto& [name, value] : *added) request[name] = value;
    return request;
}

// The text of the refusal; empty when there is none.
template <class T>
std::string refusal(const Result<T>& result) {
    if (result) return {};
    BOOST_TEST((result.error().code == Code::unauthorized));
    return result.error().safe_text;
}

}  // namespace kith::signature::test
