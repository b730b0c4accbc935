#include "storage/repo/timelines.hpp"

#include "base/text/strings.hpp"
#include "storage/repo/visibility.hpp"
#include "storage/repo/window.hpp"

#include <algorithm>

namespace kith::repo {

using sql::Rows;
using sql::Tx;

namespace {

Result<std::vector<TimelineRow>> timeline_page(Tx& tx, const PageText& text, const Window& w,
                                               std::initializer_list<sql::Param> more) {
    auto rows = TRY(page_rows(tx, text, w, more));
    std::vector<TimelineRow> out;
    out.reserve(rows.size());
    for (const auto& row : rows)
        out.push_back({row.integer(0), row.integer(1), row.maybe_integer(2), row.maybe_integer(3)});
    if (w.ascending) std::reverse(out.begin(), out.end());
    return out;
}

// Of a silenced host's people only who follows them hears.
constexpr const char* not_silenced =
    "NOT EXISTS (SELECT 1 FROM actor s WHERE s.id = p.actor_id AND s.silenced)";
constexpr const char* has_media = "EXISTS (SELECT 1 FROM attachment m WHERE m.post_id = p.id)";

// The newest `limit` of several pages together, or the lowest where the window ascends.
std::vector<TimelineRow> merge(std::vector<TimelineRow> one, const std::vector<TimelineRow>& other,
                               const Window& w) {
    one.insert(one.end(), other.begin(), other.end());
    std::sort(one.begin(), one.end(), [](const auto& x, const auto& y) { return x.id > y.id; });
    cut_to(one, w);
    return one;
}

}  // namespace

void cut_to(std::vector<TimelineRow>& rows, const Window& w) {
    const auto limit = std::size_t(w.limit);
    if (rows.size() <= limit) return;
    if (w.ascending)
        rows.erase(rows.begin(), rows.end() - std::ptrdiff_t(limit));
    else
        rows.resize(limit);
}

Result<std::optional<Id>> fan_out(Tx& tx, const FanOut& f, Id after, int limit) {
    auto rows = TRY(
        tx.query("SELECT f.id, f.follower_id FROM follow f JOIN account u ON u.actor_id = "
                 "f.follower_id WHERE f.followed_id = $1 "
                 "AND f.state = 1 AND f.id > $2 AND COALESCE(u.last_seen_at, u.created_at) >= $3 "
                 "AND (f.show_boosts OR CAST($4 AS BIGINT) IS NULL) "
                 "AND (CAST($5 AS BIGINT) IS NULL OR CAST($5 AS BIGINT) = $1 OR CAST($5 AS BIGINT) "
                 "= f.follower_id OR EXISTS "
                 "(SELECT 1 FROM follow g WHERE g.follower_id = f.follower_id AND g.followed_id = "
                 "$5 AND g.state = 1)) "
                 "AND (NOT $6 OR EXISTS (SELECT 1 FROM post_audience t WHERE t.post_id = $7 AND "
                 "t.actor_id = f.follower_id)) "
                 "AND (f.languages = '' OR CAST($9 AS TEXT) = '' OR f.languages LIKE '%,' || $9 || ',%') "
                 "ORDER BY f.id LIMIT $8",
                 {f.author_id, after, f.seen_since, f.boost_id, f.parent_author_id, f.audience_only,
                  f.post_id, limit, text::to_lower_ascii(f.language)}));
    for (const auto& row : rows)
        TRY(add_home_entry(tx, row.integer(1),
                           {.id = f.entry_id, .post_id = f.post_id, .boost_id = f.boost_id}));
    if (rows.size() < std::size_t(limit)) return std::optional<Id>{};
    return rows[rows.size() - 1].integer(0);
}

Result<> add_home_entry(Tx& tx, Id owner, const TimelineRow& row) {
    TRY(
        tx.execute("INSERT INTO home_entry (owner_id, id, post_id, boost_id) VALUES ($1, $2, $3, "
                   "$4) ON CONFLICT DO NOTHING",
                   {owner, row.id, row.post_id, row.boost_id}));
    return {};
}

Result<> remove_home_entries_from(Tx& tx, Id owner, Id author) {
    // Looks up each of the owner's rows: there are few, while an author may have any number of
    // posts.
    TRY(
        tx.execute("DELETE FROM home_entry WHERE owner_id = $1 AND ((boost_id IS NULL AND EXISTS "
                   "(SELECT 1 FROM "
                   "post p WHERE p.id = home_entry.post_id AND p.actor_id = $2)) OR EXISTS (SELECT "
                   "1 FROM boost b "
                   "WHERE b.id = home_entry.boost_id AND b.actor_id = $2))",
                   {owner, author}));
    return {};
}

Result<> clear_home(Tx& tx, Id owner) {
    TRY(tx.execute("DELETE FROM home_entry WHERE owner_id = $1", {owner}));
    return {};
}

Result<> trim_home(Tx& tx, Id owner, int keep) {
    TRY(
        tx.execute("DELETE FROM home_entry WHERE owner_id = $1 AND id < (SELECT MIN(id) FROM "
                   "(SELECT id FROM home_entry "
                   "WHERE owner_id = $1 ORDER BY id DESC LIMIT $2) newest)",
                   {owner, keep}));
    return {};
}

Result<std::vector<Id>> long_homes(Tx& tx, int over, int limit) {
    auto rows = TRY(
        tx.query("SELECT owner_id FROM home_entry GROUP BY owner_id HAVING COUNT(*) > $1 LIMIT $2",
                 {over, limit}));
    std::vector<Id> out;
    for (const auto& row : rows) out.push_back(row.integer(0));
    return out;
}

Result<std::vector<TimelineRow>> home_page(Tx& tx, Id owner, const Window& w) {
    static const PageText text(
        "SELECT h.id, h.post_id, h.boost_id, NULL FROM home_entry h WHERE h.owner_id = $4", "h.id");
    return timeline_page(tx, text, w, {owner});
}

Result<std::vector<TimelineRow>> home_by_pull(Tx& tx, Id owner, const Window& w) {
    static const PageText posts(
        "SELECT p.id, p.id, NULL, NULL FROM post p WHERE p.deleted_at IS NULL AND (p.visibility < "
        "3 OR (p.visibility = 3 "
        "AND (p.actor_id = $4 OR EXISTS (SELECT 1 FROM post_audience t WHERE t.post_id = p.id AND "
        "t.actor_id = $4)))) "
        "AND (p.group_id IS NULL OR (p.in_reply_to_id IS NULL AND p.in_reply_to_ap_id = '')) AND "
        "(p.actor_id = $4 "
        "OR p.actor_id IN (SELECT followed_id FROM follow WHERE follower_id = $4 AND state = 1)) "
        "AND "
        "(p.in_reply_to_actor_id IS NULL OR p.in_reply_to_actor_id = p.actor_id OR "
        "p.in_reply_to_actor_id = $4 OR "
        "p.in_reply_to_actor_id IN (SELECT followed_id FROM follow WHERE follower_id = $4 AND "
        "state = 1)) AND NOT EXISTS (SELECT 1 FROM follow l WHERE l.follower_id = $4 AND l.followed_id = p.actor_id "
        "AND l.languages <> '' AND p.language <> '' AND p.visibility <> 3 AND l.languages NOT LIKE '%,' || "
        "LOWER(p.language) || ',%')",
        "p.id");
    static const PageText boosts(
        "SELECT b.id, b.post_id, b.id, NULL FROM boost b WHERE (b.actor_id = $4 OR b.actor_id IN "
        "(SELECT followed_id FROM "
        "follow WHERE follower_id = $4 AND state = 1 AND show_boosts))",
        "b.id");
    auto own = TRY(timeline_page(tx, posts, w, {owner}));
    return merge(std::move(own), TRY(timeline_page(tx, boosts, w, {owner})), w);
}

Result<std::vector<TimelineRow>> direct_page(Tx& tx, Id owner, const Window& w) {
    static const PageText written("SELECT p.id, p.id, NULL, NULL FROM post p WHERE p.actor_id = $4 AND p.visibility = 3 AND "
                                  "p.deleted_at IS NULL",
                                  "p.id");
    static const PageText received("SELECT p.id, p.id, NULL, NULL FROM post_audience t JOIN post p ON p.id = t.post_id WHERE "
                                   "t.actor_id = $4 AND p.actor_id <> $4 AND p.visibility = 3 AND p.deleted_at IS NULL",
                                   "t.post_id");
    auto own = TRY(timeline_page(tx, written, w, {owner}));
    return merge(std::move(own), TRY(timeline_page(tx, received, w, {owner})), w);
}

Result<std::vector<TimelineRow>> group_page(Tx& tx, Id group, const Window& w) {
    static const PageText text(
        "SELECT e.id, e.post_id, NULL, e.group_id FROM group_entry e WHERE e.group_id = $4",
        "e.id");
    return timeline_page(tx, text, w, {group});
}

Result<std::vector<TimelineRow>> group_posts_page(Tx& tx, Id group, const Window& w) {
    static const PageText text(
        "SELECT p.id, p.id, NULL, p.group_id FROM post p WHERE p.group_id = $4 AND "
        "p.deleted_at IS NULL",
        "p.id");
    return timeline_page(tx, text, w, {group});
}

Result<std::vector<TimelineRow>> public_page(Tx& tx, std::optional<Id> viewer, Origin origin,
                                             bool only_media, const Window& w) {
    static const std::string select =
        "SELECT p.id, p.id, NULL, NULL FROM post p WHERE p.visibility = 0 AND p.deleted_at IS NULL "
        "AND "
        "p.in_reply_to_id IS NULL AND p.in_reply_to_ap_id = '' AND " +
        std::string(not_silenced) + " AND (NOT $5 OR " +
        std::string(has_media) + ") AND " + visible_to("p", 4);
    static const PageText any(select, "p.id"), local(select + " AND p.local", "p.id"),
        remote(select + " AND NOT p.local", "p.id");
    const auto& text = origin == Origin::any ? any : origin == Origin::local ? local : remote;
    return timeline_page(tx, text, w, {viewer, only_media});
}

Result<std::vector<TimelineRow>> tag_page(Tx& tx, std::optional<Id> viewer, Id tag, Origin origin,
                                          bool only_media, const Window& w) {
    static const std::string select =
        "SELECT p.id, p.id, NULL, NULL FROM post_tag g JOIN post p ON p.id = g.post_id WHERE "
        "g.tag_id = $6 AND "
        "p.visibility = 0 AND " +
        std::string(not_silenced) + " AND (NOT $5 OR " + std::string(has_media) + ") AND " + visible_to("p", 4);
    static const PageText any(select, "g.post_id"), local(select + " AND p.local", "g.post_id"),
        remote(select + " AND NOT p.local", "g.post_id");
    const auto& text = origin == Origin::any ? any : origin == Origin::local ? local : remote;
    return timeline_page(tx, text, w, {viewer, only_media, tag});
}

Result<std::vector<TimelineRow>> link_page(Tx& tx, std::optional<Id> viewer, Id link, const Window& w) {
    static const PageText text("SELECT p.id, p.id, NULL, NULL FROM post_link g JOIN post p ON p.id = g.post_id WHERE "
                               "g.link_id = $5 AND p.visibility = 0 AND " +
                                   std::string(not_silenced) + " AND " + visible_to("p", 4),
                               "g.post_id");
    return timeline_page(tx, text, w, {viewer, link});
}

Result<std::vector<TimelineRow>> account_page(Tx& tx, std::optional<Id> viewer, Id actor,
                                              const AccountPageFilter& filter, const Window& w) {
    static const std::string posts =
        "SELECT p.id, p.id, NULL, NULL FROM post p WHERE p.actor_id = $5 AND " +
        visible_to("p", 4) +
        " AND (CAST($6 AS BIGINT) IS NULL OR EXISTS (SELECT 1 FROM post_tag g WHERE g.post_id = "
        "p.id AND g.tag_id = $6)) "
        "AND (NOT $7 OR " +
        std::string(has_media) + ")";
    // Replies to oneself are a thread, not a conversation with others: they stay.
    static const PageText all(posts, "p.id"),
        no_replies(posts +
                       " AND ((p.in_reply_to_id IS NULL AND p.in_reply_to_ap_id = '') OR "
                       "p.in_reply_to_actor_id = p.actor_id)",
                   "p.id");
    static const PageText boosts(
        "SELECT b.id, b.post_id, b.id, NULL FROM boost b JOIN post p ON p.id = b.post_id "
        "WHERE b.actor_id = $5 AND b.visibility <= 1 AND " +
            visible_to("p", 4),
        "b.id");
    auto own = TRY(timeline_page(tx, filter.exclude_replies ? no_replies : all, w,
                                 {viewer, actor, filter.tag, filter.only_media}));
    if (filter.exclude_boosts || filter.only_media || filter.tag) return own;
    return merge(std::move(own), TRY(timeline_page(tx, boosts, w, {viewer, actor})), w);
}

}  // namespace kith::repo
