#include "storage/repo/group_moves.hpp"

#include "storage/repo/posts.hpp"
#include "storage/repo/threads.hpp"

namespace kith::repo {

using model::GroupMove;
using model::GroupMoveState;
using sql::Tx;

namespace {

constexpr const char* move_select =
    "SELECT group_id, arrives, other_id, state, ap_id, part, page, attempts, copied, error, started_at, moved_at FROM group_move ";

GroupMove move_from(const sql::Rows::Row& row) {
    return {.group_id = row.integer(0),
            .arrives = row.boolean(1),
            .other_id = row.integer(2),
            .state = GroupMoveState(row.integer(3)),
            .ap_id = row.str(4),
            .part = int(row.integer(5)),
            .page = row.str(6),
            .attempts = int(row.integer(7)),
            .copied = row.integer(8),
            .error = row.str(9),
            .started_at = row.integer(10),
            .moved_at = row.maybe_integer(11)};
}

MemberRow expected_from(const sql::Rows::Row& row) {
    return {.actor_id = 0, .ap_id = row.str(0), .role = model::GroupRole(row.integer(1)), .joined_at = row.integer(2)};
}

constexpr const char* vote_select = "SELECT post_ap_id, actor_ap_id, kind, ap_id, at, counted FROM carried_vote ";

CarriedVote vote_from(const sql::Rows::Row& row) {
    return {row.str(0), row.str(1), model::ReactionKind(row.integer(2)), row.str(3), row.integer(4), row.boolean(5)};
}

Result<std::optional<CarriedVote>> one_vote(Result<sql::Rows> found) {
    const auto rows = TRY(std::move(found));
    if (rows.empty()) return std::optional<CarriedVote>{};
    return std::optional(vote_from(rows[0]));
}

Result<std::vector<Id>> ids_of(Result<sql::Rows> found) {
    const auto rows = TRY(std::move(found));
    std::vector<Id> out;
    for (const auto& row : rows) out.push_back(row.integer(0));
    return out;
}

}  // namespace

Result<> put_group_move(Tx& tx, const GroupMove& m) {
    TRY(tx.execute("INSERT INTO group_move (group_id, arrives, other_id, state, ap_id, part, page, attempts, copied, error, "
                   "started_at, moved_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) ON CONFLICT (group_id) DO "
                   "UPDATE SET arrives = $2, other_id = $3, state = $4, ap_id = $5, part = $6, page = $7, attempts = $8, copied = "
                   "$9, error = $10, started_at = $11, moved_at = $12",
                   {m.group_id, m.arrives, m.other_id, int(m.state), m.ap_id, m.part, m.page, m.attempts, m.copied, m.error,
                    m.started_at, m.moved_at}));
    return {};
}

Result<std::optional<GroupMove>> find_group_move(Tx& tx, Id group) {
    static const auto text = std::string(move_select) + "WHERE group_id = $1";
    const auto rows = TRY(tx.query(text, {group}));
    if (rows.empty()) return std::optional<GroupMove>{};
    return std::optional(move_from(rows[0]));
}

Result<std::optional<GroupMove>> find_group_move_by_ap_id(Tx& tx, std::string_view ap_id) {
    static const auto text = std::string(move_select) + "WHERE ap_id = $1";
    const auto rows = TRY(tx.query(text, {ap_id}));
    if (rows.empty()) return std::optional<GroupMove>{};
    return std::optional(move_from(rows[0]));
}

Result<> remove_group_move(Tx& tx, Id group) {
    TRY(tx.execute("DELETE FROM group_move WHERE group_id = $1", {group}));
    return {};
}

Result<std::vector<GroupMove>> group_moves(Tx& tx, int limit) {
    static const auto text = std::string(move_select) + "ORDER BY started_at DESC, group_id LIMIT $1";
    std::vector<GroupMove> out;
    for (const auto& row : TRY(tx.query(text, {limit}))) out.push_back(move_from(row));
    return out;
}

Result<bool> moved_from_here_to(Tx& tx, Id target, TimeMs posted_at) {
    return !TRY(tx.query("SELECT 1 FROM group_move WHERE other_id = $1 AND NOT arrives AND moved_at >= $2 LIMIT 1",
                         {target, posted_at}))
                .empty();
}

Result<std::vector<MemberRow>> members_page(Tx& tx, Id group, Id after, int limit) {
    std::vector<MemberRow> out;
    for (const auto& row :
         TRY(tx.query("SELECT m.actor_id, a.ap_id, m.role, m.joined_at FROM membership m JOIN actor a ON a.id = m.actor_id WHERE "
                      "m.group_id = $1 AND m.actor_id > $2 AND m.left_at IS NULL AND a.deleted_at IS NULL ORDER BY m.actor_id LIMIT $3",
                      {group, after, limit})))
        out.push_back({row.integer(0), row.str(1), model::GroupRole(row.integer(2)), row.integer(3)});
    return out;
}

Result<std::vector<BanRow>> bans_page(Tx& tx, Id group, Id after, int limit) {
    std::vector<BanRow> out;
    for (const auto& row : TRY(tx.query("SELECT b.actor_id, b.ap_id, b.expires_at, b.at, a.ap_id FROM group_ban b JOIN actor a ON a.id "
                                        "= b.actor_id WHERE b.group_id = $1 AND b.actor_id > $2 ORDER BY b.actor_id LIMIT $3",
                                        {group, after, limit})))
        out.push_back({{group, row.integer(0), row.str(1), row.maybe_integer(2), row.integer(3)}, row.str(4)});
    return out;
}

Result<std::vector<HistoryRow>> history_page(Tx& tx, Id group, Id after, int limit) {
    static const auto text = "SELECT " + post_columns +
                             ", t.ap_id, p.removed_at, p.locked, e.id FROM post p JOIN actor a ON a.id = p.actor_id JOIN post t ON "
                             "t.id = p.thread_id LEFT JOIN group_entry e ON e.group_id = $1 AND e.post_id = p.id WHERE p.group_id = $1 "
                             "AND p.id > $2 AND p.deleted_at IS NULL AND a.deleted_at IS NULL AND a.suspended_at IS NULL ORDER BY p.id "
                             "LIMIT $3";
    std::vector<HistoryRow> out;
    for (const auto& row : TRY(tx.query(text, {group, after, limit})))
        out.push_back({post_from(row), row.str(post_column_count), !row.is_null(post_column_count + 1),
                       row.boolean(post_column_count + 2), row.maybe_integer(post_column_count + 3)});
    return out;
}

Result<std::vector<GroupVote>> group_votes_page(Tx& tx, Id group, Id after_post, Id after_actor,
                                                int limit) {
    std::vector<GroupVote> out;
    for (const auto& row :
         TRY(tx.query("SELECT r.post_id, r.actor_id, p.ap_id, a.ap_id, r.kind, r.ap_id, r.created_at FROM post p JOIN reaction r ON "
                      "r.post_id = p.id JOIN actor a ON a.id = r.actor_id WHERE p.group_id = $1 AND p.deleted_at IS NULL AND (p.id > $2 "
                      "OR (p.id = $2 AND r.actor_id > $3)) AND p.id >= $2 ORDER BY p.id, r.actor_id LIMIT $4",
                      {group, after_post, after_actor, limit})))
        out.push_back({row.integer(0), row.integer(1), row.str(2), row.str(3),
                       {row.integer(1), row.integer(0), model::ReactionKind(row.integer(4)), row.str(5), row.integer(6)}});
    return out;
}

Result<> expect_member(Tx& tx, Id group, const MemberRow& m) {
    TRY(tx.execute("INSERT INTO expected_member (group_id, ap_id, role, joined_at) VALUES ($1, $2, $3, $4) ON CONFLICT (group_id, "
                   "ap_id) DO UPDATE SET role = $3, joined_at = $4",
                   {group, m.ap_id, int(m.role), m.joined_at}));
    return {};
}

Result<std::optional<MemberRow>> take_expected_member(Tx& tx, Id group, std::string_view ap_id) {
    const auto rows = TRY(tx.query("DELETE FROM expected_member WHERE group_id = $1 AND ap_id = $2 RETURNING ap_id, role, joined_at",
                                   {group, ap_id}));
    if (rows.empty()) return std::optional<MemberRow>{};
    return std::optional(expected_from(rows[0]));
}

Result<> set_membership(Tx& tx, Id group, Id actor, model::GroupRole role, TimeMs joined_at) {
    TRY(tx.execute("UPDATE membership SET role = $3, joined_at = $4 WHERE group_id = $1 AND actor_id = $2", {group, actor, int(role), joined_at}));
    return {};
}

Result<bool> is_expected_member(Tx& tx, Id group, std::string_view ap_id) {
    return !TRY(tx.query("SELECT 1 FROM expected_member WHERE group_id = $1 AND ap_id = $2", {group, ap_id})).empty();
}

Result<> await_post(Tx& tx, const AwaitedPost& p) {
    TRY(tx.execute("INSERT INTO awaited_post (group_id, ap_id, item, at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
                   {p.group_id, p.ap_id, p.item, p.at}));
    return {};
}

Result<std::vector<AwaitedPost>> awaited_posts(Tx& tx, Id group, std::string_view after, int limit) {
    std::vector<AwaitedPost> out;
    for (const auto& row : TRY(tx.query("SELECT group_id, ap_id, item, at FROM awaited_post WHERE group_id = $1 AND ap_id > $2 ORDER "
                                        "BY ap_id LIMIT $3",
                                        {group, after, limit})))
        out.push_back({row.integer(0), row.str(1), row.str(2), row.integer(3)});
    return out;
}

Result<> forget_awaited_post(Tx& tx, Id group, std::string_view ap_id) {
    TRY(tx.execute("DELETE FROM awaited_post WHERE group_id = $1 AND ap_id = $2", {group, ap_id}));
    return {};
}

Result<> carry_vote(Tx& tx, const CarriedVote& v) {
    TRY(tx.execute("INSERT INTO carried_vote (post_ap_id, actor_ap_id, kind, ap_id, at, counted) VALUES ($1, $2, $3, $4, $5, FALSE) "
                   "ON CONFLICT DO NOTHING",
                   {v.post_ap_id, v.actor_ap_id, int(v.kind), v.ap_id, v.at}));
    return {};
}

Result<std::vector<CarriedVote>> uncounted_votes(Tx& tx, std::string_view post_ap_id, int limit) {
    static const auto text = std::string(vote_select) + "WHERE post_ap_id = $1 AND NOT counted LIMIT $2";
    std::vector<CarriedVote> out;
    for (const auto& row : TRY(tx.query(text, {post_ap_id, limit}))) out.push_back(vote_from(row));
    return out;
}

Result<> set_vote_counted(Tx& tx, const CarriedVote& v) {
    TRY(tx.execute("UPDATE carried_vote SET counted = TRUE WHERE post_ap_id = $1 AND actor_ap_id = $2", {v.post_ap_id, v.actor_ap_id}));
    return {};
}

Result<> remove_carried_vote(Tx& tx, const CarriedVote& v) {
    TRY(tx.execute("DELETE FROM carried_vote WHERE post_ap_id = $1 AND actor_ap_id = $2", {v.post_ap_id, v.actor_ap_id}));
    return {};
}

Result<std::optional<CarriedVote>> find_carried_vote(Tx& tx, std::string_view post_ap_id, std::string_view actor_ap_id) {
    static const auto text = std::string(vote_select) + "WHERE post_ap_id = $1 AND actor_ap_id = $2";
    return one_vote(tx.query(text, {post_ap_id, actor_ap_id}));
}

Result<std::optional<CarriedVote>> find_carried_vote_by_ap_id(Tx& tx, std::string_view ap_id) {
    static const auto text = std::string(vote_select) + "WHERE ap_id = $1 LIMIT 1";
    return one_vote(tx.query(text, {ap_id}));
}

Result<std::vector<Id>> posts_in_group(Tx& tx, Id group, int limit) {
    return ids_of(tx.query("SELECT id FROM post WHERE group_id = $1 ORDER BY id LIMIT $2", {group, limit}));
}

Result<std::vector<Id>> posts_in_thread(Tx& tx, Id thread, Id after, int limit) {
    return ids_of(tx.query("SELECT id FROM post WHERE thread_id = $1 AND id > $2 ORDER BY id LIMIT $3", {thread, after, limit}));
}

Result<> set_place(Tx& tx, Id post, Id group) {
    TRY(tx.execute("UPDATE post SET group_id = $2 WHERE id = $1", {post, group}));
    TRY(tx.execute("UPDATE thread SET group_id = $2 WHERE post_id = $1", {post, group}));
    TRY(tx.execute("UPDATE gathering SET group_id = $2 WHERE post_id = $1", {post, group}));
    return add_audience(tx, post, group);
}

Result<> clear_place(Tx& tx, Id post) {
    TRY(tx.execute("UPDATE post SET group_id = NULL WHERE id = $1", {post}));
    TRY(tx.execute("UPDATE gathering SET group_id = NULL WHERE post_id = $1", {post}));
    TRY(tx.execute("DELETE FROM thread WHERE post_id = $1", {post}));
    return {};
}

Result<> remove_entry_of(Tx& tx, Id group, Id post) {
    TRY(tx.execute("DELETE FROM group_entry WHERE group_id = $1 AND post_id = $2", {group, post}));
    return {};
}

Result<> move_entry(Tx& tx, Id from_group, Id post, Id to_group, std::string_view ap_id) {
    TRY(tx.execute("UPDATE group_entry SET group_id = $3, ap_id = CASE WHEN $4 = '' THEN ap_id ELSE $4 END WHERE group_id = $1 AND "
                   "post_id = $2 AND NOT EXISTS (SELECT 1 FROM group_entry o WHERE o.group_id = $3 AND o.post_id = $2)",
                   {from_group, post, to_group, ap_id}));
    return remove_entry_of(tx, from_group, post);
}

Result<> recount_thread(Tx& tx, Id post) {
    TRY(tx.execute("UPDATE thread SET comments = (SELECT COUNT(*) FROM post c WHERE c.thread_id = $1 AND c.id <> $1 AND c.deleted_at IS "
                   "NULL), newest_comment_at = COALESCE((SELECT MAX(c.published_at) FROM post c WHERE c.thread_id = $1 AND c.deleted_at IS NULL), newest_comment_at) "
                   "WHERE post_id = $1",
                   {post}));
    return rank_thread(tx, post);
}

Result<> place_orphan(Tx& tx, Id post, Id thread) {
    TRY(tx.execute("UPDATE post SET thread_id = $2 WHERE id = $1 AND in_reply_to_id IS NULL AND in_reply_to_ap_id <> ''", {post, thread}));
    return {};
}

Result<std::int64_t> move_group_rows(Tx& tx, Id from, Id to, int limit) {
    TRY(tx.execute("INSERT INTO group_ban (group_id, actor_id, ap_id, expires_at, at) SELECT CAST($2 AS BIGINT), b.actor_id, b.ap_id, b.expires_at, "
                   "b.at FROM group_ban b WHERE b.group_id = $1 ORDER BY b.actor_id LIMIT $3 ON CONFLICT DO NOTHING",
                   {from, to, limit}));
    TRY(tx.execute("DELETE FROM group_ban WHERE group_id = $1 AND actor_id IN (SELECT actor_id FROM group_ban WHERE group_id = $1 "
                   "ORDER BY actor_id LIMIT $2)",
                   {from, limit}));
    TRY(tx.execute("INSERT INTO post_pin (actor_id, post_id, created_at) SELECT CAST($2 AS BIGINT), n.post_id, n.created_at FROM post_pin n WHERE "
                   "n.actor_id = $1 ON CONFLICT DO NOTHING",
                   {from, to}));
    TRY(tx.execute("DELETE FROM post_pin WHERE actor_id = $1", {from}));
    return TRY(tx.execute("UPDATE group_act SET group_id = $2 WHERE id IN (SELECT id FROM group_act WHERE group_id = $1 ORDER BY id "
                          "LIMIT $3)",
                          {from, to, limit}));
}

Result<> move_act(Tx& tx, std::string_view ap_id, Id from_group, Id to_group) {
    TRY(tx.execute("UPDATE group_act SET group_id = $3 WHERE ap_id = $1 AND group_id = $2", {ap_id, from_group, to_group}));
    return {};
}

Result<std::optional<model::Post>> find_thread_by_context(Tx& tx, std::string_view context_url) {
    const auto ids = TRY(ids_of(tx.query("SELECT id FROM post WHERE context_url = $1 AND context_url <> '' AND thread_id = id LIMIT 1", {context_url})));
    return ids.empty() ? Result<std::optional<model::Post>>(std::nullopt) : find_post(tx, ids.front());
}

Result<> note_moved_thread(Tx& tx, Id post, Id from_group, TimeMs at) {
    TRY(tx.execute("INSERT INTO moved_thread (post_id, from_group_id, at) VALUES ($1, $2, $3) ON CONFLICT (post_id, from_group_id) DO "
                   "UPDATE SET at = $3",
                   {post, from_group, at}));
    return {};
}

Result<bool> was_thread_of(Tx& tx, Id post, Id group) {
    return !TRY(tx.query("SELECT 1 FROM moved_thread WHERE post_id = $1 AND from_group_id = $2", {post, group})).empty();
}

}  // namespace kith::repo
