#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>

#include <memory>
#include <vector>

#include "base/crypto/digest.hpp"
#include "base/text/url.hpp"
#include "federation/signature/digest.hpp"
#include "federation/signature/message.hpp"
#include "tests/vectors/signatures/fixture.hpp"

using namespace kith;
using namespace kith::signature;
using namespace kith::vectors;

namespace {

// RFC 9421 3.3.1. Nobody in the Fediverse uses it, so it is not in base/crypto.
bool verify_rsa_pss_sha512(const std::string& pem, const std::string& message,
                           const std::string& signature) {
    std::unique_ptr<BIO, decltype(&BIO_free)> bio(BIO_new_mem_buf(pem.data(), int(pem.size())),
                                                  BIO_free);
    std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key(
        PEM_read_bio_PUBKEY(bio.get(), nullptr, nullptr, nullptr), EVP_PKEY_free);
    std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(),
                                                                    EVP_MD_CTX_free);
    EVP_PKEY_CTX* options = nullptr;
    const auto* bytes = reinterpret_cast<const unsigned char*>(message.data());
    const auto* signed_bytes = reinterpret_cast<const unsigned char*>(signature.data());
    return EVP_DigestVerifyInit(context.get(), &options, EVP_sha512(), nullptr, key.get()) == 1 &&
           EVP_PKEY_CTX_set_rsa_padding(options, RSA_PKCS1_PSS_PADDING) == 1 &&
           EVP_PKEY_CTX_set_rsa_pss_saltlen(options, 64) == 1 &&
           EVP_DigestVerify(context.get(), signed_bytes, signature.size(), bytes,
                            message.size()) == 1;
}

// The RFC's request, as a server at its own origin sees it.
struct Appendix {
    json::Document document = file("rfc9421.json");
    json::View request = document["request"];
    Url url = *Url::parse(text(request["target"]));
    std::string target = url.path_and_query(), authority = url.host_port();
    std::vector<Header> headers;

    Appendix() {
        const auto fields = request["headers"];
        for (std::size_t i = 0; i < fields.member_count(); ++i)
            headers.push_back({fields.member_name(i), fields.member(i).string_or("")});
    }
    RequestView view() const { return {request["method"].string_or(""), target, headers}; }
    Origin origin() const { return {url.scheme(), authority}; }

    bool verifies(const std::string& algorithm, const std::string& base,
                  const std::string& signature) const {
        const auto keys = document["keys"];
        if (algorithm == "rsa-pss-sha512")
            return verify_rsa_pss_sha512(text(keys["test-key-rsa-pss.pub"]), base, signature);
        if (algorithm == "hmac-sha256")
            return crypto::hmac_sha256(
                       *crypto::base64_decode(text(keys["test-shared-secret.b64"])), base) ==
                   signature;
        const auto key = crypto::PrivateKey::from_pem(text(keys["test-key-ed25519.priv"]));
        return algorithm == "ed25519" && key->public_key().verify(base, signature);
    }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(rfc9421)

BOOST_AUTO_TEST_CASE(the_bases_of_appendix_b_come_out_byte_for_byte_and_their_signatures_hold) {
    const Appendix appendix;
    int seen = 0;
    for (const auto vector : appendix.document["vectors"]) {
        const auto name = text(vector["name"]), input = text(vector["input"]);
        const auto label = input.substr(0, input.find('='));
        const auto signature =
            parse_message_signature(input, label + "=:" + text(vector["signature"]) + ':');
        BOOST_REQUIRE_MESSAGE(signature, name);
        const auto base = signature_base(appendix.view(), appendix.origin(), *signature);
        BOOST_REQUIRE_MESSAGE(base, name);
        BOOST_TEST(*base == text(vector["base"]), name);
        BOOST_TEST(appendix.verifies(text(vector["alg"]), *base, signature->signature), name);
        BOOST_TEST(!appendix.verifies(text(vector["alg"]), *base + ' ', signature->signature),
                   name);
        ++seen;
    }
    BOOST_TEST(seen == 4);
}

BOOST_AUTO_TEST_CASE(the_ed25519_vector_is_made_and_verified_by_the_same_functions_as_requests) {
    const Appendix appendix;
    const auto key =
        crypto::PrivateKey::from_pem(text(appendix.document["keys"]["test-key-ed25519.priv"]));
    for (const auto vector : appendix.document["vectors"]) {
        if (text(vector["alg"]) != "ed25519") continue;
        BOOST_TEST(crypto::base64_encode(*key->sign(text(vector["base"]))) ==
                   text(vector["signature"]));
        const auto signature = parse_message_signature(
            text(vector["input"]), "sig-b26=:" + text(vector["signature"]) + ':');
        BOOST_TEST(bool(
            verify(appendix.view(), appendix.origin(), *signature, key->public_key())));
    }
}

BOOST_AUTO_TEST_CASE(the_content_digest_of_the_request_holds_for_its_body) {
    const Appendix appendix;
    const auto body = text(appendix.request["body"]);
    BOOST_TEST(bool(check_content_digest(appendix.view(), body)));
    BOOST_TEST(!check_content_digest(appendix.view(), body + ' '));
}

BOOST_AUTO_TEST_SUITE_END()
