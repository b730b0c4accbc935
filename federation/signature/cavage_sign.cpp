#include <algorithm>

#include "base/crypto/encoding.hpp"
#include "base/text/strings.hpp"
#include "federation/signature/cavage_base.hpp"
#include "federation/signature/digest.hpp"

namespace kith::signature {
namespace {

bool is_plain(std::string_view text) {
    return std::all_of(text.begin(), text.end(),
                       [](unsigned char c) { return c > 31 && c != 127; });
}

Result<> check_parts(const OutgoingRequest& request, std::string_view key_id) {
    for (auto part : {request.method, request.host, request.target, request.content_type,
                      request.collection_synchronization, key_id})
        if (!is_plain(part))
            return fail(Code::invalid, "a part of the request has control characters");
    if (key_id.empty() || key_id.find_first_of("\"\\") != key_id.npos)
        return fail(Code::invalid, "the key id cannot be written into a header");
    return {};
}

}  // namespace

Result<std::vector<SignedHeader>> sign_request(const OutgoingRequest& request,
                                               std::string_view key_id,
                                               const crypto::PrivateKey& key) {
    TRY(check_parts(request, key_id));
    std::vector<SignedHeader> out = {{"Date", format_http_date(request.date_ms)}};
    CavageSignature signature;
    signature.key_id = key_id;
    // Everyone knows rsa-sha256; hs2019 is refused by old peers.
    signature.algorithm = key.type() == crypto::KeyType::rsa ? "rsa-sha256" : "ed25519";
    signature.headers = {"(request-target)", "host", "date"};
    if (request.body) {
        out.push_back({"Digest", digest_header(*request.body)});
        signature.headers.insert(signature.headers.end(), {"digest", "content-type"});
    }
    if (!request.collection_synchronization.empty())
        signature.headers.push_back("collection-synchronization");

    std::vector<Header> view = {{"host", request.host},
                                {"content-type", request.content_type},
                                {"collection-synchronization", request.collection_synchronization}};
    for (const auto& header : out) view.push_back({header.name, header.value});
    const auto text =
        TRY(signing_text({request.method, request.target, view}, signature, request.target));
    const auto bytes = TRY(key.sign(text));

    out.push_back({"Signature", "keyId=\"" + signature.key_id + "\",algorithm=\"" +
                                    signature.algorithm + "\",headers=\"" +
                                    text::join(signature.headers, " ") + "\",signature=\"" +
                                    crypto::base64_encode(bytes) + "\""});
    return out;
}

}  // namespace kith::signature
