#include "storage/repo/group_acts.hpp"

#include "storage/repo/actors.hpp"
#include "storage/repo/comment_marks.hpp"
#include "storage/repo/window.hpp"
#include "storage/repo/visibility.hpp"

#include <algorithm>

namespace kith::repo {

using model::Actor;
using model::GroupAct;
using model::GroupActKind;
using model::GroupBan;
using sql::Tx;

namespace {

const std::string columns = "g.id, g.kind, g.group_id, g.moderator_id, g.post_id, g.target_id, g.reason, g.expires_at, "
                            "g.with_posts, g.ap_id, g.undoes_id, g.at, g.rule, g.role, g.given_role, g.quiet";

GroupAct act_from(const sql::Rows::Row& row) {
    return {.id = row.integer(0),
            .kind = GroupActKind(row.integer(1)),
            .group_id = row.integer(2),
            .moderator_id = row.integer(3),
            .post_id = row.maybe_integer(4),
            .target_id = row.maybe_integer(5),
            .reason = row.str(6),
            .expires_at = row.maybe_integer(7),
            .with_posts = row.boolean(8),
            .ap_id = row.str(9),
            .undoes_id = row.maybe_integer(10),
            .at = row.integer(11),
            .rule = row.str(12),
            .role = model::TeamRole(row.integer(13)),
            .given_role = model::TeamRole(row.integer(14)),
            .quiet = row.boolean(15)};
}

Result<std::optional<GroupAct>> one(Result<sql::Rows> found) {
    const auto rows = TRY(std::move(found));
    if (rows.empty()) return std::optional<GroupAct>{};
    return std::optional(act_from(rows[0]));
}

}  // namespace

Result<bool> add_group_act(Tx& tx, const GroupAct& a) {
    return TRY(tx.execute("INSERT INTO group_act (id, kind, group_id, moderator_id, post_id, target_id, reason, expires_at, "
                          "with_posts, ap_id, undoes_id, at, rule, role, given_role, quiet) VALUES ($1, $2, $3, $4, $5, $6, "
                          "$7, $8, $9, $10, $11, $12, $13, $14, $15, $16) ON CONFLICT (ap_id) DO NOTHING",
                          {a.id, int(a.kind), a.group_id, a.moderator_id, a.post_id, a.target_id, a.reason, a.expires_at,
                           a.with_posts, a.ap_id, a.undoes_id, a.at, a.rule, int(a.role), int(a.given_role), a.quiet})) == 1;
}

Result<std::optional<GroupAct>> find_group_act(Tx& tx, Id id) {
    static const auto text = "SELECT " + columns + " FROM group_act g WHERE g.id = $1";
    return one(tx.query(text, {id}));
}

Result<std::optional<GroupAct>> find_group_act_by_ap_id(Tx& tx, std::string_view ap_id) {
    static const auto text = "SELECT " + columns + " FROM group_act g WHERE g.ap_id = $1";
    return one(tx.query(text, {ap_id}));
}

Result<std::optional<GroupAct>> last_counterpart(Tx& tx, const GroupAct& act) {
    static const auto text = "SELECT " + columns +
                             " FROM group_act g WHERE g.group_id = $1 AND g.kind = $2 AND (CAST($3 AS BIGINT) IS NULL OR "
                             "g.post_id = $3) AND (CAST($4 AS BIGINT) IS NULL OR g.target_id = $4) ORDER BY g.id DESC LIMIT 1";
    return one(tx.query(text, {act.group_id, int(model::counterpart(act.kind)), act.post_id, act.post_id ? std::nullopt : act.target_id}));
}

Result<std::vector<GroupAct>> group_acts_page(Tx& tx, const GroupActFilter& filter, const Window& w) {
    static const PageText text(
        "SELECT " + columns +
            " FROM group_act g JOIN actor a ON a.id = g.group_id WHERE (CAST($4 AS BIGINT) IS NULL AND a.local AND NOT "
            "EXISTS (SELECT 1 FROM group_profile gp WHERE gp.group_id = a.id AND gp.visibility = 2) OR g.group_id = $4) "
            "AND (CAST($5 AS BIGINT) IS NULL OR g.post_id = $5) AND (CAST($6 AS BIGINT) IS NULL OR g.target_id = $6) "
            "AND (CAST($7 AS BIGINT) IS NULL OR g.moderator_id = $7) AND ($8 OR NOT g.quiet) "
            "AND ($9 OR g.target_id = $10 OR NOT EXISTS (SELECT 1 FROM group_profile gc WHERE gc.group_id = a.id AND gc.visibility = 3) "
            "OR EXISTS (SELECT 1 FROM follow gf WHERE gf.follower_id = CAST($10 AS BIGINT) AND gf.followed_id = a.id AND gf.state = 1 AND " +
            reads_followed("gf") + "))",
        "g.id");
    std::vector<GroupAct> out;
    for (const auto& row : TRY(page_rows(tx, text, w, {filter.group_id, filter.post_id, filter.target_id, filter.moderator_id, filter.with_quiet,
                                                   filter.with_closed, filter.reader})))
        out.push_back(act_from(row));
    if (w.ascending) std::reverse(out.begin(), out.end());
    return out;
}

Result<bool> set_post_removed(Tx& tx, Id post, std::optional<TimeMs> at) {
    if (!at) return TRY(tx.execute("UPDATE post SET removed_at = NULL WHERE id = $1 AND removed_at IS NOT NULL", {post})) == 1;
    TRY(forget_answer(tx, post));
    return TRY(tx.execute("UPDATE post SET removed_at = $2 WHERE id = $1 AND removed_at IS NULL", {post, *at})) == 1;
}

Result<bool> set_post_locked(Tx& tx, Id post, bool locked) {
    return TRY(tx.execute("UPDATE post SET locked = $2 WHERE id = $1 AND locked <> $2", {post, locked})) == 1;
}

Result<PostState> post_state(Tx& tx, Id post) {
    const auto rows = TRY(tx.query("SELECT p.removed_at, p.locked OR COALESCE(r.locked, FALSE) FROM post p LEFT JOIN post r ON "
                                   "r.id = p.thread_id WHERE p.id = $1",
                                   {post}));
    if (rows.empty()) return PostState{};
    return PostState{!rows[0].is_null(0), rows[0].boolean(1)};
}

Result<std::vector<Id>> posts_in_group_of(Tx& tx, Id group, Id author, int limit) {
    std::vector<Id> out;
    for (const auto& row : TRY(tx.query("SELECT id FROM post WHERE actor_id = $2 AND group_id = $1 AND removed_at IS NULL AND "
                                        "deleted_at IS NULL ORDER BY id DESC LIMIT $3",
                                        {group, author, limit})))
        out.push_back(row.integer(0));
    return out;
}

Result<std::vector<Id>> posts_removed_at(Tx& tx, Id group, Id author, TimeMs at, int limit) {
    std::vector<Id> out;
    for (const auto& row : TRY(tx.query("SELECT id FROM post WHERE actor_id = $2 AND group_id = $1 AND removed_at = $3 AND deleted_at IS "
                                        "NULL ORDER BY id DESC LIMIT $4",
                                        {group, author, at, limit})))
        out.push_back(row.integer(0));
    return out;
}

Result<bool> has_post_in_group(Tx& tx, Id group, Id author) {
    return !TRY(tx.query("SELECT 1 FROM post WHERE actor_id = $2 AND group_id = $1 AND deleted_at IS NULL LIMIT 1", {group, author})).empty();
}

Result<> put_group_ban(Tx& tx, const GroupBan& b) {
    TRY(tx.execute("INSERT INTO group_ban (group_id, actor_id, ap_id, expires_at, at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT "
                   "(group_id, actor_id) DO UPDATE SET ap_id = excluded.ap_id, expires_at = excluded.expires_at, at = "
                   "excluded.at",
                   {b.group_id, b.actor_id, b.ap_id, b.expires_at, b.at}));
    return {};
}

Result<bool> remove_group_ban(Tx& tx, Id group, Id actor) {
    return TRY(tx.execute("DELETE FROM group_ban WHERE group_id = $1 AND actor_id = $2", {group, actor})) == 1;
}

Result<bool> is_banned(Tx& tx, Id group, Id actor, TimeMs now) {
    return !TRY(tx.query("SELECT 1 FROM group_ban WHERE group_id = $1 AND actor_id = $2 AND (expires_at IS NULL OR expires_at "
                         "> $3)",
                         {group, actor, now}))
                .empty();
}

Result<std::vector<GroupBan>> group_bans(Tx& tx, Id group, TimeMs now, int limit) {
    std::vector<GroupBan> out;
    for (const auto& row : TRY(tx.query("SELECT actor_id, ap_id, expires_at, at FROM group_ban WHERE group_id = $1 AND "
                                        "(expires_at IS NULL OR expires_at > $2) ORDER BY at DESC, actor_id LIMIT $3",
                                        {group, now, limit})))
        out.push_back({group, row.integer(0), row.str(1), row.maybe_integer(2), row.integer(3)});
    return out;
}

Result<> put_remote_moderators(Tx& tx, Id group, std::span<const Id> in_order) {
    TRY(tx.execute("DELETE FROM remote_moderator WHERE group_id = $1", {group}));
    int position = 0;
    for (const auto actor : in_order)
        TRY(tx.execute("INSERT INTO remote_moderator (group_id, actor_id, position) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
                       {group, actor, position++}));
    return {};
}

Result<bool> add_remote_moderator(Tx& tx, Id group, Id actor) {
    return TRY(tx.execute("INSERT INTO remote_moderator (group_id, actor_id, position) SELECT CAST($1 AS BIGINT), CAST($2 AS "
                          "BIGINT), COUNT(*) FROM remote_moderator WHERE group_id = $1 ON CONFLICT DO NOTHING",
                          {group, actor})) == 1;
}

Result<bool> remove_remote_moderator(Tx& tx, Id group, Id actor) {
    return TRY(tx.execute("DELETE FROM remote_moderator WHERE group_id = $1 AND actor_id = $2", {group, actor})) == 1;
}

Result<std::vector<Actor>> remote_moderators(Tx& tx, Id group) {
    static const auto text = "SELECT " + actor_columns +
                             " FROM remote_moderator m JOIN actor a ON a.id = m.actor_id WHERE m.group_id = $1 AND "
                             "a.deleted_at IS NULL ORDER BY m.position, a.id";
    std::vector<Actor> out;
    for (const auto& row : TRY(tx.query(text, {group}))) out.push_back(actor_from(row));
    return out;
}

Result<bool> is_remote_moderator(Tx& tx, Id group, Id actor) {
    return !TRY(tx.query("SELECT 1 FROM remote_moderator WHERE group_id = $1 AND actor_id = $2", {group, actor})).empty();
}

Result<std::optional<Actor>> find_group_by_collection(Tx& tx, std::string_view url) {
    static const auto text = "SELECT " + actor_columns +
                             " FROM actor a WHERE a.kind = 1 AND a.deleted_at IS NULL AND (a.featured_url = $1 OR "
                             "a.moderators_url = $1) LIMIT 1";
    const auto rows = TRY(tx.query(text, {url}));
    if (rows.empty()) return std::optional<Actor>{};
    return std::optional(actor_from(rows[0]));
}

}  // namespace kith::repo
