#include "node/community/sign_up_blocks.hpp"

#include "base/crypto/digest.hpp"
#include "base/crypto/encoding.hpp"
#include "base/text/host.hpp"
#include "base/text/strings.hpp"
#include "base/text/utf8.hpp"
#include "config/limits/sign_up.hpp"
#include "node/community/page_window.hpp"
#include "storage/repo/sign_up_blocks.hpp"

#include <algorithm>

namespace kith::community {

using model::CanonicalEmailBlock;
using model::EmailDomainBlock;
using model::IpBlock;
using model::IpSeverity;
using sql::Tx;

namespace {

Failure invalid(std::string what) { return fail(Code::unprocessable, "Validation failed: " + std::move(what)); }

template <class T>
Result<T> found(Result<std::optional<T>> maybe) {
    auto it = TRY(std::move(maybe));
    if (!it) return fail(Code::not_found, "Record not found");
    return std::move(*it);
}

Result<> expect(Result<bool> done) {
    if (!TRY(std::move(done))) return fail(Code::not_found, "Record not found");
    return {};
}

template <class T>
Page<T> page_from(std::vector<T> rows, const PageRequest& request) {
    Page<T> page;
    if (!rows.empty()) set_cursors(page, rows.front().id, rows.back().id, rows.size(), request);
    page.items = std::move(rows);
    return page;
}

Result<> apply(IpBlock& block, const IpBlockChange& change, TimeMs now) {
    if (change.network) {
        const auto network = parse_network(*change.network);
        if (!network) return invalid("IP is not an address or a network");
        block.network = network->text();
    }
    if (change.comment) block.comment = *change.comment;
    if (change.severity) block.severity = *change.severity;
    if (change.expires_in_s) {
        block.expires_at.reset();
        if (*change.expires_in_s > 0)
            block.expires_at = now + std::min(*change.expires_in_s, limits::ip_block_seconds_max) * 1000;
    }
    if (block.network.empty()) return invalid("IP can't be blank");
    if (utf8::length(block.comment) > limits::ip_block_comment_characters_max) return invalid("Comment is too long");
    return {};
}

// The block of the address's domain, or of one above it.
Result<std::optional<EmailDomainBlock>> block_of_domain(Tx& tx, std::string_view domain) {
    while (!domain.empty()) {
        if (auto block = TRY(repo::email_domain_block_of(tx, domain))) return block;
        const auto dot = domain.find('.');
        domain = dot == domain.npos ? std::string_view{} : domain.substr(dot + 1);
    }
    return std::optional<EmailDomainBlock>{};
}

}  // namespace

Result<EmailDomainBlock> block_email_domain(Context& context, std::string_view domain, bool with_approval) {
    const auto host = normalize_host(domain);
    if (!host) return invalid("Domain is not a domain name");
    return context.db.write([&](Tx& tx) -> Result<EmailDomainBlock> {
        const EmailDomainBlock block{context.ids.next(), *host, with_approval, context.clock.now_ms()};
        if (!TRY(repo::add_email_domain_block(tx, block))) return invalid("Domain has already been taken");
        return block;
    });
}

Result<> unblock_email_domain(Context& context, Id id) {
    return context.db.write([=](Tx& tx) { return expect(repo::delete_email_domain_block(tx, id)); });
}

Result<EmailDomainBlock> email_domain_block(Context& context, Id id) {
    return context.db.read([=](Tx& tx) { return found(repo::find_email_domain_block(tx, id)); });
}

Result<Page<EmailDomainBlock>> email_domain_blocks(Context& context, const PageRequest& request) {
    return context.db.read([&](Tx& tx) -> Result<Page<EmailDomainBlock>> {
        return page_from(TRY(repo::email_domain_blocks_page(tx, window_of(request))), request);
    });
}

Result<IpBlock> block_ip(Context& context, const IpBlockChange& change) {
    if (!change.severity) return invalid("Severity can't be blank");
    return context.db.write([&](Tx& tx) -> Result<IpBlock> {
        const auto now = context.clock.now_ms();
        IpBlock block{.id = context.ids.next(), .network = {}, .comment = {}, .created_at = now, .expires_at = {}};
        TRY(apply(block, change, now));
        if (!TRY(repo::add_ip_block(tx, block))) return invalid("IP has already been taken");
        return block;
    });
}

Result<IpBlock> change_ip_block(Context& context, Id id, const IpBlockChange& change) {
    return context.db.write([&](Tx& tx) -> Result<IpBlock> {
        auto block = TRY(found(repo::find_ip_block(tx, id)));
        TRY(apply(block, change, context.clock.now_ms()));
        if (!TRY(repo::update_ip_block(tx, block))) return invalid("IP has already been taken");
        return block;
    });
}

Result<> unblock_ip(Context& context, Id id) {
    return context.db.write([=](Tx& tx) { return expect(repo::delete_ip_block(tx, id)); });
}

Result<IpBlock> ip_block(Context& context, Id id) {
    return context.db.read([=](Tx& tx) { return found(repo::find_ip_block(tx, id)); });
}

Result<Page<IpBlock>> ip_blocks(Context& context, const PageRequest& request) {
    return context.db.read([&](Tx& tx) -> Result<Page<IpBlock>> {
        return page_from(TRY(repo::ip_blocks_page(tx, window_of(request))), request);
    });
}

Result<std::vector<IpBlock>> ip_blocks_now(Context& context) {
    return context.db.read([&](Tx& tx) { return repo::ip_blocks_now(tx, context.clock.now_ms()); });
}

std::string canonical_email_hash(std::string_view email) {
    const auto lower = text::to_lower_ascii(text::trim(email));
    const auto at = lower.rfind('@');
    if (at == lower.npos) return {};
    auto name = lower.substr(0, std::min(lower.find('+'), at));
    std::erase(name, '.');
    return crypto::hex_encode(crypto::sha256(name + lower.substr(at)));
}

Result<CanonicalEmailBlock> block_canonical_email(Context& context, std::string_view hash) {
    constexpr std::size_t hash_characters = 64;
    const auto is_hex = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); };
    if (hash.size() != hash_characters || !std::all_of(hash.begin(), hash.end(), is_hex))
        return invalid("Canonical email hash is not a SHA-256 in hexadecimal");
    return context.db.write([&](Tx& tx) -> Result<CanonicalEmailBlock> {
        const CanonicalEmailBlock block{context.ids.next(), std::string(hash), context.clock.now_ms()};
        if (!TRY(repo::add_canonical_email_block(tx, block))) return invalid("Canonical email hash has already been taken");
        return block;
    });
}

