// Who may not sign up (Mastodon: methods/admin/email_domain_blocks, ip_blocks, canonical_email_blocks;
// entities/Admin_EmailDomainBlock, Admin_IpBlock, Admin_CanonicalEmailBlock).
#include "base/json/writer.hpp"
#include "config/limits/sign_up.hpp"
#include "node/api/mastodon/paging.hpp"
#include "node/api/mastodon/routes.hpp"
#include "node/community/sign_up_blocks.hpp"
#include "node/http/exchange.hpp"

#include <array>

namespace kith::mastodon {

namespace {

using http::Exchange;
using json::Writer;
using model::CanonicalEmailBlock;
using model::EmailDomainBlock;
using model::IpBlock;
using model::IpSeverity;

constexpr PageSize blocks_per_page{limits::admin_blocks_page, limits::admin_blocks_page_max};

// Who comes in is for admins to say.
Result<> require_admin(const ApiContext& api, Exchange& exchange, std::string_view scope) {
    if (TRY(acting_role(api, exchange, {scope})) == model::UserRole::admin) return {};
    return fail(Code::forbidden, "This action is not allowed");
}

template <class T>
Result<> answer(Exchange& exchange, const T& value, void (*write)(Writer&, const T&)) {
    Writer w;
    write(w, value);
    return exchange.json(200, w.take());
}

template <class T>
Result<> answer(const ApiContext& api, Exchange& exchange, const community::Page<T>& page,
                void (*write)(Writer&, const T&)) {
    set_link(exchange, api.community.urls, page);
    Writer w;
    w.array();
    for (const auto& value : page.items) write(w, value);
    w.end();
    return exchange.json(200, w.take());
}

// ---- domains of addresses

constexpr std::string_view read_domains = "admin:read:email_domain_blocks";
constexpr std::string_view write_domains = "admin:write:email_domain_blocks";

void write_domain(Writer& w, const EmailDomainBlock& b) {
    w.object().member("id", std::to_string(b.id)).member("domain", b.domain);
    w.member("created_at", format_iso8601(b.created_at)).member("allow_with_approval", b.with_approval);
    w.key("history").array().end().end();
}

Result<> domains(const ApiContext& api, Exchange& exchange) {
    TRY(require_admin(api, exchange, read_domains));
    return answer(api, exchange,
                  TRY(community::email_domain_blocks(api.community, TRY(page_request(exchange, blocks_per_page)))),
                  write_domain);
}

Result<> domain(const ApiContext& api, Exchange& exchange) {
    TRY(require_admin(api, exchange, read_domains));
    return answer(exchange, TRY(community::email_domain_block(api.community, TRY(exchange.id_param()))), write_domain);
}

Result<> block_domain(const ApiContext& api, Exchange& exchange) {
    TRY(require_admin(api, exchange, write_domains));
    const auto& params = *TRY(exchange.params());
    return answer(exchange,
                  TRY(community::block_email_domain(api.community, params.get_or("domain", ""),
                                                    params.flag_or("allow_with_approval", false))),
                  write_domain);
}

Result<> unblock_domain(const ApiContext& api, Exchange& exchange) {
    TRY(require_admin(api, exchange, write_domains));
    TRY(community::unblock_email_domain(api.community, TRY(exchange.id_param())));
    return exchange.json(200, "{}");
}

// ---- networks

constexpr std::string_view read_ips = "admin:read:ip_blocks";
constexpr std::string_view write_ips = "admin:write:ip_blocks";
constexpr std::array<std::pair<IpSeverity, std::string_view>, 3> severities{
    {{IpSeverity::approval, "sign_up_requires_approval"},
     {IpSeverity::no_sign_up, "sign_up_block"},
     {IpSeverity::no_access, "no_access"}}};

void write_ip(Writer& w, const IpBlock& b) {
    w.object().member("id", std::to_string(b.id)).member("ip", b.network);
    for (const auto& [severity, name] : severities)
        if (severity == b.severity) w.member("severity", name);
    w.member("comment", b.comment).member("created_at", format_iso8601(b.created_at)).key("expires_at");
    if (b.expires_at)
        w.value(format_iso8601(*b.expires_at));
    else
        w.null();
    w.end();
}

Result<community::IpBlockChange> change_asked(Exchange& exchange) {
    const auto& params = *TRY(exchange.params());
    community::IpBlockChange change;
    if (const auto ip = params.get("ip")) change.network = std::string(*ip);
    if (const auto comment = params.get("comment")) change.comment = std::string(*comment);
    if (const auto severity = params.get("severity")) {
        for (const auto& [value, name] : severities)
            if (name == *severity) change.severity = value;
        if (!change.severity)
            return fail(Code::unprocessable, "Validation failed: Severity is not included in the list");
    }
    if (const auto text = params.get("expires_in")) {
        change.expires_in_s = text->empty() ? 0 : params.integer("expires_in");
        if (!change.expires_in_s || *change.expires_in_s < 0)
            return fail(Code::unprocessable, "Validation failed: Expires in is not a number of seconds");
    }
    return change;
}

Result<> ips(const ApiContext& api, Exchange& exchange) {
    TRY(require_admin(api, exchange, read_ips));
    return answer(api, exchange, TRY(community::ip_blocks(api.community, TRY(page_request(exchange, blocks_per_page)))),
                  write_ip);
}

Result<> ip(const ApiContext& api, Exchange& exchange) {
    TRY(require_admin(api, exchange, read_ips));
    return answer(exchange, TRY(community::ip_block(api.community, TRY(exchange.id_param()))), write_ip);
}

Result<> block_ip(const ApiContext& api, Exchange& exchange) {
    TRY(require_admin(api, exchange, write_ips));
    return answer(exchange, TRY(community::block_ip(api.community, TRY(change_asked(exchange)))), write_ip);
}

Result<> change_ip(const ApiContext& api, Exchange& exchange) {
    TRY(require_admin(api, exchange, write_ips));
    return answer(exchange,
                  TRY(community::change_ip_block(api.community, TRY(exchange.id_param()), TRY(change_asked(exchange)))),
                  write_ip);
}

Result<> unblock_ip(const ApiContext& api, Exchange& exchange) {
    TRY(require_admin(api, exchange, write_ips));
    TRY(community::unblock_ip(api.community, TRY(exchange.id_param())));
    return exchange.json(200, "{}");
}

// ---- mailboxes

constexpr std::string_view read_mailboxes = "admin:read:canonical_email_blocks";
constexpr std::string_view write_mailboxes = "admin:write:canonical_email_blocks";

void write_mailbox(Writer& w, const CanonicalEmailBlock& b) {
    w.object().member("id", std::to_string(b.id)).member("canonical_email_hash", b.hash).end();
}

Result<> mailboxes(const ApiContext& api, Exchange& exchange) {
    TRY(require_admin(api, exchange, read_mailboxes));
    return answer(api, exchange,
                  TRY(community::canonical_email_blocks(api.community, TRY(page_request(exchange, blocks_per_page)))),
                  write_mailbox);
}

Result<> mailbox(const ApiContext& api, Exchange& exchange) {
    TRY(require_admin(api, exchange, read_mailboxes));
    return answer(exchange, TRY(community::canonical_email_block(api.community, TRY(exchange.id_param()))),
                  write_mailbox);
}

Result<> block_mailbox(const ApiContext& api, Exchange& exchange) {
    TRY(require_admin(api, exchange, write_mailboxes));
    const auto& params = *TRY(exchange.params());
    auto hash = std::string(params.get_or("canonical_email_hash", ""));
    if (const auto email = params.get_or("email", ""); !email.empty()) hash = community::canonical_email_hash(email);
    return answer(exchange, TRY(community::block_canonical_email(api.community, hash)), write_mailbox);
}

Result<> test_mailbox(const ApiContext& api, Exchange& exchange) {
    TRY(require_admin(api, exchange, read_mailboxes));
    const auto email = TRY(exchange.params())->get_or("email", "");
    if (email.empty()) return fail(Code::invalid, "param is missing or the value is empty: email");
    community::Page<CanonicalEmailBlock> found;
    found.items = TRY(community::canonical_email_blocks_for(api.community, email));
    return answer(api, exchange, found, write_mailbox);
}

Result<> unblock_mailbox(const ApiContext& api, Exchange& exchange) {
    TRY(require_admin(api, exchange, write_mailboxes));
    TRY(community::unblock_canonical_email(api.community, TRY(exchange.id_param())));
    return exchange.json(200, "{}");
}

}  // namespace

void add_sign_up_block_routes(http::Router& router, const ApiContext& api) {
    add_endpoints(router, api,
                  {{"GET", "/api/v1/admin/email_domain_blocks", domains},
                   {"POST", "/api/v1/admin/email_domain_blocks", block_domain},
                   {"GET", "/api/v1/admin/email_domain_blocks/:id", domain},
                   {"DELETE", "/api/v1/admin/email_domain_blocks/:id", unblock_domain},
                   {"GET", "/api/v1/admin/ip_blocks", ips},
                   {"POST", "/api/v1/admin/ip_blocks", block_ip},
                   {"GET", "/api/v1/admin/ip_blocks/:id", ip},
                   {"PUT", "/api/v1/admin/ip_blocks/:id", change_ip},
                   {"PATCH", "/api/v1/admin/ip_blocks/:id", change_ip},
                   {"DELETE", "/api/v1/admin/ip_blocks/:id", unblock_ip},
                   {"GET", "/api/v1/admin/canonical_email_blocks", mailboxes},
                   {"POST", "/api/v1/admin/canonical_email_blocks", block_mailbox},
                   {"POST", "/api/v1/admin/canonical_email_blocks/test", test_mailbox},
                   {"GET", "/api/v1/admin/canonical_email_blocks/:id", mailbox},
                   {"DELETE", "/api/v1/admin/canonical_email_blocks/:id", unblock_mailbox}});
}

}  // namespace kith::mastodon
