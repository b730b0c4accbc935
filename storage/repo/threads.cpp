#include "storage/repo/threads.hpp"

#include "storage/repo/ids.hpp"
#include "storage/repo/post_search.hpp"
#include "storage/repo/visibility.hpp"
#include "storage/repo/window.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>

namespace kith::repo {

using model::Post;
using sql::Tx;

namespace {

// Twelve and a half hours count as much as a score ten times as high.
constexpr double rank_ms = 45'000'000.0;
// Comments lift a thread for so long after it began, so that nobody digs up old ones.
constexpr TimeMs active_ms = 2 * day_ms;
constexpr std::int64_t id_max = std::int64_t(1) << 53;

double rank_of(std::int64_t score, TimeMs at) {
    const auto size = std::log10(double(std::max<std::int64_t>(std::abs(score), 1)));
    return (score < 0 ? -size : size) + double(at) / rank_ms;
}

// Much voted on, both ways.
double controversy_of(std::int64_t up, std::int64_t down) {
    if (up <= 0 || down <= 0) return 0;
    return double(up + down) * double(std::min(up, down)) / double(std::max(up, down));
}

// As the score counts by its logarithm, so do those who could have voted.
double scaled_of(double hot, std::int64_t people) { return hot - std::log10(double(std::max<std::int64_t>(people, 0) + 1)); }

struct Ranked {
    std::int64_t up = 0, down = 0;
    TimeMs published_at = 0, newest_comment_at = 0;
    std::int64_t people = 0;  // who were active in the group
};

Result<> put_ranks(Tx& tx, Id post, const Ranked& r) {
    const auto score = r.up - r.down;
    const auto lifted = std::min(std::max(r.newest_comment_at, r.published_at), r.published_at + active_ms);
    const auto hot = rank_of(score, r.published_at);
    TRY(tx.execute("UPDATE thread SET score = $2, hot = $3, active = $4, controversy = $5, scaled = $6 WHERE post_id = $1",
                   {post, score, hot, rank_of(score, lifted), controversy_of(r.up, r.down), scaled_of(hot, r.people)}));
    return {};
}

Result<std::optional<Ranked>> ranked(Tx& tx, Id post) {
    const auto rows = TRY(tx.query("SELECT p.likes_count, p.dislikes_count, p.published_at, t.newest_comment_at, "
                                   "COALESCE(ga.people, 0) FROM thread t JOIN post p ON p.id = t.post_id LEFT JOIN group_activity ga "
                                   "ON ga.group_id = t.group_id WHERE t.post_id = $1",
                                   {post}));
    if (rows.empty()) return std::optional<Ranked>{};
    return std::optional(Ranked{rows[0].integer(0), rows[0].integer(1), rows[0].integer(2), rows[0].integer(3), rows[0].integer(4)});
}

std::string column_of(ThreadOrder order) {
    switch (order) {
        case ThreadOrder::hot:
            return "t.hot";
        case ThreadOrder::active:
            return "t.active";
        case ThreadOrder::scaled:
            return "t.scaled";
        case ThreadOrder::top:
            return "t.score";
        case ThreadOrder::most_comments:
            return "t.comments";
        case ThreadOrder::new_comments:
            return "t.newest_comment_at";
        case ThreadOrder::controversial:
            return "t.controversy";
        case ThreadOrder::new_:
        case ThreadOrder::old:
            break;
    }
    return "t.post_id";
}

// Nobody whom the viewer ($1) blocks or mutes, nobody of hosts that they block; and where groups are mixed not
// those that they mute, or that are at hosts whose groups they block.
std::string unbothered(int now_parameter, bool groups_mixed) {
    const auto muted = [&](const std::string& who) {
        return " AND NOT EXISTS (SELECT 1 FROM mute m WHERE m.actor_id = $1 AND m.target_id = " + who +
               " AND (m.expires_at IS NULL OR m.expires_at > $" + std::to_string(now_parameter) + "))";
    };
    std::string text = "AND NOT EXISTS (SELECT 1 FROM block b WHERE b.actor_id = $1 AND b.target_id = p.actor_id)" + muted("p.actor_id") +
                       " AND NOT EXISTS (SELECT 1 FROM own_domain_block o JOIN actor x ON x.host = o.host AND NOT x.local WHERE "
                       "o.actor_id = $1 AND x.id = p.actor_id) ";
    if (groups_mixed)
        text += muted("p.group_id") + " AND NOT EXISTS (SELECT 1 FROM own_group_host_block o JOIN actor x ON x.host = o.host AND NOT "
                                      "x.local WHERE o.actor_id = $1 AND x.id = p.group_id) ";
    return text;
}

// That all the words of parameter $11 are in a post.
std::string worded(const sql::Dialect& d) {
    return "AND EXISTS (SELECT 1 FROM post_search s WHERE s.rowid = p.id AND " + d.search_matches("s", 11) + ") AND " + found_by_words() + " ";
}

// Which threads: one text for each of them and each order.
std::string text_of(const sql::Dialect& d, const ThreadQuery& q) {
    const auto column = column_of(q.order);
    const bool upwards = (q.order == ThreadOrder::old) != q.backwards;
    std::string text = "SELECT t.post_id, CAST(" + column + " AS DOUBLE PRECISION) FROM thread t JOIN post p ON p.id = t.post_id ";
    if (q.follower_id) text += "JOIN follow f ON f.followed_id = t.group_id AND f.follower_id = $6 AND f.state = 1 ";
    else if (q.moderator_id) text += "JOIN membership m ON m.group_id = t.group_id AND m.actor_id = $6 AND m.left_at IS NULL AND m.role >= 2 ";
    else if (q.multi_id) text += "JOIN multi_community_entry e ON e.group_id = t.group_id AND e.multi_id = $6 ";
    else if (q.local_groups) text += "JOIN actor g ON g.id = t.group_id AND g.local AND CAST($6 AS BIGINT) IS NULL ";
    else if (!q.group_id) text += "JOIN actor g ON g.id = t.group_id AND NOT g.silenced AND CAST($6 AS BIGINT) IS NULL ";
    text += "WHERE " + visible_to("p", 1) + " AND p.published_at >= $2 ";
    if (q.group_id) text += "AND t.group_id = $6 ";
    // What is unlisted is in no list of everything.
    else if (!q.follower_id && !q.moderator_id && !q.multi_id)
        text += "AND NOT EXISTS (SELECT 1 FROM group_profile gp WHERE gp.group_id = t.group_id AND gp.visibility = 1) ";
    if (q.tag_id) text += "AND EXISTS (SELECT 1 FROM post_group_tag x WHERE x.tag_id = $7 AND x.post_id = t.post_id) ";
    else text += "AND CAST($7 AS BIGINT) IS NULL ";
    text += "AND (CAST($10 AS BIGINT) IS NULL OR p.actor_id = $10) ";
    if (q.without_comments) text += "AND t.comments = 0 ";
    if (!q.with_sensitive) text += "AND NOT p.sensitive ";
    if (q.featured != Featured::mixed)
        text += std::string(q.featured == Featured::only ? "AND " : "AND NOT ") +
                "EXISTS (SELECT 1 FROM post_pin n WHERE n.actor_id = t.group_id AND n.post_id = t.post_id) ";
    if (q.answered) text += *q.answered ? "AND t.answered = TRUE " : "AND t.answered = FALSE ";
    text += unbothered(9, !q.group_id);
    if (!q.words.empty()) text += worded(d);
    else if (!q.link.empty()) text += "AND p.link_url = $11 AND " + found_by_words() + " ";
    if (!q.with_hidden || !q.with_read)
        text += std::string("AND NOT EXISTS (SELECT 1 FROM post_mark k WHERE k.actor_id = $1 AND k.post_id = t.post_id AND (") +
                (q.with_hidden ? "FALSE" : "k.hidden_at IS NOT NULL") + " OR " + (q.with_read ? "FALSE" : "k.read_at IS NOT NULL") + ")) ";
    text += upwards ? "AND (" + column + " > $3 OR (" + column + " = $3 AND t.post_id > $4)) ORDER BY " + column + ", t.post_id LIMIT $5 OFFSET $8"
                : "AND (" + column + " < $3 OR (" + column + " = $3 AND t.post_id < $4)) ORDER BY " + column +
                      " DESC, t.post_id DESC LIMIT $5 OFFSET $8";
    return text;
}

}  // namespace

Result<> add_thread(Tx& tx, const Post& first, Id group) {
    TRY(tx.execute("INSERT INTO thread (post_id, group_id, score, comments, newest_comment_at, hot, active, controversy) VALUES "
                   "($1, $2, 0, 0, $3, 0, 0, 0) ON CONFLICT (post_id) DO NOTHING",
                   {first.id, group, first.published_at}));
    // An answer may have been named before the thread was in a group.
    TRY(tx.execute("UPDATE thread SET answered = TRUE WHERE post_id = $1 AND EXISTS (SELECT 1 FROM thread_answer a WHERE a.post_id = $1 AND "
                   "a.answer_ap_id <> '')",
                   {first.id}));
    return rank_thread(tx, first.id);
}

Result<> remove_thread(Tx& tx, Id post) {
    TRY(tx.execute("DELETE FROM thread WHERE post_id = $1", {post}));
    return {};
}

Result<> forget_threads_of(Tx& tx, Id actor) {
    TRY(tx.execute("UPDATE thread SET comments = comments - x.n FROM (SELECT thread_id, COUNT(*) AS n FROM post WHERE actor_id = $1 AND group_id IS "
                   "NOT NULL AND id <> thread_id AND deleted_at IS NULL AND removed_at IS NULL GROUP BY thread_id) x WHERE x.thread_id = "
                   "thread.post_id",
                   {actor}));
    TRY(tx.execute("DELETE FROM thread WHERE post_id IN (SELECT id FROM post WHERE actor_id = $1 AND group_id IS NOT NULL AND id = thread_id)", {actor}));
    return {};
}

Result<> refresh_group_activity(Tx& tx, Id group, TimeMs now) {
    if (!TRY(tx.query("SELECT 1 FROM group_activity WHERE group_id = $1 AND at > $2", {group, now - hour_ms})).empty()) return {};
    TRY(tx.execute("INSERT INTO group_activity (group_id, people, at) SELECT CAST($1 AS BIGINT), COUNT(DISTINCT actor_id), CAST($3 AS "
                   "BIGINT) FROM post WHERE group_id = $1 AND id > $2 ON CONFLICT (group_id) DO UPDATE SET people = excluded.people, at "
                   "= excluded.at",
                   {group, first_id_at(now - 30 * day_ms), now}));
    return {};
}

Result<> rank_thread(Tx& tx, Id post) {
    const auto now = TRY(ranked(tx, post));
    return now ? put_ranks(tx, post, *now) : Result<>{};
}

Result<> count_comment(Tx& tx, Id thread, TimeMs at, int by) {
    const auto changed = TRY(tx.execute("UPDATE thread SET comments = comments + $2, newest_comment_at = CASE WHEN $2 > 0 AND $3 > "
                                        "newest_comment_at THEN $3 ELSE newest_comment_at END WHERE post_id = $1",
                                        {thread, by, at}));
    return changed == 0 ? Result<>{} : rank_thread(tx, thread);
}

Result<std::vector<ThreadRow>> threads_page(Tx& tx, std::optional<Id> viewer, const ThreadQuery& q) {
    const bool old = q.order == ThreadOrder::old;
    const bool real = q.order == ThreadOrder::hot || q.order == ThreadOrder::scaled || q.order == ThreadOrder::active || q.order == ThreadOrder::controversial;
    const double end = old ? -1.0 : real ? std::numeric_limits<double>::max() : double(id_max);
    const sql::Param from = real ? sql::Param(q.after.value_or(end)) : sql::Param(std::int64_t(q.after.value_or(end)));
    const auto whose = q.follower_id ? q.follower_id : q.moderator_id ? q.moderator_id : q.multi_id ? q.multi_id : q.group_id;
    const auto& d = tx.dialect();
    const auto words = q.words.empty() ? q.link : d.search_query(q.words);
    std::vector<sql::Param> params{viewer, q.since, from, q.after ? q.after_id : Id(0), q.limit, whose, q.tag_id, q.offset, q.now, q.author_id};
    if (!words.empty()) params.emplace_back(words);
    std::vector<ThreadRow> out;
    for (const auto& row : TRY(tx.query(text_of(d, q), params)))
        out.push_back({row.integer(0), row.real(1)});
    if (q.backwards) std::reverse(out.begin(), out.end());
    return out;
}

Result<std::vector<Id>> cross_posts(Tx& tx, std::optional<Id> viewer, Id post, int limit) {
    static const auto text = "SELECT p.id FROM post p JOIN post o ON o.link_url = p.link_url WHERE o.id = $2 AND p.link_url <> '' "
                             "AND p.group_id IS NOT NULL AND p.id = p.thread_id AND p.id <> o.id AND " +
                             visible_to("p", 1) + " ORDER BY p.id DESC LIMIT $3";
    std::vector<Id> out;
    for (const auto& row : TRY(tx.query(text, {viewer, post, limit}))) out.push_back(row.integer(0));
    return out;
}

Result<std::vector<ThreadState>> thread_states(Tx& tx, std::span<const Id> posts) {
    static const auto make = [](const sql::Dialect& d) {
        return "SELECT p.id, COALESCE(t.comments, 0), COALESCE(t.newest_comment_at, p.published_at), p.removed_at, p.locked, "
               "EXISTS (SELECT 1 FROM post_pin n WHERE n.actor_id = p.group_id AND n.post_id = p.id), p.distinguished FROM post p LEFT JOIN thread t ON "
               "t.post_id = p.id WHERE " +
               d.in_ids("p.id", 1);
    };
    std::vector<ThreadState> out;
    for (const auto& row : TRY(tx.query(make(tx.dialect()), {json_ids(posts)})))
        out.push_back({row.integer(0), row.integer(1), row.integer(2), !row.is_null(3), row.boolean(4), row.boolean(5), row.boolean(6)});
    return out;
}

Result<GroupTotals> group_totals(Tx& tx) {
    const auto groups = TRY(tx.query("SELECT COUNT(*) FROM actor WHERE kind = 1 AND local AND deleted_at IS NULL", {}));
    const auto counts = TRY(tx.query("SELECT COUNT(*), COALESCE(SUM(t.comments), 0) FROM thread t JOIN actor g ON g.id = t.group_id AND g.local", {}));
    return GroupTotals{groups[0].integer(0), counts[0].integer(0), counts[0].integer(1)};
}

Result<bool> set_distinguished(Tx& tx, Id comment, bool on) {
    return TRY(tx.execute("UPDATE post SET distinguished = $2 WHERE id = $1 AND distinguished <> $2", {comment, on})) == 1;
}

Result<GroupNumbers> group_numbers(Tx& tx, Id group, TimeMs now) {
    GroupNumbers n{.group_id = group};
    const auto counts = TRY(tx.query("SELECT COUNT(*), COALESCE(SUM(comments), 0) FROM thread WHERE group_id = $1", {group}));
    n.threads = counts[0].integer(0);
    n.comments = counts[0].integer(1);
    n.members_here = TRY(tx.query("SELECT COUNT(*) FROM follow f JOIN actor a ON a.id = f.follower_id AND a.local WHERE "
                                  "f.followed_id = $1 AND f.state = 1",
                                  {group}))[0].integer(0);
    const std::array<std::pair<std::int64_t*, TimeMs>, 4> windows{{{&n.active_day, day_ms}, {&n.active_week, 7 * day_ms},
                                                                  {&n.active_month, 30 * day_ms}, {&n.active_half_year, 182 * day_ms}}};
    for (const auto& [to, ms] : windows)
        *to = TRY(tx.query("SELECT COUNT(DISTINCT actor_id) FROM post WHERE group_id = $1 AND id > $2", {group, first_id_at(now - ms)}))[0].integer(0);
    return n;
}

Result<std::vector<PersonNumbers>> person_numbers(Tx& tx, std::span<const Id> actors) {
    static const auto make = [](const sql::Dialect& d) {
        return "SELECT p.actor_id, SUM(CASE WHEN p.thread_id = p.id THEN 1 ELSE 0 END), SUM(CASE WHEN p.thread_id = p.id THEN 0 ELSE "
               "1 END) FROM post p WHERE p.group_id IS NOT NULL AND p.deleted_at IS NULL AND " +
               d.in_ids("p.actor_id", 1) + " GROUP BY p.actor_id";
    };
    std::vector<PersonNumbers> out;
    for (const auto& row : TRY(tx.query(make(tx.dialect()), {json_ids(actors)})))
        out.push_back({row.integer(0), row.integer(1), row.integer(2)});
    return out;
}

Result<std::vector<Id>> comments_page(Tx& tx, std::optional<Id> viewer, const CommentQuery& q) {
    const auto make = [&] {
        std::string text = "SELECT p.id FROM post p WHERE p.group_id IS NOT NULL AND p.thread_id <> p.id AND " + visible_to("p", 1) +
                           " AND (CAST($2 AS BIGINT) IS NULL OR p.thread_id = $2) AND (CAST($3 AS BIGINT) IS NULL OR p.group_id = "
                           "$3) AND (CAST($4 AS BIGINT) IS NULL OR p.actor_id = $4) " +
                           unbothered(9, !q.group_id && !q.thread_id);
        text += "AND p.published_at >= $10 ";
        if (!q.words.empty()) text += worded(tx.dialect());
        if (q.local_groups) text += "AND EXISTS (SELECT 1 FROM actor g WHERE g.id = p.group_id AND g.local) ";
        text += "AND (CAST($7 AS BIGINT) IS NULL OR EXISTS (SELECT 1 FROM follow f WHERE f.followed_id = p.group_id AND f.follower_id = $7 AND "
                "f.state = 1)) ";
        return text + (q.oldest_first != q.backwards ? "AND p.id > $5 ORDER BY p.id LIMIT $6 OFFSET $8" : "AND p.id < $5 ORDER BY p.id DESC LIMIT $6 OFFSET $8");
    };
    const auto from = q.after_id != 0 || q.oldest_first ? q.after_id : std::numeric_limits<Id>::max();
    const auto words = tx.dialect().search_query(q.words);
    std::vector<sql::Param> params{viewer, q.thread_id, q.group_id, q.author_id, from, q.limit, q.follower_id, q.offset, q.now, q.since};
    if (!words.empty()) params.emplace_back(words);
    std::vector<Id> out;
    for (const auto& row : TRY(tx.query(make(), params)))
        out.push_back(row.integer(0));
    if (q.backwards) std::reverse(out.begin(), out.end());
    return out;
}

Result<std::int64_t> comments_since(Tx& tx, Id thread, TimeMs since) {
    return TRY(tx.query("SELECT COUNT(*) FROM post WHERE thread_id = $1 AND id <> $1 AND received_at > $2 AND deleted_at IS NULL",
                        {thread, since}))[0].integer(0);
}

Result<std::vector<Id>> group_posts_of(Tx& tx, std::optional<Id> viewer, Id author, std::optional<Id> group, const Window& w) {
    static const PageText text("SELECT p.id FROM post p WHERE p.actor_id = $5 AND p.group_id IS NOT NULL AND (CAST($6 AS BIGINT) IS "
                               "NULL OR p.group_id = $6) AND " + visible_to("p", 4), "p.id");
    std::vector<Id> out;
    for (const auto& row : TRY(page_rows(tx, text, w, {viewer, author, group}))) out.push_back(row.integer(0));
    if (w.ascending) std::reverse(out.begin(), out.end());
    return out;
}

Result<std::vector<CommentPath>> comment_paths(Tx& tx, std::span<const Id> comments) {
    static const auto make = [](const sql::Dialect& d) {
        return "WITH RECURSIVE up (id, at, depth) AS (SELECT p.id, p.id, 0 FROM post p WHERE " + d.in_ids("p.id", 1) +
               " UNION ALL SELECT u.id, c.in_reply_to_id, u.depth + 1 FROM up u JOIN post c ON c.id = u.at WHERE c.in_reply_to_id IS "
               "NOT NULL AND c.in_reply_to_id <> c.thread_id AND u.depth < 100) SELECT u.id, u.at FROM up u ORDER BY u.id, u.depth DESC";
    };
    std::map<Id, std::string> paths;
    for (const auto& row : TRY(tx.query(make(tx.dialect()), {json_ids(comments)}))) {
        auto& path = paths[row.integer(0)];
        if (path.empty()) path = "0";
        path += "." + std::to_string(row.integer(1));
    }
    std::map<Id, std::int64_t> below;
    // What is gone is not counted, and what answers it is.
    static const auto count = [](const sql::Dialect& d) {
        const std::string counts = "CASE WHEN p.deleted_at IS NULL AND p.removed_at IS NULL THEN 1 ELSE 0 END";
        return "WITH RECURSIVE down (root, at, counts, depth) AS (SELECT p.in_reply_to_id, p.id, " + counts + ", 0 FROM post p WHERE " +
               d.in_ids("p.in_reply_to_id", 1) + " UNION ALL SELECT d.root, p.id, " + counts +
               ", d.depth + 1 FROM down d JOIN post p ON p.in_reply_to_id = d.at WHERE d.depth < 100) SELECT root, SUM(counts) FROM down "
               "GROUP BY root";
    };
    for (const auto& row : TRY(tx.query(count(tx.dialect()), {json_ids(comments)}))) below[row.integer(0)] = row.integer(1);
    std::vector<CommentPath> out;
    for (const auto id : comments) out.push_back({id, paths[id].empty() ? "0." + std::to_string(id) : paths[id], below[id]});
    return out;
}

}  // namespace kith::repo
