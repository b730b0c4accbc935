#include "node/ap/handlers.hpp"
#include "node/ap/local_actors.hpp"
#include "node/ap/wire.hpp"

namespace kith::ap {

namespace {

bool is_inbox(const http::Head& head) { return head.method == "POST" && head.path.ends_with("/inbox"); }

// Documents whose answer depends on who asks. Actors' are given to everybody: to verify a request for
// one, its sender's server might have to verify ours first (federation.md 1.6).
bool is_for_asker(const http::Head& head) {
    return head.path.starts_with("/post/") || head.path.starts_with("/activity/") || head.path.ends_with("/outbox") ||
           head.path.ends_with("/featured") || head.path.ends_with("/followers_synchronization");
}

}  // namespace

Result<> shared_inbox(ApContext& context, http::Exchange& exchange) {
    const WireHead wire(exchange.head());
    const auto address = exchange.client_address().text();
    const auto answer = context.pipeline.receive({wire.view(), TRY(exchange.raw_body()), address});
    if (!answer.accept_signature.empty())
        exchange.set_header("Accept-Signature", answer.accept_signature);
    if (answer.retry_after_s > 0) exchange.set_header("Retry-After", std::to_string(answer.retry_after_s));
    return exchange.empty(answer.status);
}

Result<> actor_inbox(ApContext& context, http::Exchange& exchange) {
    TRY(local_actor(context, exchange));
    return shared_inbox(context, exchange);
}

std::string KeyParking::key(const http::Head& head, http::ListenerTag) {
    if (!is_inbox(head) && !is_for_asker(head)) return {};
    const auto signature = head.joined_header("signature");
    if (signature.empty()) return {};
    return pipeline_.waits_for(head.joined_header("signature-input"), signature, {});
}

void KeyParking::begin(const http::Head& head, std::function<void()> resume) {
    pipeline_.fetch_key(head.joined_header("signature-input"), head.joined_header("signature"),
                        std::move(resume));
}

}  // namespace kith::ap
