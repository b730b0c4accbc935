#include "node/ap/nodeinfo.hpp"

#include "base/json/writer.hpp"
#include "config/limits/ap.hpp"
#include "config/present_as.hpp"
#include "node/ap/answers.hpp"
#include "node/ap/handlers.hpp"
#include "storage/repo/accounts.hpp"
#include "storage/repo/posts.hpp"

namespace kith::ap {

namespace {

constexpr std::string_view schema = "http://nodeinfo.diaspora.software/ns/schema/";

std::string_view text_of(NodeInfoVersion version) { return version == NodeInfoVersion::v2_0 ? "2.0" : "2.1"; }

Result<Usage> usage_of(ApContext& context) {
    const auto now = context.community.clock.now_ms();
    return context.community.db.read([&](sql::Tx& tx) -> Result<Usage> {
        return Usage{TRY(repo::count_users(tx, {})), TRY(repo::count_users(tx, now - 30 * day_ms)),
                     TRY(repo::count_users(tx, now - 180 * day_ms)), TRY(repo::count_local_posts(tx))};
    });
}

void write_usage(json::Writer& w, const Usage& usage) {
    w.key("usage").object();
    w.key("users").object();
    w.member("total", usage.users).member("activeMonth", usage.active_month).member("activeHalfyear", usage.active_half_year);
    w.end();
    w.member("localPosts", usage.local_posts);
    w.end();
}

}  // namespace

std::string nodeinfo_document(NodeInfoVersion version, std::string_view program_version, const Config& config, const Usage& usage) {
    json::Writer w;
    w.object();
    w.member("version", text_of(version));
    const auto software = presented_software(config, program_version);
    w.key("software").object().member("name", software.name).member("version", software.version).end();
    w.key("protocols").array().value("activitypub").end();
    w.key("services").object();
    w.key("inbound").array().end();
    w.key("outbound").array().end();
    w.end();
    w.member("openRegistrations", config.registration.mode == RegistrationMode::open);
    write_usage(w, usage);
    w.key("metadata").object();
    w.member("nodeName", config.server.title).member_unless_empty("nodeDescription", config.server.description);
    w.end();
    w.end();
    return w.take();
}

std::string nodeinfo_index(std::string_view base_url, std::string_view instance_actor) {
    json::Writer w;
    w.object().key("links").array();
    for (const auto version : {NodeInfoVersion::v2_0, NodeInfoVersion::v2_1}) {
        const std::string number(text_of(version));
        w.object().member("rel", std::string(schema) + number).member("href", std::string(base_url) + "/nodeinfo/" + number).end();
    }
    w.object().member("rel", "https://www.w3.org/ns/activitystreams#Application").member("href", instance_actor).end();
    w.end().end();
    return w.take();
}

Result<> nodeinfo_links(ApContext& context, http::Exchange& exchange) {
    allow_any_origin(exchange);
    allow_caching(exchange);
    const auto& urls = context.community.urls;
    return exchange.json(200, nodeinfo_index(urls.base(), urls.instance_actor()));
}

Result<> nodeinfo(ApContext& context, http::Exchange& exchange) {
    allow_any_origin(exchange);
    const auto version = exchange.path().starts_with("/nodeinfo/2.0") ? NodeInfoVersion::v2_0 : NodeInfoVersion::v2_1;
    const auto type = "application/json; profile=\"" + std::string(schema) + std::string(text_of(version)) + "#\"; charset=utf-8";
    exchange.set_header("Cache-Control", "public, max-age=" + std::to_string(limits::document_max_age_s));
    return exchange.answer(200, nodeinfo_document(version, context.version, context.community.config, TRY(usage_of(context))), type);
}

}  // namespace kith::ap
