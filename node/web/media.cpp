// Pictures of this node, by names that nobody can guess. What a browser is given here it runs nothing of,
// whatever it is.
#include "node/http/exchange.hpp"
#include "node/media/pictures.hpp"
#include "node/web/routes.hpp"

namespace kith::web {

namespace {

Result<> picture(blob::BlobStore& store, http::Exchange& exchange) {
    const auto name = std::string(exchange.param("folder")) + "/" + std::string(exchange.param("name"));
    const auto type = media::type_of_name(name);
    if (type.empty() || !blob::is_name(name)) return fail(Code::not_found, "Record not found");
    auto bytes = TRY(store.get(name));
    exchange.set_header("X-Content-Type-Options", "nosniff");
    exchange.set_header("Content-Security-Policy", "default-src 'none'; sandbox");
    exchange.set_header("Cache-Control", "public, max-age=31536000, immutable");
    exchange.set_header("Access-Control-Allow-Origin", "*");
    exchange.set_header("Cross-Origin-Resource-Policy", "cross-origin");
    return exchange.answer(200, std::move(bytes), type);
}

}  // namespace

void add_media_routes(http::Router& router, blob::BlobStore& store) {
    router.add("GET", "/media/:folder/:name", [&store](http::Exchange& x) { return picture(store, x); });
}

}  // namespace kith::web
