#include "node/ap/answers.hpp"

#include "config/limits/ap.hpp"
#include "federation/vocab/writer.hpp"

namespace kith::ap {

void vary(http::Exchange& exchange) {
    exchange.vary_by("Accept");
    exchange.vary_by("Signature");
    exchange.vary_by("Signature-Input");
}

Result<> answer_activity(http::Exchange& exchange, std::string body, Sharing sharing, int status) {
    vary(exchange);
    exchange.set_header("Cache-Control", sharing == Sharing::everyone
                                             ? "public, max-age=" + std::to_string(limits::document_max_age_s)
                                             : std::string("private, no-store"));
    return exchange.answer(status, std::move(body), activity_type);
}

Result<> answer_tombstone(http::Exchange& exchange, std::string_view id, std::string_view former_type, TimeMs deleted_at) {
    return answer_activity(exchange, vocab::write_tombstone(id, former_type, deleted_at), Sharing::everyone, 410);
}

void allow_any_origin(http::Exchange& exchange) { exchange.set_header("Access-Control-Allow-Origin", "*"); }

void allow_caching(http::Exchange& exchange) {
    exchange.set_header("Cache-Control", "public, max-age=" + std::to_string(limits::discovery_max_age_s));
}

std::string_view type_name(model::ActorKind kind) {
    switch (kind) {
        case model::ActorKind::person: return "Person";
        case model::ActorKind::group: return "Group";
        case model::ActorKind::application: return "Application";
        case model::ActorKind::service: return "Service";
        case model::ActorKind::organization: return "Organization";
    }
    return "Person";
}

Failure not_found() { return fail(Code::not_found, "Record not found"); }

}  // namespace kith::ap
