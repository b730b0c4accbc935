#include "federation/vocab/capabilities.hpp"

#include "config/limits/vocab.hpp"
#include "federation/vocab/shapes.hpp"

namespace kith::vocab {
namespace {

constexpr std::string_view rfc9421 = "https://datatracker.ietf.org/doc/html/rfc9421";

// Links, but bare URIs are as clear.
bool names_rfc9421(json::View implements) {
    for (std::size_t i = 0; i < implements.size() && i < limits::vocab_capabilities_max; ++i) {
        const auto each = implements.at(i);
        if ((each.is_string() ? each : each["href"]).string_or("") == rfc9421) return true;
    }
    return false;
}

}  // namespace

bool implements_rfc9421(json::View actor) {
    return names_rfc9421(actor["generator"].at(0)["implements"]) ||
           names_rfc9421(actor["implements"]);
}

void write_generator(json::Writer& w) {
    w.key("generator").object().member("type", "Application");
    w.key("implements").array().object();
    w.member("href", rfc9421).member("name", "RFC-9421: HTTP Message Signatures");
    w.end().end().end();
}

}  // namespace kith::vocab
