#include "storage/repo/figures.hpp"

#include "base/core/ids.hpp"

namespace kith::repo {

using sql::Tx;

namespace {

// What is counted: rows of (ms, key) in [$1, $2), of what $3 names where the figure is about one thing.
struct Counted {
    std::string_view rows;
    bool distinct = false;  // keys, each once
    bool keyed = false;     // has a $3
};

constexpr std::string_view people_here =
    " JOIN actor a ON a.id = x.actor_id AND a.local AND a.kind = 0 AND NOT a.bot ";

const std::string active_rows =
    "SELECT x.published_at AS ms, x.actor_id AS k FROM post x" + std::string(people_here) +
    "WHERE x.local AND x.published_at >= $1 AND x.published_at < $2 UNION ALL "
    "SELECT x.created_at, x.actor_id FROM boost x" + std::string(people_here) +
    "WHERE x.created_at >= $1 AND x.created_at < $2 UNION ALL "
    "SELECT x.created_at, x.actor_id FROM reaction x" + std::string(people_here) +
    "WHERE x.created_at >= $1 AND x.created_at < $2";

const std::string interaction_rows =
    "SELECT x.created_at AS ms, x.post_id AS k FROM reaction x JOIN post p ON p.id = x.post_id AND p.local WHERE "
    "x.created_at >= $1 AND x.created_at < $2 UNION ALL SELECT x.created_at, x.post_id FROM boost x JOIN post p ON "
    "p.id = x.post_id AND p.local WHERE x.created_at >= $1 AND x.created_at < $2 UNION ALL SELECT x.received_at, x.id "
    "FROM post x JOIN post p ON p.id = x.in_reply_to_id AND p.local WHERE x.received_at >= $1 AND x.received_at < $2 "
    "AND x.deleted_at IS NULL";

const std::string tag_rows =
    " FROM post_tag g JOIN post p ON p.id = g.post_id AND p.visibility = 0 AND p.deleted_at IS NULL JOIN actor a ON "
    "a.id = p.actor_id WHERE g.tag_id = CAST($3 AS BIGINT) AND p.received_at >= $1 AND p.received_at < $2";
const std::string tag_account_rows = "SELECT p.received_at AS ms, p.actor_id AS k" + tag_rows;
const std::string tag_server_rows = "SELECT p.received_at AS ms, a.host AS k" + tag_rows + " AND NOT a.local";

// An actor's id is made when it comes to be known.
const std::string known_since = "((a.id >> 12) + " + std::to_string(id_epoch_ms) + ")";
const std::string account_rows = "SELECT " + known_since + " AS ms, a.id AS k FROM actor a WHERE a.host = $3 AND " +
                                 known_since + " >= $1 AND " + known_since + " < $2";

Counted counted(Figure figure) {
    switch (figure) {
        case Figure::active_users:
            return {.rows = active_rows, .distinct = true};
        case Figure::new_users:
            return {.rows = "SELECT u.created_at AS ms, u.id AS k FROM account u WHERE u.created_at >= $1 AND "
                            "u.created_at < $2"};
        case Figure::interactions:
            return {.rows = interaction_rows};
        case Figure::opened_reports:
            return {.rows = "SELECT r.created_at AS ms, r.id AS k FROM report r WHERE r.created_at >= $1 AND "
                            "r.created_at < $2"};
        case Figure::resolved_reports:
            return {.rows = "SELECT r.resolved_at AS ms, r.id AS k FROM report r WHERE r.resolved_at >= $1 AND "
                            "r.resolved_at < $2"};
        case Figure::tag_accounts:
            return {.rows = tag_account_rows, .distinct = true, .keyed = true};
        case Figure::tag_uses:
            return {.rows = tag_account_rows, .keyed = true};
        case Figure::tag_servers:
            return {.rows = tag_server_rows, .distinct = true, .keyed = true};
        case Figure::instance_accounts:
            return {.rows = account_rows, .keyed = true};
        case Figure::instance_reports:
            return {.rows = "SELECT r.created_at AS ms, r.id AS k FROM report r JOIN actor a ON a.id = r.target_id AND "
                            "a.host = $3 WHERE r.created_at >= $1 AND r.created_at < $2",
                    .keyed = true};
        case Figure::instance_statuses:
            return {.rows = "SELECT p.received_at AS ms, p.id AS k FROM actor a JOIN post p ON p.actor_id = a.id WHERE "
                            "a.host = $3 AND p.deleted_at IS NULL AND p.received_at >= $1 AND p.received_at < $2",
                    .keyed = true};
        case Figure::instance_follows:
            return {.rows = "SELECT f.created_at AS ms, f.id AS k FROM actor a JOIN follow f ON f.followed_id = a.id AND "
                            "f.state = 1 JOIN actor b ON b.id = f.follower_id AND b.local WHERE a.host = $3 AND "
                            "f.created_at >= $1 AND f.created_at < $2",
                    .keyed = true};
        case Figure::instance_followers:
            return {.rows = "SELECT f.created_at AS ms, f.id AS k FROM actor a JOIN follow f ON f.follower_id = a.id AND "
                            "f.state = 1 JOIN actor b ON b.id = f.followed_id AND b.local WHERE a.host = $3 AND "
                            "f.created_at >= $1 AND f.created_at < $2",
                    .keyed = true};
        case Figure::local_posts:
            break;
    }
    return {.rows = "SELECT p.published_at AS ms, p.id AS k FROM post p WHERE p.local AND p.published_at >= $1 AND "
                    "p.published_at < $2 AND p.deleted_at IS NULL"};
}

std::string count_of(const Counted& what) { return what.distinct ? "COUNT(DISTINCT k)" : "COUNT(*)"; }

Result<sql::Rows> ask(Tx& tx, std::string_view text, bool keyed, const FigureWindow& window) {
    if (keyed) return tx.query(text, {window.from, window.to, window.key});
    return tx.query(text, {window.from, window.to});
}

}  // namespace

Result<std::vector<DayFigure>> figure_by_day(Tx& tx, Figure figure, const FigureWindow& window) {
    const auto what = counted(figure);
    const auto text = "SELECT ms / 86400000, " + count_of(what) + " FROM (" + std::string(what.rows) +
                      ") t GROUP BY ms / 86400000 ORDER BY 1";
    std::vector<DayFigure> out;
    for (const auto& row : TRY(ask(tx, text, what.keyed, window))) out.push_back({row.integer(0) * day_ms, row.integer(1)});
    return out;
}

Result<std::int64_t> figure_total(Tx& tx, Figure figure, const FigureWindow& window) {
    const auto what = counted(figure);
    const auto text = "SELECT " + count_of(what) + " FROM (" + std::string(what.rows) + ") t";
    const auto rows = TRY(ask(tx, text, what.keyed, window));
    return rows[0].integer(0);
}

Result<std::vector<Ranked>> ranking(Tx& tx, Ranking what, const FigureWindow& window, int limit) {
    static const std::string local_posts =
        " FROM post p LEFT JOIN oauth_app o ON o.id = p.app_id WHERE p.local AND p.deleted_at IS NULL AND p.published_at >= $1 AND p.published_at < $2";
    static const std::string host_posts =
        " FROM actor a JOIN post p ON p.actor_id = a.id WHERE a.host = $3 AND p.deleted_at IS NULL AND p.received_at >= $1 AND p.received_at < $2";
    std::string key, from;
    bool keyed = true;
    switch (what) {
        case Ranking::languages:
            key = "p.language", from = local_posts, keyed = false;
            break;
        case Ranking::sources:
            key = "COALESCE(o.name, '')", from = local_posts, keyed = false;
            break;
        case Ranking::servers:
            key = "a.host", keyed = false;
            from = " FROM post p JOIN actor a ON a.id = p.actor_id WHERE NOT p.local AND p.deleted_at IS NULL AND p.received_at >= $1 AND "
                   "p.received_at < $2";
            break;
        case Ranking::tag_servers:
            key = "a.host", from = tag_rows;
            break;
        case Ranking::tag_languages:
            key = "p.language", from = tag_rows;
            break;
        case Ranking::instance_accounts: {
            // By how many follow them here; the time does not matter.
            const auto rows = TRY(tx.query("SELECT a.username, COUNT(b.id) FROM actor a LEFT JOIN follow f ON f.followed_id = a.id "
                                           "AND f.state = 1 LEFT JOIN actor b ON b.id = f.follower_id AND b.local WHERE a.host "
                                           "= $1 AND a.deleted_at IS NULL GROUP BY a.id, a.username ORDER BY 2 DESC, 1 LIMIT $2",
                                           {window.key, limit}));
            std::vector<Ranked> out;
            for (const auto& row : rows) out.push_back({row.str(0), row.integer(1)});
            return out;
        }
        case Ranking::instance_languages:
            key = "p.language", from = host_posts;
            break;
    }
    const auto text = "SELECT " + key + ", COUNT(*)" + from + " GROUP BY " + key + " ORDER BY 2 DESC, 1 LIMIT " +
                      std::to_string(limit);
    std::vector<Ranked> out;
    for (const auto& row : TRY(ask(tx, text, keyed, window))) out.push_back({row.str(0), row.integer(1)});
    return out;
}

namespace {

Result<std::vector<SignUpDay>> days(Result<sql::Rows> found) {
    std::vector<SignUpDay> out;
    for (const auto& row : TRY(std::move(found))) out.push_back({row.integer(0), row.integer(1) * day_ms});
    return out;
}

}  // namespace

Result<std::vector<SignUpDay>> sign_up_days(Tx& tx, const FigureWindow& window, int limit) {
    return days(tx.query("SELECT actor_id, created_at / 86400000 FROM account WHERE created_at >= $1 AND created_at < $2 "
                         "ORDER BY created_at LIMIT $3",
                         {window.from, window.to, limit}));
}

Result<std::vector<SignUpDay>> active_days(Tx& tx, const FigureWindow& window, int limit) {
    static const auto text = "SELECT DISTINCT k, ms / 86400000 FROM (" + active_rows + ") t LIMIT $3";
    return days(tx.query(text, {window.from, window.to, limit}));
}

Result<DatabaseFigures> database_figures(Tx& tx) {
    const auto rows = TRY(tx.query(tx.dialect().about(), {}));
    return DatabaseFigures{rows[0].integer(0), rows[0].str(1), rows[0].str(2)};
}

}  // namespace kith::repo
