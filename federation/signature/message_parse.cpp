#include <algorithm>

#include "config/limits/signature.hpp"
#include "federation/signature/message.hpp"

namespace kith::signature {
namespace {

using fields::BareItem;
using fields::Member;

Failure malformed(std::string_view why) {
    return fail(Code::unauthorized, "the signature is malformed: " + std::string(why));
}

Result<Member> only_member(std::string_view field, std::string_view name) {
    auto members = fields::parse_dictionary(field);
    if (!members)
        return fail(Code::unauthorized, "the " + std::string(name) + " header is malformed",
                    members.error().safe_text);
    if (members->size() != 1)
        return fail(Code::unauthorized, "there is not exactly one signature",
                    std::string(name) + ": " + std::to_string(members->size()));
    return std::move(members->front());
}

Result<> check_components(const std::vector<fields::Item>& components) {
    for (std::size_t i = 0; i < components.size(); ++i) {
        const auto& [name, parameters] = components[i];
        if (name.kind != BareItem::Kind::string || name.text.empty())
            return malformed("a component is not a name");
        if (std::any_of(name.text.begin(), name.text.end(),
                        [](char c) { return c >= 'A' && c <= 'Z'; }))
            return malformed("a component is not in lower case");
        if (name.text == "@signature-params") return malformed("it covers itself");
        if (std::find(components.begin(), components.begin() + std::ptrdiff_t(i), components[i]) !=
            components.begin() + std::ptrdiff_t(i))
            return malformed("a component is listed twice");
    }
    return {};
}

Result<std::string> text_parameter(const MessageSignature& signature, std::string_view key) {
    const auto* value = fields::find(signature.parameters, key);
    if (!value) return std::string();
    if (value->kind != BareItem::Kind::string)
        return malformed(std::string(key) + " is not a string");
    return value->text;
}

Result<std::optional<std::int64_t>> time_parameter(const MessageSignature& signature,
                                                   std::string_view key) {
    constexpr std::int64_t seconds_max = 999'999'999'999;
    const auto* value = fields::find(signature.parameters, key);
    if (!value) return std::optional<std::int64_t>{};
    if (value->kind != BareItem::Kind::integer || value->integer < 0 ||
        value->integer > seconds_max)
        return malformed(std::string(key) + " is not a number of seconds");
    return std::optional(value->integer);
}

}  // namespace

Result<MessageSignature> parse_message_signature(std::string_view signature_input,
                                                 std::string_view signature) {
    auto input = TRY(only_member(signature_input, "Signature-Input"));
    auto bytes = TRY(only_member(signature, "Signature"));
    if (input.key != bytes.key)
        return malformed("Signature and Signature-Input have different labels");
    if (!input.is_list) return malformed("Signature-Input is not a list of components");
    if (bytes.is_list || bytes.items[0].value.kind != BareItem::Kind::bytes ||
        bytes.items[0].value.text.empty())
        return malformed("Signature is not a byte sequence");
    if (bytes.items[0].value.text.size() > limits::signature_bytes_max)
        return malformed("Signature is too long");
    TRY(check_components(input.items));

    MessageSignature out;
    out.label = std::move(input.key);
    out.components = std::move(input.items);
    out.parameters = std::move(input.parameters);
    out.signature = std::move(bytes.items[0].value.text);
    out.key_id = TRY(text_parameter(out, "keyid"));
    out.algorithm = TRY(text_parameter(out, "alg"));
    out.created_s = TRY(time_parameter(out, "created"));
    out.expires_s = TRY(time_parameter(out, "expires"));
    if (out.key_id.empty()) return malformed("keyid is missing");
    if (out.key_id.size() > limits::signature_key_id_chars_max)
        return malformed("keyid is too long");
    return out;
}

}  // namespace kith::signature
