#include "node/ap/asker.hpp"

#include "base/text/url.hpp"
#include "federation/signature/cavage.hpp"
#include "node/ap/wire.hpp"

namespace kith::ap {

namespace {

Result<keys::Sender> verified(keys::KeyCache& cache, const signature::RequestView& request,
                              const signature::CavageSignature& signature) {
    auto sender = TRY(cache.find(signature.key_id, keys::Refresh::no));
    if (signature::verify(request, signature, sender.key)) return sender;
    // The key may have been changed since it was fetched.
    sender = TRY(cache.find(signature.key_id, keys::Refresh::yes));
    TRY(signature::verify(request, signature, sender.key));
    return sender;
}

}  // namespace

Result<Asker> asker_of(ApContext& context, const http::Exchange& exchange) {
    const WireHead wire(exchange.head());
    const auto& request = wire.view();
    const auto field = signature::header_value(request, "signature");
    if (!field || signature::header_value(request, "signature-input")) return Asker{};
    const auto parsed = TRY(signature::parse_signature_header(*field));
    TRY(signature::check_cavage_coverage(request, parsed, context.community.urls.host(), context.community.clock.now_ms()));
    if (const auto key = Url::parse(parsed.key_id); key && TRY(context.blocks.suspended(key->host_port())))
        return fail(Code::forbidden, "This server does not talk to yours", key->host_port());
    return Asker{TRY(verified(context.keys, request, parsed))};
}

}  // namespace kith::ap
