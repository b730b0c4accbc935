#include "federation/signature/proof.hpp"

#include "base/core/clock.hpp"
#include "base/json/canonical.hpp"
#include "tests/vectors/signatures/fixture.hpp"

using namespace kith;
using namespace kith::signature;
using namespace kith::vectors;

namespace {

// The FEP gives the key as a multikey: the multicodec of an Ed25519 private key, then its seed.
crypto::PrivateKey key_of(const std::string& multibase) {
    const auto bytes = crypto::base58_decode(multibase.substr(1));
    BOOST_REQUIRE(bytes);
    BOOST_REQUIRE(bytes->starts_with("\x80\x26"));
    const auto pkcs8 = bytes_of("302e020100300506032b657004220420") + bytes->substr(2);
    return *crypto::PrivateKey::from_pem(crypto::write_pem("PRIVATE KEY", pkcs8));
}

TimeMs time_of(std::string_view text) {
    TimeMs ms = 0;
    BOOST_REQUIRE(parse_iso8601(text, ms));
    return ms;
}

constexpr auto key_id = "https://server.example/users/alice#ed25519-key";

}  // namespace

BOOST_AUTO_TEST_SUITE(fep_8b32)

BOOST_AUTO_TEST_CASE(the_proof_of_the_fep_is_made_byte_for_byte) {
    const auto vector = file("fep-8b32.json");
    const auto documents = vector["unsigned_and_signed"];
    const auto key = key_of(text(vector["privateKeyMultibase"]));
    const auto made =
        add_proof(documents.at(0).text(), key_id, time_of("2023-02-24T23:36:38Z"), key);
    BOOST_REQUIRE(made);
    const auto read = json::Document::parse(*made);
    BOOST_REQUIRE(read);
    BOOST_TEST(json::canonical(read->root()) == json::canonical(documents.at(1)));
}

BOOST_AUTO_TEST_CASE(the_proof_of_the_fep_holds_with_the_key_of_its_actor) {
    const auto vector = file("fep-8b32.json");
    const auto documents = vector["unsigned_and_signed"];
    const auto multikey = documents.at(3)["assertionMethod"].at(0);
    const auto key = crypto::PublicKey::from_multikey(text(multikey["publicKeyMultibase"]));
    BOOST_REQUIRE(key);
    const auto proof = read_proof(documents.at(1), 0);
    BOOST_REQUIRE(proof);
    BOOST_TEST(proof->key_id == text(multikey["id"]));
    BOOST_TEST(bool(verify_proof(documents.at(1), *proof, *key)));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(fep_521a)

BOOST_AUTO_TEST_CASE(both_multikeys_of_the_fep_are_read_and_written) {
    const auto vector = file("fep-521a.json");
    const auto pkcs1 = crypto::write_pem("RSA PUBLIC KEY", bytes_of(text(vector["rsa"]["pkcs1Hex"])));
    const auto rsa = crypto::PublicKey::from_pem(pkcs1);
    BOOST_REQUIRE(rsa);
    BOOST_TEST(rsa->to_multikey() == text(vector["rsa"]["publicKeyMultibase"]));
    const auto spki = bytes_of("302a300506032b6570032100" + text(vector["ed25519"]["publicKeyHex"]));
    const auto ed25519 = crypto::PublicKey::from_pem(crypto::write_pem("PUBLIC KEY", spki));
    BOOST_REQUIRE(ed25519);
    BOOST_TEST(ed25519->to_multikey() == text(vector["ed25519"]["publicKeyMultibase"]));
    for (const auto& key : {*rsa, *ed25519}) {
        const auto read = crypto::PublicKey::from_multikey(key.to_multikey());
        BOOST_REQUIRE(read);
        BOOST_TEST(read->to_pem() == key.to_pem());
    }
}

BOOST_AUTO_TEST_SUITE_END()
