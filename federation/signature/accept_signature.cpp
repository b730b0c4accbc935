#include "federation/signature/accept_signature.hpp"

#include <algorithm>
#include <array>

#include "config/limits/signature.hpp"
#include "federation/signature/structured_fields.hpp"

namespace kith::signature {
namespace {

using fields::BareItem;

// What our requests have, with a body or without.
constexpr std::array<std::string_view, 11> known_components = {
    "@method", "@target-uri", "@authority", "@scheme",       "@request-target", "@path",
    "@query",  "host",        "date",       "content-digest", "content-type"};

bool is_known(const std::string& component) {
    return std::find(known_components.begin(), known_components.end(), component) !=
           known_components.end();
}

bool is_for_rsa(const fields::Parameters& parameters) {
    const auto* algorithm = fields::find(parameters, "alg");
    return !algorithm || algorithm->text == "rsa-v1_5-sha256";
}

// Of a parameter whose value is to be repeated; false where it is something else than a text.
bool take_text(const fields::Parameters& parameters, std::string_view key,
               std::optional<std::string>& out) {
    const auto* value = fields::find(parameters, key);
    if (!value || value->kind == BareItem::Kind::boolean) return true;
    if (value->kind != BareItem::Kind::string ||
        value->text.size() > limits::signature_nonce_chars_max)
        return false;
    out = value->text;
    return true;
}

std::optional<SignatureRequest> request_of(const fields::Member& member) {
    if (!member.is_list || !is_for_rsa(member.parameters)) return std::nullopt;
    SignatureRequest out;
    out.label = member.key;
    for (const auto& component : member.items) {
        if (component.value.kind != BareItem::Kind::string || !component.parameters.empty() ||
            !is_known(component.value.text))
            return std::nullopt;
        out.components.push_back(component.value.text);
    }
    if (!take_text(member.parameters, "nonce", out.nonce) ||
        !take_text(member.parameters, "tag", out.tag))
        return std::nullopt;
    return out;
}

}  // namespace

std::optional<SignatureRequest> parse_accept_signature(std::string_view field) {
    const auto members = fields::parse_dictionary(field);
    if (!members) return std::nullopt;
    for (const auto& member : *members)
        if (auto asked = request_of(member)) return asked;
    return std::nullopt;
}

std::string accept_signature_field(Body body) {
    return body == Body::none
               ? R"(sig1=("@method" "@target-uri");created;keyid)"
               : R"(sig1=("@method" "@target-uri" "content-digest");created;keyid)";
}

}  // namespace kith::signature
