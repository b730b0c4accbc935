#include "storage/repo/sign_up_blocks.hpp"

#include "storage/repo/rows.hpp"
#include "storage/repo/window.hpp"

#include <algorithm>

namespace kith::repo {

using model::CanonicalEmailBlock;
using model::EmailDomainBlock;
using model::IpBlock;
using sql::Tx;

namespace {

const std::string domain_select = "SELECT id, domain, with_approval, created_at FROM email_domain_block WHERE TRUE";
const std::string ip_select = "SELECT id, network, severity, comment, created_at, expires_at FROM ip_block WHERE TRUE";
const std::string mailbox_select = "SELECT id, hash, created_at FROM canonical_email_block WHERE TRUE";

EmailDomainBlock domain_from(const sql::Rows::Row& row) {
    return {row.integer(0), row.str(1), row.boolean(2), row.integer(3)};
}
IpBlock ip_from(const sql::Rows::Row& row) {
    return {row.integer(0), row.str(1), model::IpSeverity(row.integer(2)), row.str(3), row.integer(4),
            row.maybe_integer(5)};
}
CanonicalEmailBlock mailbox_from(const sql::Rows::Row& row) { return {row.integer(0), row.str(1), row.integer(2)}; }

template <class T>
Result<std::vector<T>> page(Tx& tx, const PageText& text, const Window& w, T (*from)(const sql::Rows::Row&)) {
    auto out = TRY(all(page_rows(tx, text, w, {}), from));
    if (w.ascending) std::reverse(out.begin(), out.end());
    return out;
}

}  // namespace

Result<bool> add_email_domain_block(Tx& tx, const EmailDomainBlock& b) {
    return TRY(tx.execute("INSERT INTO email_domain_block (id, domain, with_approval, created_at) VALUES ($1, $2, $3, "
                          "$4) ON CONFLICT (domain) DO NOTHING",
                          {b.id, b.domain, b.with_approval, b.created_at})) == 1;
}

Result<bool> delete_email_domain_block(Tx& tx, Id id) {
    return TRY(tx.execute("DELETE FROM email_domain_block WHERE id = $1", {id})) == 1;
}

Result<std::optional<EmailDomainBlock>> find_email_domain_block(Tx& tx, Id id) {
    static const auto text = domain_select + " AND id = $1";
    return one(tx.query(text, {id}), domain_from);
}

Result<std::optional<EmailDomainBlock>> email_domain_block_of(Tx& tx, std::string_view domain) {
    static const auto text = domain_select + " AND domain = $1";
    return one(tx.query(text, {domain}), domain_from);
}

Result<std::vector<EmailDomainBlock>> email_domain_blocks_page(Tx& tx, const Window& w) {
    static const PageText text(domain_select, "id");
    return page(tx, text, w, domain_from);
}

Result<bool> add_ip_block(Tx& tx, const IpBlock& b) {
    return TRY(tx.execute("INSERT INTO ip_block (id, network, severity, comment, created_at, expires_at) VALUES ($1, "
                          "$2, $3, $4, $5, $6) ON CONFLICT (network) DO NOTHING",
                          {b.id, b.network, int(b.severity), b.comment, b.created_at, b.expires_at})) == 1;
}

Result<bool> update_ip_block(Tx& tx, const IpBlock& b) {
    return TRY(tx.execute("UPDATE ip_block SET network = $2, severity = $3, comment = $4, expires_at = $5 WHERE id = $1 "
                          "AND NOT EXISTS (SELECT 1 FROM ip_block o WHERE o.network = $2 AND o.id <> $1)",
                          {b.id, b.network, int(b.severity), b.comment, b.expires_at})) == 1;
}

Result<bool> delete_ip_block(Tx& tx, Id id) {
    return TRY(tx.execute("DELETE FROM ip_block WHERE id = $1", {id})) == 1;
}

Result<std::optional<IpBlock>> find_ip_block(Tx& tx, Id id) {
    static const auto text = ip_select + " AND id = $1";
    return one(tx.query(text, {id}), ip_from);
}

Result<std::vector<IpBlock>> ip_blocks_page(Tx& tx, const Window& w) {
    static const PageText text(ip_select, "id");
    return page(tx, text, w, ip_from);
}

Result<std::vector<IpBlock>> ip_blocks_now(Tx& tx, TimeMs now) {
    static const auto text = ip_select + " AND (expires_at IS NULL OR expires_at > $1) ORDER BY id";
    return all(tx.query(text, {now}), ip_from);
}

Result<bool> add_canonical_email_block(Tx& tx, const CanonicalEmailBlock& b) {
    return TRY(tx.execute("INSERT INTO canonical_email_block (id, hash, created_at) VALUES ($1, $2, $3) ON CONFLICT "
                          "(hash) DO NOTHING",
                          {b.id, b.hash, b.created_at})) == 1;
}

Result<bool> delete_canonical_email_block(Tx& tx, Id id) {
    return TRY(tx.execute("DELETE FROM canonical_email_block WHERE id = $1", {id})) == 1;
}

Result<std::optional<CanonicalEmailBlock>> find_canonical_email_block(Tx& tx, Id id) {
    static const auto text = mailbox_select + " AND id = $1";
    return one(tx.query(text, {id}), mailbox_from);
}

Result<std::optional<CanonicalEmailBlock>> canonical_email_block_of(Tx& tx, std::string_view hash) {
    static const auto text = mailbox_select + " AND hash = $1";
    return one(tx.query(text, {hash}), mailbox_from);
}

Result<std::vector<CanonicalEmailBlock>> canonical_email_blocks_page(Tx& tx, const Window& w) {
    static const PageText text(mailbox_select, "id");
    return page(tx, text, w, mailbox_from);
}

}  // namespace kith::repo
