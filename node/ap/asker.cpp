#include "node/ap/asker.hpp"

#include "base/text/url.hpp"
#include "federation/signature/request_signature.hpp"
#include "node/ap/wire.hpp"

namespace kith::ap {

namespace {

Result<keys::Sender> verified(keys::KeyCache& cache, const signature::RequestView& request,
                              const signature::RequestSignature& signature,
                              const signature::Origin& own) {
    const auto& key_id = signature::key_id_of(signature);
    auto sender = TRY(cache.find(key_id, keys::Refresh::no));
    if (signature::verify(request, signature, own, sender.key)) return sender;
    // The key may have been changed since it was fetched.
    sender = TRY(cache.find(key_id, keys::Refresh::yes));
    TRY(signature::verify(request, signature, own, sender.key));
    return sender;
}

Result<Asker> signer_of(ApContext& context, const signature::RequestView& request) {
    const auto parsed = TRY(signature::read_signature(request));
    const auto own = signature::origin_of(context.community.urls.base());
    TRY(signature::check_coverage(request, parsed, own, context.community.clock.now_ms()));
    const auto key = Url::parse(signature::key_id_of(parsed));
    if (key && TRY(context.blocks.suspended(key->host_port())))
        return fail(Code::forbidden, "This server does not talk to yours", key->host_port());
    return Asker{TRY(verified(context.keys, request, parsed, own))};
}

}  // namespace

Result<Asker> asker_of(ApContext& context, http::Exchange& exchange) {
    const WireHead wire(exchange.head());
    const bool is_signed = signature::header_value(wire.view(), "signature").has_value();
    if (!is_signed && !context.community.config.federation.asks_who_reads()) return Asker{};
    auto asker = is_signed ? signer_of(context, wire.view())
                           : Result<Asker>(fail(Code::unauthorized, "This server answers only signed "
                                                                    "requests"));
    if (!asker && asker.error().code == Code::unauthorized)
        exchange.set_header("Accept-Signature",
                            signature::accept_signature_field(signature::Body::none));
    return asker;
}

}  // namespace kith::ap
