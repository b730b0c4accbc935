#include "federation/inbox/proven.hpp"

#include <utility>

#include "federation/signature/proof.hpp"

namespace kith::inbox {
namespace {

using keys::Refresh;
using keys::Sender;

// With the key that is known; where that does not fit, with the one that is published now.
Result<> check(json::View document, const signature::Proof& proof, const Sender& owner,
               keys::KeyCache& keys) {
    auto holds = signature::verify_proof(document, proof, owner.key);
    if (holds) return {};
    const auto renewed = keys.find(proof.key_id, Refresh::yes);
    if (renewed && renewed->actor_ap_id == owner.actor_ap_id &&
        signature::verify_proof(document, proof, renewed->key))
        return {};
    return tl::unexpected(std::move(holds).error());
}

bool may_be_forwarded(const vocab::Activity& activity) {
    const bool is_of_post = activity.type == vocab::ActivityType::create ||
                            activity.type == vocab::ActivityType::update ||
                            activity.type == vocab::ActivityType::delete_;
    return is_of_post && activity.object_id != activity.actor;
}

}  // namespace

Result<std::string> proven(json::View document, const vocab::Activity& activity,
                           const Sender& signer, keys::KeyCache& keys, TimeMs now_ms) {
    const bool is_forwarded = activity.actor != signer.actor_ap_id;
    if (!signature::has_proof(document) || (is_forwarded && !may_be_forwarded(activity)))
        return signer.actor_ap_id;
    const auto proof = signature::read_proof(document, now_ms);
    if (!proof && proof.error().code == Code::unsupported) return signer.actor_ap_id;
    if (!proof) return tl::unexpected(proof.error());
    if (is_forwarded) {
        const auto owner = TRY(keys.find(proof->key_id, Refresh::no));
        if (owner.actor_ap_id != activity.actor)
            return fail(Code::unauthorized, "the integrity proof is not the actor's",
                        std::string(proof->key_id));
        TRY(check(document, *proof, owner, keys));
        return owner.actor_ap_id;
    }
    const auto owner = TRY(keys.peek(proof->key_id));
    if (owner && owner->actor_ap_id == activity.actor) TRY(check(document, *proof, *owner, keys));
    return signer.actor_ap_id;
}

}  // namespace kith::inbox
