#include "federation/signature/digest.hpp"

#include "base/crypto/digest.hpp"
#include "base/crypto/encoding.hpp"
#include "base/text/strings.hpp"

namespace kith::signature {

std::string digest_header(std::string_view body) {
    return "SHA-256=" + crypto::base64_encode(crypto::sha256(body));
}

Result<> check_digest(const RequestView& request, std::string_view body) {
    TRY(check_single_headers(request));
    const auto header = header_value(request, "digest");
    if (!header) return fail(Code::unauthorized, "the Digest header is missing");

    bool found = false;
    for (std::string_view rest = *header; !rest.empty();) {
        const auto comma = rest.find(',');
        const auto entry = text::trim(rest.substr(0, comma));
        rest = comma == rest.npos ? std::string_view() : rest.substr(comma + 1);

        const auto equals = entry.find('=');  // the first one: base64 may end in more of them
        if (equals == entry.npos) return fail(Code::unauthorized, "the Digest header is malformed");
        if (!text::iequals(entry.substr(0, equals), "SHA-256")) continue;
        const auto claimed = crypto::base64_decode(entry.substr(equals + 1));
        if (!claimed || *claimed != crypto::sha256(body))
            return fail(Code::unauthorized, "the Digest header does not match the body");
        found = true;
    }
    if (!found) return fail(Code::unauthorized, "the Digest header has no SHA-256");
    return {};
}

}  // namespace kith::signature
