#include "federation/signature/request_signature.hpp"

#include <algorithm>

#include "federation/signature/digest.hpp"

namespace kith::signature {

Origin origin_of(std::string_view base_url) {
    constexpr std::string_view mark = "://";
    const auto at = std::min(base_url.find(mark), base_url.size());
    return {base_url.substr(0, at), base_url.substr(std::min(at + mark.size(), base_url.size()))};
}

Result<RequestSignature> read_signature(std::string_view signature_input,
                                        std::string_view signature) {
    if (signature_input.empty()) return RequestSignature(TRY(parse_signature_header(signature)));
    return RequestSignature(TRY(parse_message_signature(signature_input, signature)));
}

Result<RequestSignature> read_signature(const RequestView& request) {
    const auto signature = header_value(request, "signature");
    if (!signature) return fail(Code::unauthorized, "there is no signature");
    const auto input = header_value(request, "signature-input");
    if (input && input->empty()) return fail(Code::unauthorized, "the Signature-Input is empty");
    return read_signature(input.value_or(""), *signature);
}

const std::string& key_id_of(const RequestSignature& signature) {
    return std::visit([](const auto& s) -> const std::string& { return s.key_id; }, signature);
}

bool covers(const RequestSignature& signature, std::string_view field) {
    if (const auto* message = std::get_if<MessageSignature>(&signature))
        return std::ranges::any_of(message->components, [&](const fields::Item& component) {
            return component.value.text == field && component.parameters.empty();
        });
    const auto& headers = std::get<CavageSignature>(signature).headers;
    return std::ranges::find(headers, field) != headers.end();
}

Result<> check_coverage(const RequestView& request, const RequestSignature& signature,
                        const Origin& own, TimeMs now_ms) {
    if (const auto* message = std::get_if<MessageSignature>(&signature))
        return check_message_coverage(request, *message, now_ms);
    return check_cavage_coverage(request, std::get<CavageSignature>(signature), own.authority,
                                 now_ms);
}

Result<> check_body(const RequestView& request, const RequestSignature& signature,
                    std::string_view body) {
    return std::holds_alternative<MessageSignature>(signature)
               ? check_content_digest(request, body)
               : check_digest(request, body);
}

Result<> verify(const RequestView& request, const RequestSignature& signature, const Origin& own,
                const crypto::PublicKey& key) {
    if (const auto* message = std::get_if<MessageSignature>(&signature))
        return verify(request, own, *message, key);
    return verify(request, std::get<CavageSignature>(signature), key);
}

}  // namespace kith::signature
