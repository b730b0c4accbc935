#include "node/ap/webfinger.hpp"

#include "base/json/writer.hpp"
#include "base/text/fold.hpp"
#include "base/text/host.hpp"
#include "base/text/strings.hpp"
#include "base/text/url.hpp"
#include "node/ap/answers.hpp"
#include "node/ap/handlers.hpp"
#include "node/community/accounts.hpp"
#include "node/community/group_settings.hpp"
#include "storage/repo/actors.hpp"

#include <array>

namespace kith::ap {

namespace {

constexpr std::string_view jrd_type = "application/jrd+json; charset=utf-8";
constexpr std::string_view xrd_type = "application/xrd+xml; charset=utf-8";

bool is_here(std::string_view host, const Config& config) {
    const auto normal = normalize_host(host);
    return normal && (*normal == config.server.host || *normal == config.server.account_domain);
}

std::optional<Resource> read_account(std::string_view account, const Config& config) {
    const auto at = account.rfind('@');   // the last one: the instance actor's name is a host
    if (at == account.npos || !is_here(account.substr(at + 1), config)) return std::nullopt;
    const auto name = account.substr(0, at);
    if (name.empty()) return std::nullopt;
    if (is_here(name, config)) return Resource{.instance = true};
    return Resource{.name = std::string(name)};
}

std::optional<Resource> read_own_url(std::string_view path) {
    if (path.empty() || path == "/" || path == "/actor") return Resource{.instance = true};
    for (const auto prefix : std::to_array<std::string_view>({"/u/", "/c/", "/m/", "/@"})) {
        if (!path.starts_with(prefix)) continue;
        const auto name = path.substr(prefix.size());
        if (name.empty() || name.find('/') != name.npos) return std::nullopt;
        return Resource{.name = std::string(name)};
    }
    return std::nullopt;
}

Result<model::Actor> find(ApContext& context, const Resource& resource) {
    if (resource.instance) return community::instance_actor(context.community);
    auto actor = TRY(context.community.db.read([&](sql::Tx& tx) {
        return repo::find_actor_by_name(tx, text::fold(resource.name), "");
    }));
    if (!actor || actor->suspended_at) return not_found();
    if (actor->is_group() && !TRY(context.community.db.read([&](sql::Tx& tx) { return community::may_know_group(tx, {}, actor->id); })))
        return not_found();
    if (actor->deleted_at) return fail(Code::gone, "This account was deleted");
    return std::move(*actor);
}

}  // namespace

std::optional<Resource> read_resource(std::string_view resource, const Urls& urls, const Config& config) {
    if (text::starts_with_i(resource, "acct:")) {
        resource.remove_prefix(5);
        if (resource.starts_with('@')) resource.remove_prefix(1);
        return read_account(resource, config);
    }
    if (const auto url = Url::parse(resource)) {
        if (!urls.is_ours(url->str()) || !url->query().empty()) return std::nullopt;
        return read_own_url(url->path());
    }
    return read_account(resource, config);   // some leave the scheme out
}

std::string descriptor_of(const model::Actor& actor, const Config& config) {
    json::Writer w;
    w.object().member("subject", "acct:" + actor.username + "@" + config.server.account_domain);
    w.key("aliases").array().value(actor.ap_id);
    if (actor.url != actor.ap_id) w.value(actor.url);
    w.end();
    w.key("links").array();
    w.object().member("rel", "self").member("type", "application/activity+json").member("href", actor.ap_id).end();
    if (actor.kind != model::ActorKind::application)
        w.object().member("rel", "http://webfinger.net/rel/profile-page").member("type", "text/html").member("href", actor.url).end();
    w.end().end();
    return w.take();
}

std::string host_meta_document(std::string_view base_url) {
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
           "<XRD xmlns=\"http://docs.oasis-open.org/ns/xri/xrd-1.0\">\n"
           "  <Link rel=\"lrdd\" type=\"application/jrd+json\" template=\"" +
           std::string(base_url) + "/.well-known/webfinger?resource={uri}\"/>\n</XRD>\n";
}

Result<> webfinger(ApContext& context, http::Exchange& exchange) {
    allow_any_origin(exchange);
    const auto asked = TRY(exchange.params())->get_or("resource", {});
    if (asked.empty()) return fail(Code::invalid, "The parameter resource is missing");
    const auto resource = read_resource(asked, context.community.urls, context.community.config);
    if (!resource) return not_found();
    const auto actor = TRY(find(context, *resource));
    allow_caching(exchange);
    return exchange.answer(200, descriptor_of(actor, context.community.config), jrd_type);
}

Result<> host_meta(ApContext& context, http::Exchange& exchange) {
    allow_any_origin(exchange);
    allow_caching(exchange);
    return exchange.answer(200, host_meta_document(context.community.urls.base()), xrd_type);
}

}  // namespace kith::ap
