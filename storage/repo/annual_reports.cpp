#include "storage/repo/annual_reports.hpp"

namespace kith::repo {

using model::AnnualReport;
using sql::Tx;

namespace {

// Ids begin with the time, so that a time is a stretch of the index on (actor_id, id).
constexpr const char* own_posts = " FROM post p WHERE p.actor_id = $1 AND p.id >= $2 AND p.id < $3 AND p.deleted_at IS NULL";

constexpr const char* select = "SELECT actor_id, year, data, created_at, viewed_at FROM annual_report WHERE actor_id = $1";

AnnualReport report_from(const sql::Rows::Row& row) {
    return {.actor_id = row.integer(0),
            .year = int(row.integer(1)),
            .data = row.str(2),
            .created_at = row.integer(3),
            .viewed_at = row.maybe_integer(4)};
}

}  // namespace

Result<PostedCounts> posted(Tx& tx, Id actor, Span span) {
    const auto from = first_id_at(span.from), to = first_id_at(span.to);
    static const auto text =
        std::string("SELECT COUNT(*), COALESCE(SUM(CASE WHEN p.in_reply_to_id IS NULL AND p.in_reply_to_ap_id = '' THEN 0 "
                    "ELSE 1 END), 0), COALESCE(SUM(CASE WHEN EXISTS (SELECT 1 FROM poll q WHERE q.post_id = p.id) THEN 1 "
                    "ELSE 0 END), 0)") +
        own_posts;
    const auto posts = TRY(tx.query(text, {actor, from, to}));
    const auto boosts =
        TRY(tx.query("SELECT COUNT(*) FROM boost WHERE actor_id = $1 AND id >= $2 AND id < $3", {actor, from, to}));
    return PostedCounts{.beginnings = posts[0].integer(0) - posts[0].integer(1),
                        .replies = posts[0].integer(1),
                        .polls = posts[0].integer(2),
                        .boosts = boosts[0].integer(0)};
}

Result<std::int64_t> followers_won(Tx& tx, Id actor, Span span) {
    return TRY(tx.query("SELECT COUNT(*) FROM follow WHERE followed_id = $1 AND state = 1 AND accepted_at >= $2 AND "
                        "accepted_at < $3",
                        {actor, span.from, span.to}))[0]
        .integer(0);
}

Result<std::vector<UsedTag>> used_tags(Tx& tx, Id actor, Span span, int limit) {
    std::vector<UsedTag> out;
    for (const auto& row :
         TRY(tx.query("SELECT t.display, COUNT(*) FROM post p JOIN post_tag g ON g.post_id = p.id JOIN tag t ON t.id = "
                      "g.tag_id WHERE p.actor_id = $1 AND p.id >= $2 AND p.id < $3 AND p.deleted_at IS NULL AND "
                      "p.visibility <= 1 GROUP BY t.id, t.display ORDER BY COUNT(*) DESC, t.id LIMIT $4",
                      {actor, first_id_at(span.from), first_id_at(span.to), limit})))
        out.push_back({row.str(0), row.integer(1)});
    return out;
}

Result<std::optional<Id>> most_boosted(Tx& tx, Id actor, Span span) {
    static const auto text = std::string("SELECT p.id") + own_posts +
                             " AND p.visibility <= 1 AND p.boosts_count > 0 ORDER BY p.boosts_count DESC, p.id LIMIT 1";
    const auto rows = TRY(tx.query(text, {actor, first_id_at(span.from), first_id_at(span.to)}));
    return rows.empty() ? std::optional<Id>{} : std::optional<Id>(rows[0].integer(0));
}

Result<bool> add_annual_report(Tx& tx, const AnnualReport& r) {
    return TRY(tx.execute("INSERT INTO annual_report (actor_id, year, data, created_at, viewed_at) VALUES ($1, $2, $3, $4, "
                          "$5) ON CONFLICT (actor_id, year) DO NOTHING",
                          {r.actor_id, r.year, r.data, r.created_at, r.viewed_at})) == 1;
}

Result<std::optional<AnnualReport>> find_annual_report(Tx& tx, Id actor, int year) {
    static const auto text = std::string(select) + " AND year = $2";
    const auto rows = TRY(tx.query(text, {actor, year}));
    return rows.empty() ? std::optional<AnnualReport>{} : std::optional(report_from(rows[0]));
}

Result<std::vector<AnnualReport>> annual_reports(Tx& tx, Id actor) {
    static const auto text = std::string(select) + " ORDER BY year";
    std::vector<AnnualReport> out;
    for (const auto& row : TRY(tx.query(text, {actor}))) out.push_back(report_from(row));
    return out;
}

Result<bool> set_annual_report_viewed(Tx& tx, Id actor, int year, TimeMs at) {
    return TRY(tx.execute("UPDATE annual_report SET viewed_at = COALESCE(viewed_at, $3) WHERE actor_id = $1 AND year = $2",
                          {actor, year, at})) == 1;
}

}  // namespace kith::repo
