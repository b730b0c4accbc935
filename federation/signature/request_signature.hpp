#pragma once
#include <string>
#include <string_view>
#include <variant>

#include "federation/signature/cavage.hpp"
#include "federation/signature/message.hpp"

// A request's signature in whichever of the two flavours it comes, for those who only want to know
// whose request it is. The order of calls is that of either flavour: read_signature,
// check_coverage, check_body (where there is a body), verify.
namespace kith::signature {

using RequestSignature = std::variant<CavageSignature, MessageSignature>;

// The origin of our own base URL ("https://social.example").
Origin origin_of(std::string_view base_url);

// From the values of the fields Signature-Input ("" = there is none) and Signature. Where there is a
// Signature-Input it is RFC 9421 that is judged, and nothing else. Code::unauthorized.
Result<RequestSignature> read_signature(std::string_view signature_input,
                                        std::string_view signature);
Result<RequestSignature> read_signature(const RequestView&);

const std::string& key_id_of(const RequestSignature&);
// Whether it stands on the header field of that name (lower case).
bool covers(const RequestSignature&, std::string_view field);

Result<> check_coverage(const RequestView&, const RequestSignature&, const Origin& own,
                        TimeMs now_ms);
// The digest that the flavour asks for, over the raw bytes.
Result<> check_body(const RequestView&, const RequestSignature&, std::string_view body);
Result<> verify(const RequestView&, const RequestSignature&, const Origin& own,
                const crypto::PublicKey&);

}  // namespace kith::signature