Result<> unblock_canonical_email(Context& context, Id id) {
    return context.db.write([=](Tx& tx) { return expect(repo::delete_canonical_email_block(tx, id)); });
}

Result<CanonicalEmailBlock> canonical_email_block(Context& context, Id id) {
    return context.db.read([=](Tx& tx) { return found(repo::find_canonical_email_block(tx, id)); });
}

Result<std::vector<CanonicalEmailBlock>> canonical_email_blocks_for(Context& context, std::string_view email) {
    return context.db.read([&](Tx& tx) -> Result<std::vector<CanonicalEmailBlock>> {
        const auto block = TRY(repo::canonical_email_block_of(tx, canonical_email_hash(email)));
        return block ? std::vector{*block} : std::vector<CanonicalEmailBlock>{};
    });
}

Result<Page<CanonicalEmailBlock>> canonical_email_blocks(Context& context, const PageRequest& request) {
    return context.db.read([&](Tx& tx) -> Result<Page<CanonicalEmailBlock>> {
        return page_from(TRY(repo::canonical_email_blocks_page(tx, window_of(request))), request);
    });
}

Result<SignUpBlocks> sign_up_blocks(Context& context, const IpAddress& address, std::string_view email) {
    return context.db.read([&](Tx& tx) -> Result<SignUpBlocks> {
        SignUpBlocks out;
        for (const auto& block : TRY(repo::ip_blocks_now(tx, context.clock.now_ms()))) {
            const auto network = parse_network(block.network);
            if (!network || !network->contains(address)) continue;
            if (block.severity == IpSeverity::approval)
                out.needs_approval = true;
            else
                out.refused = true;
        }
        const auto lower = text::to_lower_ascii(email);
        const auto at = lower.rfind('@');
        if (at == lower.npos) return out;
        if (const auto block = TRY(block_of_domain(tx, std::string_view(lower).substr(at + 1)))) {
            out.email_blocked = !block->with_approval;
            out.needs_approval = out.needs_approval || block->with_approval;
        }
        if (TRY(repo::canonical_email_block_of(tx, canonical_email_hash(lower)))) out.email_blocked = true;
        return out;
    });
}

}  // namespace kith::community
