#include "storage/repo/reports.hpp"

#include "base/json/view.hpp"
#include "storage/repo/ids.hpp"
#include "storage/repo/window.hpp"

#include <algorithm>
#include <string>

namespace kith::repo {

using model::Report;
using sql::Tx;

namespace {

constexpr const char* report_select =
    "SELECT r.id, r.ap_id, r.origin_host, r.reporter_id, r.target_id, r.category, r.comment, "
    "r.forwarded, r.assigned_id, r.created_at, r.updated_at, r.resolved_at, r.resolved_by_id, "
    "r.rule_ids, r.group_id, r.flag_actor FROM report r WHERE ";

std::vector<Id> ids_of(const std::string& json) {
    std::vector<Id> out;
    if (const auto document = json::Document::parse(json))
        for (auto id : document->root()) out.push_back(id.maybe_integer().value_or(0));
    return out;
}

Report report_from(const sql::Rows::Row& row) {
    return {.id = row.integer(0),
            .ap_id = row.str(1),
            .origin_host = row.str(2),
            .reporter_id = row.integer(3),
            .target_id = row.integer(4),
            .category = row.str(5),
            .comment = row.str(6),
            .rule_ids = ids_of(row.str(13)),
            .forwarded = row.boolean(7),
            .assigned_id = row.maybe_integer(8),
            .created_at = row.integer(9),
            .updated_at = row.integer(10),
            .resolved_at = row.maybe_integer(11),
            .resolved_by_id = row.maybe_integer(12),
            .group_id = row.maybe_integer(14),
            .flag_actor = row.str(15)};
}

// Of groups whose reports that one sees: its moderators, and its stewards; never about themselves. The numbers
// are model::GroupRole and model::TeamRole.
std::string in_groups_of(int parameter) {
    const auto who = "CAST($" + std::to_string(parameter) + " AS BIGINT)";
    return "r.target_id <> " + who + " AND (EXISTS (SELECT 1 FROM membership m WHERE m.group_id = r.group_id AND m.actor_id = " + who +
           " AND m.left_at IS NULL AND m.role >= 2) OR EXISTS (SELECT 1 FROM remote_moderator m WHERE m.group_id = r.group_id AND "
           "m.actor_id = " + who + ") OR EXISTS (SELECT 1 FROM group_team t WHERE t.group_id = r.group_id AND t.actor_id = " + who +
           " AND t.role >= 3))";
}

}  // namespace

Result<bool> add_report(Tx& tx, const Report& r, std::span<const Id> posts) {
    const auto added = TRY(tx.execute(
        "INSERT INTO report (id, ap_id, origin_host, reporter_id, target_id, category, comment, "
        "forwarded, assigned_id, created_at, updated_at, resolved_at, resolved_by_id, rule_ids, group_id, flag_actor) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16) ON CONFLICT DO NOTHING",
        {r.id, r.ap_id, r.origin_host, r.reporter_id, r.target_id, r.category, r.comment,
         r.forwarded, r.assigned_id, r.created_at, r.updated_at, r.resolved_at, r.resolved_by_id, json_ids(r.rule_ids),
         r.group_id, r.flag_actor}));
    if (added == 0) return false;
    for (auto post : posts)
        TRY(
            tx.execute("INSERT INTO report_post (report_id, post_id, title, text) SELECT CAST($1 AS BIGINT), id, title, "
                       "CASE WHEN source <> '' THEN source ELSE content END FROM post WHERE id = $2 ON CONFLICT DO NOTHING",
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
                                   "(CAST($4 AS BOOLEAN) IS NULL OR (r.resolved_at IS NOT NULL) = $4) AND "
                                   "(CAST($5 AS BIGINT) IS NULL OR r.reporter_id = $5) AND "
                                   "(CAST($6 AS BIGINT) IS NULL OR r.target_id = $6) AND "
                                   "(CAST($7 AS BIGINT) IS NULL OR COALESCE(r.group_id, r.target_id) = $7) AND "
                                   "(CAST($8 AS BIGINT) IS NULL OR (" + in_groups_of(8) + "))",
                               "r.id");
    auto rows =
        TRY(page_rows(tx, text, w, {filter.resolved, filter.reporter_id, filter.target_id, filter.group_id,
                               filter.team_of}));
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

Result<std::vector<model::ReportedText>> reported_texts(Tx& tx, Id report) {
    std::vector<model::ReportedText> out;
    for (const auto& row :
         TRY(tx.query("SELECT post_id, title, text FROM report_post WHERE report_id = $1 ORDER BY post_id", {report})))
        out.push_back({row.integer(0), row.str(1), row.str(2)});
    return out;
}

Result<std::vector<Report>> reports_of_flag(Tx& tx, std::string_view flag_id, std::string_view flag_actor, std::string_view object) {
    static const auto text = std::string(report_select) +
                             "r.group_id IS NOT NULL AND (r.ap_id = $1 AND r.ap_id <> '' OR r.flag_actor = $2 AND r.flag_actor <> '' AND "
                             "EXISTS (SELECT 1 FROM report_post rp JOIN post p ON p.id = rp.post_id WHERE rp.report_id = r.id AND "
                             "p.ap_id = $3)) ORDER BY r.id";
    std::vector<Report> out;
    for (const auto& row : TRY(tx.query(text, {flag_id, flag_actor, object}))) out.push_back(report_from(row));
    return out;
}

Result<bool> is_in_a_team(Tx& tx, Id actor) {
    return !TRY(tx.query("SELECT 1 FROM membership WHERE actor_id = $1 AND left_at IS NULL AND role >= 2 UNION ALL SELECT 1 FROM "
                         "remote_moderator WHERE actor_id = $1 UNION ALL SELECT 1 FROM group_team WHERE actor_id = $1 AND role >= 3 "
                         "LIMIT 1",
                         {actor}))
                .empty();
}

Result<std::vector<Id>> group_report_handlers(Tx& tx, Id group) {
    std::vector<Id> out;
    for (const auto& row : TRY(tx.query(
             "SELECT a.id FROM actor a WHERE a.local AND a.deleted_at IS NULL AND a.suspended_at IS NULL AND a.id IN (SELECT "
             "actor_id FROM membership WHERE group_id = $1 AND left_at IS NULL AND role >= 2 UNION SELECT actor_id FROM "
             "remote_moderator WHERE group_id = $1 UNION SELECT actor_id FROM group_team WHERE group_id = $1 AND role >= 3) "
             "ORDER BY a.id",
             {group})))
        out.push_back(row.integer(0));
    return out;
}

Result<std::int64_t> count_team_reports(Tx& tx, std::optional<Id> team_of, int limit) {
    static const auto text = "SELECT COUNT(*) FROM (SELECT 1 FROM report r WHERE r.resolved_at IS NULL AND (CAST($1 AS BIGINT) IS "
                             "NULL OR (" + in_groups_of(1) + ")) LIMIT $2) x";
    return TRY(tx.query(text, {team_of, limit}))[0].integer(0);
}

Result<std::vector<PostReports>> post_reports(Tx& tx, std::span<const Id> posts, Id reader, bool outside_groups) {
    static const auto make = [](const sql::Dialect& d) {
        return "SELECT x.post_id, COUNT(*), SUM(CASE WHEN r.resolved_at IS NULL THEN 1 ELSE 0 END) FROM report_post x JOIN report r ON r.id = "
               "x.report_id WHERE " +
               d.in_ids("x.post_id", 1) +
               " AND ((r.group_id IS NOT NULL AND r.target_id <> $2) OR (r.group_id IS NULL AND $3)) GROUP BY x.post_id";
    };
    std::vector<PostReports> out;
    for (const auto& row : TRY(tx.query(make(tx.dialect()), {json_ids(posts), reader, outside_groups})))
        out.push_back({row.integer(0), row.integer(1), row.integer(2)});
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
