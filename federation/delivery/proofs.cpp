#include "federation/delivery/proofs.hpp"

#include "base/core/log.hpp"
#include "base/crypto/keys.hpp"
#include "federation/signature/proof.hpp"
#include "storage/repo/actors.hpp"

namespace kith::delivery {

Result<> prove(sql::Tx& tx, const Context& context, Outgoing& outgoing) {
    if (outgoing.proven) return {};
    for (const auto& row : TRY(repo::keys_of(tx, outgoing.signer_id))) {
        if (row.algorithm != model::KeyAlgorithm::ed25519 || row.private_pem.empty()) continue;
        const auto key = TRY(crypto::PrivateKey::from_pem(row.private_pem));
        auto proven = signature::add_proof(outgoing.body, row.key_id, context.clock.now_ms(), key);
        if (proven) {
            outgoing.body = std::move(*proven);
            outgoing.proven = true;
        } else {
            log::warn("delivery.without_proof",
                      {{"activity", outgoing.ap_id}, {"reason", proven.error().safe_text}});
        }
        return {};
    }
    return {};
}

}  // namespace kith::delivery
