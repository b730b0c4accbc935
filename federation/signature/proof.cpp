#include "federation/signature/proof.hpp"

#include <array>
#include <optional>
#include <span>

#include "base/crypto/digest.hpp"
#include "base/crypto/encoding.hpp"
#include "base/json/canonical.hpp"
#include "base/json/writer.hpp"

namespace kith::signature {
namespace {

constexpr std::string_view proof_type = "DataIntegrityProof";
constexpr std::string_view cryptosuite = "eddsa-jcs-2022";
constexpr std::string_view purpose = "assertionMethod";

Failure broken(std::string_view why) {
    return fail(Code::unauthorized, "the integrity proof " + std::string(why));
}

// Sections 3.3.3 to 3.3.5: SHA-256 of the proof's options, then of the document.
std::string hash_data(const std::string& options, const std::string& document) {
    return crypto::sha256(options) + crypto::sha256(document);
}

// All but the proof's value and what the cryptosuite does not sign.
void write_options(json::Writer& w, json::View context, std::string_view key_id,
                   TimeMs created_ms) {
    w.object();
    if (!context.is_absent()) w.member("@context", context);
    w.member("type", proof_type).member("cryptosuite", cryptosuite);
    w.member("verificationMethod", key_id).member("proofPurpose", purpose);
    auto created = format_iso8601(created_ms);
    created.erase(created.find('.'), 4);  // Data Integrity's examples know no fractions
    w.member("created", created);
}

// Section 3.3.2, step 4: the document's @context begins with all of the proof's, in their order.
bool begins_with(json::View context, json::View expected) {
    if (expected.size() > context.size()) return false;
    for (std::size_t i = 0; i < expected.size(); ++i)
        if (json::canonical(context.at(i)) != json::canonical(expected.at(i))) return false;
    return true;
}

// Section 3.3.2: without what is not signed, and with the @context that the proof was made under; a
// proof that names none leaves the document's as it is.
std::string unsecured_text(json::View document, json::View context) {
    const std::array<json::Instead, 3> changes = {
        {{"proof", {}}, {"signature", {}}, {"@context", context}}};
    const auto count = context.is_absent() ? std::size_t{2} : changes.size();
    return json::canonical(document, std::span(changes).first(count));
}

}  // namespace

Result<std::string> add_proof(std::string_view text, std::string_view key_id, TimeMs created_ms,
                              const crypto::PrivateKey& key) {
    const auto document = TRY(json::Document::parse(text));
    const auto root = document.root();
    if (!root.is_object() || has_proof(root) || key.type() != crypto::KeyType::ed25519)
        return fail(Code::invalid, "no proof can be made of this");
    json::Writer options;
    write_options(options, root["@context"], key_id, created_ms);
    const auto read_back = TRY(json::Document::parse(options.take()));
    const auto bytes = TRY(
        key.sign(hash_data(json::canonical(read_back.root()), json::canonical(root))));

    json::Writer proof;
    write_options(proof, root["@context"], key_id, created_ms);
    proof.member("proofValue", 'z' + crypto::base58_encode(bytes));
    const auto end = text.rfind('}');
    std::string out(text.substr(0, end));
    out += root.member_count() == 0 ? "\"proof\":" : ",\"proof\":";
    return out + proof.take() + '}';
}

bool has_proof(json::View document) { return !document["proof"].is_nothing(); }

Result<Proof> read_proof(json::View document, TimeMs now_ms) {
    const auto proof = document["proof"];
    const auto kind = proof["cryptosuite"].string_or("");
    if (!proof.is_object() || proof["type"].string_or("") != proof_type || kind != cryptosuite)
        return fail(Code::unsupported, "the integrity proof is of another kind",
                    std::string(kind));
    if (proof["proofPurpose"].string_or("") != purpose) return broken("is not an assertion");
    if (const auto expires = proof["expires"]; !expires.is_nothing()) {
        TimeMs at = 0;
        if (!parse_iso8601(expires.string_or(""), at) || at < now_ms) return broken("has expired");
    }
    const auto value = proof["proofValue"].string_or("");
    auto bytes = value.starts_with('z') ? crypto::base58_decode(value.substr(1)) : std::nullopt;
    const auto key_id = proof["verificationMethod"].string_or("");
    if (!bytes || key_id.empty()) return broken("is malformed");
    return Proof{key_id, std::move(*bytes)};
}

Result<> verify_proof(json::View document, const Proof& proof, const crypto::PublicKey& key) {
    if (key.type() != crypto::KeyType::ed25519) return broken("is not made with such a key");
    const auto options = document["proof"];
    const auto context = options["@context"];
    if (!context.is_absent() && !begins_with(document["@context"], context))
        return broken("has another @context than the document");
    const auto unsecured = unsecured_text(document, context);
    const std::array<json::Instead, 1> no_value = {{{"proofValue", {}}}};
    if (key.verify(hash_data(json::canonical(options, no_value), unsecured), proof.value))
        return {};
    // Fedify signs the document's @context within the options, as step 2 of section 3.3.1 says, but
    // does not write it there.
    const std::array<json::Instead, 2> own_context = {
        {{"proofValue", {}}, {"@context", document["@context"]}}};
    if (!context.is_absent() ||
        !key.verify(hash_data(json::canonical(options, own_context), unsecured), proof.value))
        return broken("does not match the document");
    return {};
}

}  // namespace kith::signature
