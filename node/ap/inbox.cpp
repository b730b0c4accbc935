#include "node/ap/handlers.hpp"
#include "node/ap/local_actors.hpp"
#include "node/ap/wire.hpp"

namespace kith::ap {

namespace {

bool is_inbox(const http::Head& head) { return head.method == "POST" && head.path.ends_with("/inbox"); }

bool is_actor(std::string_view path) {
    return (path.starts_with("/u/") || path.starts_with("/c/") || path.starts_with("/m/")) && path.find('/', 3) == path.npos;
}

// Documents whose answer depends on who asks; of actors' only with authorized fetch.
bool is_for_asker(const http::Head& head) {
    return is_actor(head.path) || head.path.starts_with("/post/") || head.path.starts_with("/activity/") || head.path.ends_with("/outbox") ||
           head.path.ends_with("/featured") || head.path.ends_with("/followers") || head.path.ends_with("/followers_synchronization") ||
           head.path.starts_with("/collections/") || head.path.find("/moving/") != head.path.npos;
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
