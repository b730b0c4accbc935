#include <algorithm>

#include "federation/signature/digest.hpp"
#include "federation/signature/message.hpp"

namespace kith::signature {
namespace {

using fields::BareItem;

bool is_plain(std::string_view text) {
    return std::all_of(text.begin(), text.end(),
                       [](unsigned char c) { return c > 31 && c < 127; });
}

Result<> check_parts(const OutgoingRequest& request, std::string_view key_id) {
    for (auto part : {request.method, request.scheme, request.host, request.target,
                      request.content_type, request.collection_synchronization, key_id})
        if (!is_plain(part))
            return fail(Code::invalid, "a part of the request cannot be written into a header");
    if (key_id.empty()) return fail(Code::invalid, "there is no key id");
    return {};
}

// What is signed in any case, and what is asked for besides.
std::vector<fields::Item> components_for(const OutgoingRequest& request,
                                         const SignatureRequest& asked) {
    std::vector<std::string> names = {"@method", "@target-uri", "@authority", "date"};
    if (request.body) names.insert(names.end(), {"content-digest", "content-type"});
    if (!request.collection_synchronization.empty()) names.push_back("collection-synchronization");
    for (const auto& name : asked.components) {
        // Where there is no body nothing is said of one, whatever the challenge asks for.
        if (name.starts_with("content-") && !request.body) continue;
        if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
    }
    std::vector<fields::Item> out;
    for (const auto& name : names) out.push_back({fields::string_item(name), {}});
    return out;
}

fields::Parameters parameters_for(const OutgoingRequest& request, std::string_view key_id,
                                  crypto::KeyType type, const SignatureRequest& asked) {
    fields::Parameters out = {
        {"created", fields::integer_item(request.date_ms / second_ms)},
        {"keyid", fields::string_item(key_id)},
        {"alg",
         fields::string_item(type == crypto::KeyType::rsa ? "rsa-v1_5-sha256" : "ed25519")}};
    if (asked.nonce) out.push_back({"nonce", fields::string_item(*asked.nonce)});
    if (asked.tag) out.push_back({"tag", fields::string_item(*asked.tag)});
    return out;
}

}  // namespace

Result<std::vector<SignedHeader>> sign_message(const OutgoingRequest& request,
                                               std::string_view key_id,
                                               const crypto::PrivateKey& key,
                                               const SignatureRequest& asked) {
    TRY(check_parts(request, key_id));
    std::vector<SignedHeader> out = {{"Date", format_http_date(request.date_ms)}};
    if (request.body) out.push_back({"Content-Digest", content_digest_header(*request.body)});

    MessageSignature signature;
    signature.components = components_for(request, asked);
    signature.parameters = parameters_for(request, key_id, key.type(), asked);
    std::vector<Header> view = {{"host", request.host}};
    if (request.body) view.push_back({"content-type", request.content_type});
    if (!request.collection_synchronization.empty())
        view.push_back({"collection-synchronization", request.collection_synchronization});
    for (const auto& header : out) view.push_back({header.name, header.value});
    const auto base =
        signature_base({request.method, request.target, view}, {request.scheme, request.host},
                       signature);
    if (!base)
        return fail(Code::unsupported, "what is asked for cannot be signed",
                    base.error().safe_text);
    BareItem bytes{.kind = BareItem::Kind::bytes, .text = TRY(key.sign(*base))};
    out.push_back({"Signature-Input",
                   asked.label + '=' +
                       fields::serialize_list(signature.components, signature.parameters)});
    out.push_back({"Signature", asked.label + '=' + fields::serialize({std::move(bytes), {}})});
    return out;
}

}  // namespace kith::signature
