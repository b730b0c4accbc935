// interactionPolicy (GoToSocial; FEP-044f for canQuote, DRAFT).
#include "federation/vocab/post_parts.hpp"
#include "federation/vocab/reader.hpp"

namespace kith::vocab {
namespace {

// Up to 0.19 GoToSocial wrote `always` and `approvalRequired`, 0.20 both, later only the new names.
std::optional<Approval> approval_of(json::View rule) {
    if (!rule.is_object()) return std::nullopt;
    Approval approval{ids_of(rule.first_of({"automaticApproval", "always"})),
                      ids_of(rule.first_of({"manualApproval", "approvalRequired"}))};
    // An empty list is an absent one (JSON-LD): nobody is written as the author alone.
    if (approval.automatic.empty() && approval.manual.empty()) return std::nullopt;
    return approval;
}

}  // namespace

InteractionPolicy read_interaction_policy(json::View policy) {
    if (!policy.is_object()) return {};
    return {.can_quote = approval_of(policy["canQuote"]),
            .can_like = approval_of(policy["canLike"]),
            .can_reply = approval_of(policy["canReply"]),
            .can_announce = approval_of(policy["canAnnounce"])};
}

}  // namespace kith::vocab
