#include "storage/repo/reports.hpp"

#include "storage/repo/window.hpp"

#include <algorithm>
#include <string>

namespace kith::repo {

using model::Report;
using sql::Tx;

namespace {

constexpr const char* report_select =
    "SELECT r.id, r.ap_id, r.origin_host, r.reporter_id, r.target_id, r.category, r.comment, "
    "r.forwarded, r.assigned_id, r.created_at, r.updated_at, r.resolved_at, r.resolved_by_id "
    "FROM report r WHERE ";

Report report_from(const sql::Rows::Row& row) {
    return {.id = row.integer(0),
            .ap_id = row.str(1),
            .origin_host = row.str(2),
            .reporter_id = row.integer(3),
            .target_id = row.integer(4),
            .category = row.str(5),
            .comment = row.str(6),
            .forwarded = row.boolean(7),
            .assigned_id = row.maybe_integer(8),
            .created_at = row.integer(9),
            .updated_at = row.integer(10),
            .resolved_at = row.maybe_integer(11),
            .resolved_by_id = row.maybe_integer(12)};
}

}  // namespace

Result<bool> add_report(Tx& tx, const Report& r, std::span<const Id> posts) {
    const auto added = TRY(tx.execute(
        "INSERT INTO report (id, ap_id, origin_host, reporter_id, target_id, category, comment, "
        "forwarded, assigned_id, created_at, updated_at, resolved_at, resolved_by_id) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) ON CONFLICT DO NOTHING",
        {r.id, r.ap_id, r.origin_host, r.reporter_id, r.target_id, r.category, r.comment,
         r.forwarded, r.assigned_id, r.created_at, r.updated_at, r.resolved_at, r.resolved_by_id}));
    if (added == 0) return false;
    for (auto post : posts)
        TRY(
            tx.execute("INSERT INTO report_post (report_id, post_id) VALUES ($1, $2) "
                       "ON CONFLICT DO NOTHING",
                       {r.id, post}));
    return true;
}

Result<> update_report(Tx& tx, const Report& r) {
    TRY(
        tx.execute("UPDATE report SET assigned_id = $2, updated_at = $3, resolved_at = $4, "
                   "resolved_by_id = $5, category = $6 WHERE id = $1",
                   {r.id, r.assigned_id, r.updated_at, r.resolved_at, r.resolved_by_id, r.category}));
    return {};
}

Result<std::optional<Report>> find_report(Tx& tx, Id id) {
    static const auto text = std::string(report_select) + "r.id = $1";
    auto rows = TRY(tx.query(text, {id}));
    if (rows.empty()) return std::optional<Report>{};
    return report_from(rows[0]);
}

Result<std::vector<Report>> reports_page(Tx& tx, const ReportFilter& filter, const Window& w) {
    static const PageText text(std::string(report_select) +
                                   "(r.resolved_at IS NOT NULL) = $4 AND "
                                   "(CAST($5 AS BIGINT) IS NULL OR r.reporter_id = $5) AND "
                                   "(CAST($6 AS BIGINT) IS NULL OR r.target_id = $6)",
                               "r.id");
    auto rows =
        TRY(page_rows(tx, text, w, {filter.resolved, filter.reporter_id, filter.target_id}));
    std::vector<Report> out;
    for (const auto& row : rows) out.push_back(report_from(row));
    if (w.ascending) std::reverse(out.begin(), out.end());
    return out;
}

Result<std::vector<Id>> reported_posts(Tx& tx, Id report) {
    auto rows = TRY(tx.query(
        "SELECT post_id FROM report_post WHERE report_id = $1 ORDER BY post_id", {report}));
    std::vector<Id> out;
    for (const auto& row : rows) out.push_back(row.integer(0));
    return out;
}

Result<std::int64_t> count_open_reports(Tx& tx, std::string_view origin_host) {
    auto rows =
        TRY(tx.query("SELECT COUNT(*) FROM report WHERE origin_host = $1 AND resolved_at IS NULL",
                     {origin_host}));
    return rows[0].integer(0);
}

Result<std::vector<Id>> report_handlers(Tx& tx) {
    auto rows = TRY(tx.query(
        "SELECT u.actor_id FROM account u JOIN actor a ON a.id = u.actor_id WHERE u.role >= $1 AND "
        "u.disabled_at IS NULL AND a.deleted_at IS NULL AND a.suspended_at IS NULL "
        "ORDER BY u.actor_id",
        {int(model::UserRole::moderator)}));
    std::vector<Id> out;
    for (const auto& row : rows) out.push_back(row.integer(0));
    return out;
}

}  // namespace kith::repo
