// Hosts as admins see them (Mastodon: methods/admin/domain_blocks, methods/admin/domain_allows) and as
// the node publishes them (methods/instance, domain_blocks).
#include "base/crypto/digest.hpp"
#include "base/crypto/encoding.hpp"
#include "base/json/writer.hpp"
#include "base/text/host.hpp"
#include "base/text/utf8.hpp"
#include "config/limits/domains.hpp"
#include "node/api/mastodon/paging.hpp"
#include "node/api/mastodon/routes.hpp"
#include "node/community/domain_list.hpp"
#include "node/community/domains.hpp"
#include "node/community/page_window.hpp"
#include "node/http/exchange.hpp"
#include "storage/repo/domains.hpp"

#include <algorithm>

namespace kith::mastodon {

namespace {

using http::Exchange;
using json::Writer;
using model::BlockSeverity;
using model::DomainAllow;
using model::DomainBlock;

constexpr std::string_view read_blocks = "admin:read:domain_blocks";
constexpr std::string_view write_blocks = "admin:write:domain_blocks";
constexpr std::string_view read_allows = "admin:read:domain_allows";
constexpr std::string_view write_allows = "admin:write:domain_allows";
constexpr PageSize domains_per_page{limits::domain_blocks_page, limits::domain_blocks_page_max};

// Whom the node speaks with is for its admins to say, as in Mastodon's roles.
Result<> require_admin(const ApiContext& api, Exchange& exchange, std::string_view scope) {
    if (TRY(acting_role(api, exchange, {scope})) == model::UserRole::admin) return {};
    return fail(Code::forbidden, "This action is not allowed");
}

Failure invalid(std::string_view what) {
    return fail(Code::unprocessable, "Validation failed: " + std::string(what));
}

void write_admin_block(Writer& w, const DomainBlock& b) {
    w.object().member("id", std::to_string(b.id)).member("domain", b.host);
    w.member("digest", crypto::hex_encode(crypto::sha256(b.host)));
    w.member("created_at", format_iso8601(b.created_at));
    w.member("severity", community::to_string(b.severity));
    w.member("reject_media", b.reject_media).member("reject_reports", b.reject_reports);
    w.member("private_comment", b.note).member("public_comment", b.reason);
    w.member("obfuscate", b.obfuscate).end();
}

void write_allow(Writer& w, const DomainAllow& a) {
    w.object().member("id", std::to_string(a.id)).member("domain", a.host);
    w.member("created_at", format_iso8601(a.created_at)).end();
}

Result<> answer(Exchange& exchange, const DomainBlock& block) {
    Writer w;
    write_admin_block(w, block);
    return exchange.json(200, w.take());
}

// All there is, newest first, cut to the page that is asked for.
template <class Item>
Result<community::Page<Item>> page_of(Exchange& exchange, std::vector<Item> all) {
    const auto request = TRY(page_request(exchange, domains_per_page));
    const auto window = community::window_of(request);
    std::erase_if(all, [&](const Item& i) { return i.id >= window.below || i.id <= window.above; });
    std::sort(all.begin(), all.end(), [](const Item& a, const Item& b) { return a.id > b.id; });
    const auto most = std::size_t(window.limit);
    if (all.size() > most)
        window.ascending ? all.erase(all.begin(), all.end() - std::ptrdiff_t(most))
                         : all.erase(all.begin() + std::ptrdiff_t(most), all.end());
    community::Page<Item> page;
    if (!all.empty())
        community::set_cursors(page, all.front().id, all.back().id, all.size(), request);
    page.items = std::move(all);
    return page;
}

template <class Item>
Result<> answer_page(const ApiContext& api, Exchange& exchange, std::vector<Item> all,
                     void (*write)(Writer&, const Item&)) {
    const auto page = TRY(page_of(exchange, std::move(all)));
    set_link(exchange, api.community.urls, page);
    Writer w;
    w.array();
    for (const auto& item : page.items) write(w, item);
    w.end();
    return exchange.json(200, w.take());
}

Result<DomainBlock> block_asked(const ApiContext& api, Exchange& exchange) {
    const auto id = TRY(exchange.id_param());
    auto found = TRY(api.community.db.read(
        [id](sql::Tx& tx) { return repo::find_domain_block_by_id(tx, id); }));
    if (!found) return fail(Code::not_found, "Record not found");
    return std::move(*found);
}

Result<std::string> host_asked(const http::Params& params) {
    const auto text = params.get_or("domain", "");
    if (text.empty()) return invalid("Domain can't be blank");
    auto host = normalize_host(text);
    if (!host) return invalid("Domain is not a valid domain name");
    return std::move(*host);
}

// What a request changes in a block; what it does not name stays.
Result<> change(DomainBlock& block, const http::Params& params) {
    const auto severity = params.get_or("severity", "");
    if (severity == "suspend")
        block.severity = BlockSeverity::suspend;
    else if (severity == "silence")
        block.severity = BlockSeverity::silence;
    else if (severity == "noop")
        block.severity = BlockSeverity::none;
    else if (!severity.empty())
        return invalid("Severity is not included in the list");
    block.reject_media = params.flag("reject_media").value_or(block.reject_media);
    block.reject_reports = params.flag("reject_reports").value_or(block.reject_reports);
    block.obfuscate = params.flag("obfuscate").value_or(block.obfuscate);
    block.note = params.get("private_comment").value_or(block.note);
    block.reason = params.get("public_comment").value_or(block.reason);
    for (const auto* comment : {&block.note, &block.reason})
        if (utf8::length(*comment) > limits::domain_comment_characters_max)
            return invalid("Comment is too long (maximum is " +
                           std::to_string(limits::domain_comment_characters_max) + " characters)");
    return {};
}

Result<> list_blocks(const ApiContext& api, Exchange& exchange) {
    TRY(require_admin(api, exchange, read_blocks));
    return answer_page(api, exchange, TRY(api.community.db.read(repo::domain_blocks)), write_admin_block);
}

Result<> show_block(const ApiContext& api, Exchange& exchange) {
    TRY(require_admin(api, exchange, read_blocks));
    return answer(exchange, TRY(block_asked(api, exchange)));
}

// As in Mastodon a host that is blocked already is no place for a second word.
Result<> create_block(const ApiContext& api, Exchange& exchange) {
    TRY(require_admin(api, exchange, write_blocks));
    const auto& params = *TRY(exchange.params());
    const auto host = TRY(host_asked(params));
    const auto known = TRY(api.community.db.read(
        [&](sql::Tx& tx) { return repo::find_domain_block(tx, host); }));
    if (known) {
        Writer w;
        w.object().member("error", "Validation failed: You have already imposed stricter limits on " + host);
        w.key("existing_domain_block");
        write_admin_block(w, *known);
        w.end();
        return exchange.json(422, w.take());
    }
    DomainBlock block{.host = host, .severity = BlockSeverity::silence, .reason = "", .note = ""};
    TRY(change(block, params));
    return answer(exchange, TRY(community::block_domain(api.community, std::move(block))));
}

Result<> update_block(const ApiContext& api, Exchange& exchange) {
    TRY(require_admin(api, exchange, write_blocks));
    auto block = TRY(block_asked(api, exchange));
    TRY(change(block, *TRY(exchange.params())));
    return answer(exchange, TRY(community::block_domain(api.community, std::move(block))));
}

Result<> delete_block(const ApiContext& api, Exchange& exchange) {
    TRY(require_admin(api, exchange, write_blocks));
    TRY(community::unblock_domain(api.community, TRY(block_asked(api, exchange)).host));
    return exchange.json(200, "{}");
}

Result<DomainAllow> allow_asked(const ApiContext& api, Exchange& exchange) {
    const auto id = TRY(exchange.id_param());
    for (auto& allow : TRY(api.community.db.read(repo::domain_allows)))
        if (allow.id == id) return std::move(allow);
    return fail(Code::not_found, "Record not found");
}

Result<> answer(Exchange& exchange, const DomainAllow& allow) {
    Writer w;
    write_allow(w, allow);
    return exchange.json(200, w.take());
}

Result<> list_allows(const ApiContext& api, Exchange& exchange) {
    TRY(require_admin(api, exchange, read_allows));
    return answer_page(api, exchange, TRY(api.community.db.read(repo::domain_allows)), write_allow);
}

Result<> show_allow(const ApiContext& api, Exchange& exchange) {
    TRY(require_admin(api, exchange, read_allows));
    return answer(exchange, TRY(allow_asked(api, exchange)));
}

// A host that is allowed already is answered as it is.
Result<> create_allow(const ApiContext& api, Exchange& exchange) {
    TRY(require_admin(api, exchange, write_allows));
    const auto host = TRY(host_asked(*TRY(exchange.params())));
    for (const auto& allow : TRY(api.community.db.read(repo::domain_allows)))
        if (allow.host == host) return answer(exchange, allow);
    return answer(exchange, TRY(community::allow_domain(api.community, host)));
}

Result<> delete_allow(const ApiContext& api, Exchange& exchange) {
    TRY(require_admin(api, exchange, write_allows));
    TRY(community::disallow_domain(api.community, TRY(allow_asked(api, exchange)).host));
    return exchange.json(200, "{}");
}

// Nothing is said about hosts that are neither hidden nor refused.
Result<> published_blocks(const ApiContext& api, Exchange& exchange) {
    const auto shown = api.community.config.federation.blocks_shown;
    if (shown == BlocksShown::nobody) return fail(Code::not_found, "Record not found");
    if (shown == BlocksShown::members) TRY(acting_account(api, exchange, {"read"}));
    Writer w;
    w.array();
    for (const auto& block : TRY(api.community.db.read(repo::domain_blocks))) {
        if (block.severity == BlockSeverity::none) continue;
        w.object().member("domain", community::published_name(block));
        w.member("digest", crypto::hex_encode(crypto::sha256(block.host)));
        w.member("severity", community::to_string(block.severity)).member("comment", block.reason).end();
    }
    w.end();
    return exchange.json(200, w.take());
}

}  // namespace

void add_domain_routes(http::Router& router, const ApiContext& api) {
    add_endpoints(router, api,
                  {{"GET", "/api/v1/admin/domain_blocks", list_blocks},
                   {"POST", "/api/v1/admin/domain_blocks", create_block},
                   {"GET", "/api/v1/admin/domain_blocks/:id", show_block},
                   {"PUT", "/api/v1/admin/domain_blocks/:id", update_block},
                   {"PATCH", "/api/v1/admin/domain_blocks/:id", update_block},
                   {"DELETE", "/api/v1/admin/domain_blocks/:id", delete_block},
                   {"GET", "/api/v1/admin/domain_allows", list_allows},
                   {"POST", "/api/v1/admin/domain_allows", create_allow},
                   {"GET", "/api/v1/admin/domain_allows/:id", show_allow},
                   {"DELETE", "/api/v1/admin/domain_allows/:id", delete_allow},
                   {"GET", "/api/v1/instance/domain_blocks", published_blocks}});
}

}  // namespace kith::mastodon
