#include "storage/repo/domains.hpp"

#include "storage/repo/accounts.hpp"

namespace kith::repo {

using model::Blocklist;
using model::DomainAllow;
using model::DomainBlock;
using sql::Rows;
using sql::Tx;

namespace {

constexpr std::string_view only_allowed_setting = "federation.allow_list";

constexpr const char* block_select =
    "SELECT host, severity, reason, created_at, id, reject_media, reject_reports, note, obfuscate, "
    "list_id FROM domain_block ";

DomainBlock block_from(const Rows::Row& row) {
    return {.host = row.str(0),
            .severity = model::BlockSeverity(row.integer(1)),
            .reason = row.str(2),
            .created_at = row.integer(3),
            .id = row.integer(4),
            .reject_media = row.boolean(5),
            .reject_reports = row.boolean(6),
            .note = row.str(7),
            .obfuscate = row.boolean(8),
            .list_id = row.maybe_integer(9)};
}

Result<std::optional<DomainBlock>> one_block(Result<Rows> found) {
    const auto rows = TRY(std::move(found));
    return rows.empty() ? std::optional<DomainBlock>{} : block_from(rows[0]);
}

}  // namespace

Result<> put_domain_block(Tx& tx, const DomainBlock& b) {
    TRY(tx.execute(
        "INSERT INTO domain_block (host, severity, reason, created_at, id, reject_media, "
        "reject_reports, note, obfuscate, list_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) "
        "ON CONFLICT (host) DO UPDATE SET severity = excluded.severity, reason = excluded.reason, "
        "reject_media = excluded.reject_media, reject_reports = excluded.reject_reports, "
        "note = excluded.note, obfuscate = excluded.obfuscate, list_id = excluded.list_id",
        {b.host, int(b.severity), b.reason, b.created_at, b.id, b.reject_media, b.reject_reports, b.note,
         b.obfuscate, b.list_id}));
    return {};
}

Result<bool> remove_domain_block(Tx& tx, std::string_view host) {
    return TRY(tx.execute("DELETE FROM domain_block WHERE host = $1", {host})) == 1;
}

Result<std::optional<DomainBlock>> find_domain_block(Tx& tx, std::string_view host) {
    static const auto text = std::string(block_select) + "WHERE host = $1";
    return one_block(tx.query(text, {host}));
}

Result<std::optional<DomainBlock>> find_domain_block_by_id(Tx& tx, Id id) {
    static const auto text = std::string(block_select) + "WHERE id = $1";
    return one_block(tx.query(text, {id}));
}

Result<std::vector<DomainBlock>> domain_blocks(Tx& tx) {
    static const auto text = std::string(block_select) + "ORDER BY host";
    std::vector<DomainBlock> out;
    for (const auto& row : TRY(tx.query(text))) out.push_back(block_from(row));
    return out;
}

Result<bool> add_domain_allow(Tx& tx, const DomainAllow& a) {
    return TRY(tx.execute("INSERT INTO domain_allow (host, id, created_at) VALUES ($1, $2, $3) ON "
                          "CONFLICT (host) DO NOTHING",
                          {a.host, a.id, a.created_at})) == 1;
}

Result<bool> remove_domain_allow(Tx& tx, std::string_view host) {
    return TRY(tx.execute("DELETE FROM domain_allow WHERE host = $1", {host})) == 1;
}

Result<std::vector<DomainAllow>> domain_allows(Tx& tx) {
    std::vector<DomainAllow> out;
    for (const auto& row :
         TRY(tx.query("SELECT host, created_at, id FROM domain_allow ORDER BY host")))
        out.push_back({row.str(0), row.integer(1), row.integer(2)});
    return out;
}

Result<bool> only_allowed_hosts(Tx& tx) {
    return TRY(setting(tx, only_allowed_setting)).value_or("") == "on";
}

Result<> set_only_allowed_hosts(Tx& tx, bool on) {
    return put_setting(tx, only_allowed_setting, on ? "on" : "off");
}

Result<std::int64_t> follows_with_host(Tx& tx, std::string_view host) {
    auto rows = TRY(tx.query(
        "SELECT COUNT(*) FROM follow f WHERE f.followed_id IN (SELECT id FROM actor WHERE host = $1) "
        "OR f.follower_id IN (SELECT id FROM actor WHERE host = $1)",
        {host}));
    return rows[0].integer(0);
}

Result<bool> add_blocklist(Tx& tx, const Blocklist& l) {
    return TRY(tx.execute("INSERT INTO blocklist (id, url, severity_max, created_at, next_at) VALUES "
                          "($1, $2, $3, $4, $5) ON CONFLICT (url) DO NOTHING",
                          {l.id, l.url, int(l.severity_max), l.created_at, l.next_at})) == 1;
}

Result<bool> remove_blocklist(Tx& tx, Id id) {
    return TRY(tx.execute("DELETE FROM blocklist WHERE id = $1", {id})) == 1;
}

Result<> save_blocklist(Tx& tx, const Blocklist& l) {
    TRY(tx.execute("UPDATE blocklist SET next_at = $2, fetched_at = $3, last_error = $4 WHERE id = $1",
                   {l.id, l.next_at, l.fetched_at, l.last_error}));
    return {};
}

Result<std::vector<Blocklist>> blocklists(Tx& tx) {
    std::vector<Blocklist> out;
    for (const auto& row :
         TRY(tx.query("SELECT id, url, severity_max, created_at, next_at, fetched_at, last_error FROM "
                      "blocklist ORDER BY url")))
        out.push_back({row.integer(0), row.str(1), model::BlockSeverity(row.integer(2)),
                       row.integer(3), row.integer(4), row.maybe_integer(5), row.str(6)});
    return out;
}

Result<> put_blocklist_entry(Tx& tx, Id list, const DomainBlock& b, TimeMs seen_at) {
    TRY(tx.execute("INSERT INTO blocklist_entry (list_id, host, severity, reason, reject_media, "
                   "reject_reports, seen_at) VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (list_id, "
                   "host) DO UPDATE SET severity = excluded.severity, reason = excluded.reason, "
                   "reject_media = excluded.reject_media, reject_reports = excluded.reject_reports, "
                   "seen_at = excluded.seen_at",
                   {list, b.host, int(b.severity), b.reason, b.reject_media, b.reject_reports, seen_at}));
    return {};
}

Result<> drop_blocklist_entries(Tx& tx, Id list, TimeMs seen_before) {
    TRY(tx.execute("DELETE FROM blocklist_entry WHERE list_id = $1 AND seen_at < $2",
                   {list, seen_before}));
    return {};
}

Result<std::vector<DomainBlock>> blocklist_entries(Tx& tx) {
    std::vector<DomainBlock> out;
    for (const auto& row : TRY(tx.query(
             "SELECT e.host, e.severity, e.reason, e.reject_media, e.reject_reports, e.list_id, "
             "l.severity_max FROM blocklist_entry e JOIN blocklist l ON l.id = e.list_id ORDER BY "
             "e.host, e.list_id"))) {
        auto severity = model::BlockSeverity(row.integer(1));
        if (severity == model::BlockSeverity::suspend) severity = model::BlockSeverity(row.integer(6));
        out.push_back({.host = row.str(0),
                       .severity = severity,
                       .reason = row.str(2),
                       .reject_media = row.boolean(3),
                       .reject_reports = row.boolean(4),
                       .note = "",
                       .list_id = row.integer(5)});
    }
    return out;
}

}  // namespace kith::repo
