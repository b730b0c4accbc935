#include <algorithm>

#include "federation/signature/message.hpp"
#include "federation/signature/window.hpp"

namespace kith::signature {
namespace {

bool covers(const MessageSignature& signature, std::string_view name) {
    return std::any_of(signature.components.begin(), signature.components.end(),
                       [name](const fields::Item& component) {
                           return component.value.text == name && component.parameters.empty();
                       });
}

Result<> check_times(const RequestView& request, const MessageSignature& signature,
                     TimeMs now_ms) {
    if (!signature.created_s) return fail(Code::unauthorized, "created is missing");
    TRY(check_near_now(*signature.created_s * second_ms, now_ms, "created"));
    if (covers(signature, "date")) {
        const auto date = header_value(request, "date");
        TimeMs date_ms = 0;
        if (!date || !parse_http_date(*date, date_ms))
            return fail(Code::unauthorized, "the Date header is missing or not an HTTP date");
        TRY(check_near_now(date_ms, now_ms, "Date"));
    }
    if (signature.expires_s && *signature.expires_s * second_ms < now_ms)
        return fail(Code::unauthorized, "the signature has expired");
    return {};
}

// Section 3.3; the key decides, `alg` may only agree.
Result<> check_algorithm(const MessageSignature& signature, crypto::KeyType type) {
    const auto& name = signature.algorithm;
    const bool fits = name.empty() ||
                      (name == "rsa-v1_5-sha256" && type == crypto::KeyType::rsa) ||
                      (name == "ed25519" && type == crypto::KeyType::ed25519);
    if (!fits)
        return fail(Code::unauthorized, "the algorithm is not supported or not that of the key",
                    name);
    return {};
}

}  // namespace

Result<> check_message_coverage(const RequestView& request, const MessageSignature& signature,
                                TimeMs now_ms) {
    TRY(check_single_headers(request));
    std::vector<std::string_view> needed = {"@method", "@target-uri"};
    if (!has_no_body(request.method)) needed.push_back("content-digest");
    for (auto name : needed)
        if (!covers(signature, name))
            return fail(Code::unauthorized, "the signature does not cover " + std::string(name));
    return check_times(request, signature, now_ms);
}

Result<> verify(const RequestView& request, const Origin& origin,
                const MessageSignature& signature, const crypto::PublicKey& key) {
    TRY(check_single_headers(request));
    TRY(check_algorithm(signature, key.type()));
    const auto base = TRY(signature_base(request, origin, signature));
    if (!key.verify(base, signature.signature))
        return fail(Code::unauthorized, "the signature does not match the request");
    return {};
}

}  // namespace kith::signature
