#include "base/crypto/digest.hpp"
#include "federation/signature/digest.hpp"
#include "federation/signature/structured_fields.hpp"

namespace kith::signature {
namespace {

using fields::BareItem;

// The digest by the algorithm of that name (RFC 9530 section 5), or "" for one that is not ours.
std::string digest_by(std::string_view algorithm, std::string_view body) {
    if (algorithm == "sha-256") return crypto::sha256(body);
    if (algorithm == "sha-512") return crypto::sha512(body);
    return {};
}

}  // namespace

std::string content_digest_header(std::string_view body) {
    return "sha-256=" +
           fields::serialize({{.kind = BareItem::Kind::bytes, .text = crypto::sha256(body)}, {}});
}

Result<> check_content_digest(const RequestView& request, std::string_view body) {
    TRY(check_single_headers(request));
    const auto header = header_value(request, "content-digest");
    if (!header) return fail(Code::unauthorized, "the Content-Digest header is missing");
    const auto digests = fields::parse_dictionary(*header);
    if (!digests) return fail(Code::unauthorized, "the Content-Digest header is malformed");

    bool found = false;
    for (const auto& member : *digests) {
        const auto expected = digest_by(member.key, body);
        if (expected.empty()) continue;
        if (member.is_list || member.items[0].value.kind != BareItem::Kind::bytes ||
            member.items[0].value.text != expected)
            return fail(Code::unauthorized, "the Content-Digest header does not match the body");
        found = true;
    }
    if (!found)
        return fail(Code::unauthorized, "the Content-Digest header has no sha-256 or sha-512");
    return {};
}

}  // namespace kith::signature
