#include <algorithm>

#include "base/text/strings.hpp"
#include "federation/signature/cavage_base.hpp"
#include "federation/signature/window.hpp"

namespace kith::signature {
namespace {

bool covers(const CavageSignature& signature, std::string_view name) {
    const auto& names = signature.headers;
    return std::find(names.begin(), names.end(), name) != names.end();
}

Result<> check_covered(const RequestView& request, const CavageSignature& signature) {
    std::vector<std::string_view> needed = {"(request-target)", "host"};
    if (!has_no_body(request.method)) needed.push_back("digest");
    for (auto name : needed)
        if (!covers(signature, name))
            return fail(Code::unauthorized, "the signature does not cover " + std::string(name));
    if (!covers(signature, "date") && !covers(signature, "(created)"))
        return fail(Code::unauthorized, "the signature covers neither date nor (created)");
    return {};
}

Result<> check_times(const RequestView& request, const CavageSignature& signature, TimeMs now_ms) {
    if (covers(signature, "date")) {
        const auto date = header_value(request, "date");
        TimeMs date_ms = 0;
        if (!date || !parse_http_date(*date, date_ms))
            return fail(Code::unauthorized, "the Date header is missing or not an HTTP date");
        TRY(check_near_now(date_ms, now_ms, "Date"));
    }
    if (covers(signature, "(created)")) {
        if (!signature.created_s) return fail(Code::unauthorized, "created has no value");
        TRY(check_near_now(*signature.created_s * second_ms, now_ms, "created"));
    }
    if (signature.expires_s && *signature.expires_s * second_ms < now_ms)
        return fail(Code::unauthorized, "the signature has expired");
    return {};
}

std::string_view without_default_port(std::string_view host) {
    for (std::string_view port : {":443", ":80"})
        if (host.ends_with(port)) return host.substr(0, host.size() - port.size());
    return host;
}

Result<> check_algorithm(const CavageSignature& signature, crypto::KeyType type) {
    const auto name = text::to_lower_ascii(signature.algorithm);
    const bool fits = name.empty() || name == "hs2019" ||
                      (name == "rsa-sha256" && type == crypto::KeyType::rsa) ||
                      (name == "ed25519" && type == crypto::KeyType::ed25519);
    if (!fits)
        return fail(Code::unauthorized, "the algorithm is not supported or not that of the key",
                    signature.algorithm);
    return {};
}

}  // namespace

Result<> check_cavage_coverage(const RequestView& request, const CavageSignature& signature,
                               std::string_view own_host, TimeMs now_ms) {
    TRY(check_single_headers(request));
    TRY(check_covered(request, signature));
    const auto host = header_value(request, "host");
    if (!host || !text::iequals(without_default_port(*host), without_default_port(own_host)))
        return fail(Code::unauthorized, "the request was signed for another host");
    return check_times(request, signature, now_ms);
}

Result<> verify(const RequestView& request, const CavageSignature& signature,
                const crypto::PublicKey& key) {
    TRY(check_single_headers(request));
    TRY(check_algorithm(signature, key.type()));

    const auto text = TRY(signing_text(request, signature, request.target));
    if (key.verify(text, signature.signature)) return {};

    const auto query = request.target.find('?');
    if (has_no_body(request.method) && query != request.target.npos) {
        const auto path_only =
            TRY(signing_text(request, signature, request.target.substr(0, query)));
        if (key.verify(path_only, signature.signature)) return {};
    }
    return fail(Code::unauthorized, "the signature does not match the request");
}

}  // namespace kith::signature
