#pragma once
#include <cstddef>
#include <string>
#include <string_view>

#include "base/core/clock.hpp"
#include "base/core/result.hpp"
#include "base/crypto/keys.hpp"
#include "base/json/view.hpp"

// Object integrity proofs (FEP-8b32, a draft), cryptosuite eddsa-jcs-2022 (Data Integrity EdDSA
// Cryptosuites 1.0, section 3.3). Pure functions over JSON and keys.
namespace kith::signature {

// The document with a proof as its last member, made with an Ed25519 key that the actor's
// assertionMethod names by `key_id`. The proof repeats the document's @context. Code::invalid where
// the document is no JSON object or has a proof, or the key is of another kind.
Result<std::string> add_proof(std::string_view document, std::string_view key_id, TimeMs created_ms,
                              const crypto::PrivateKey&);

// What a document's one proof says of itself; views the document.
struct Proof {
    std::string_view key_id;  // verificationMethod
    std::string value;        // the signature's bytes
};

// Whether there is anything to judge.
bool has_proof(json::View document);

// Code::unsupported for another cryptosuite or several proofs: they say nothing to us.
// Code::unauthorized for one that is broken: no assertion, no value, a time that is over.
Result<Proof> read_proof(json::View document, TimeMs now_ms);

// Whether the key made the proof that read_proof() gave for this document. A linked data signature
// beside it does not count and is left out. Code::unauthorized.
Result<> verify_proof(json::View document, const Proof&, const crypto::PublicKey&);

}  // namespace kith::signature
