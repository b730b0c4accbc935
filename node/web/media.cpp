// Files of this node, by names that nobody can guess, and files of other servers by URLs that this node
// signed. What a browser is given here it runs nothing of, whatever it is.
#include "node/http/exchange.hpp"
#include "node/media/kinds.hpp"
#include "node/web/routes.hpp"

namespace kith::web {

namespace {

void guard(http::Exchange& exchange, std::string_view cache_control) {
    exchange.set_header("X-Content-Type-Options", "nosniff");
    exchange.set_header("Content-Security-Policy", "default-src 'none'; sandbox");
    exchange.set_header("Cache-Control", cache_control);
    exchange.set_header("Access-Control-Allow-Origin", "*");
    exchange.set_header("Cross-Origin-Resource-Policy", "cross-origin");
}

Result<> own_file(blob::BlobStore& store, http::Exchange& exchange) {
    const auto name = std::string(exchange.param("folder")) + "/" + std::string(exchange.param("name"));
    const auto type = media::type_of_name(name);
    if (type.empty() || !blob::is_name(name)) return fail(Code::not_found, "Record not found");
    auto file = TRY(store.open(name));
    guard(exchange, "public, max-age=31536000, immutable");
    return exchange.file(std::move(file), type, "\"" + name + "\"");
}

Result<> remote_file(const Urls& urls, files::Remote& remote, http::Exchange& exchange) {
    const auto url = urls.remote_file(exchange.path());
    if (!url) return fail(Code::not_found, "Record not found");
    auto found = TRY(remote.find(*url));
    guard(exchange, "public, max-age=86400");
    return exchange.file(std::move(found.file), found.media_type, found.etag);
}

}  // namespace

void add_media_routes(http::Router& router, const Urls& urls, blob::BlobStore& store, files::Remote& remote) {
    router.add("GET", "/media/:folder/:name", [&store](http::Exchange& x) { return own_file(store, x); });
    router.add("GET", "/proxy/:signature/:url",  // Urls::remote_files
               [&urls, &remote](http::Exchange& x) { return remote_file(urls, remote, x); });
}

}  // namespace kith::web
