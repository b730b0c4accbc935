#include "storage/repo/groups.hpp"

#include "storage/repo/actors.hpp"
#include "storage/repo/ids.hpp"
#include "storage/repo/like_pattern.hpp"

namespace kith::repo {

using model::GroupSettings;
using model::Membership;
using sql::Rows;
using sql::Tx;

namespace {

Membership membership_from(const Rows::Row& row) {
    return {row.integer(0), row.integer(1), model::GroupRole(row.integer(2)), row.integer(3),
            row.maybe_integer(4)};
}

constexpr const char* entry_select = "SELECT id, group_id, post_id, ap_id FROM group_entry ";

GroupEntry entry_from(const Rows::Row& row) {
    return {row.integer(0), row.integer(1), row.integer(2), row.str(3)};
}

Result<std::optional<GroupEntry>> one_entry(Result<Rows> found) {
    auto rows = TRY(std::move(found));
    if (rows.empty()) return std::optional<GroupEntry>{};
    return entry_from(rows[0]);
}

}  // namespace

Result<> insert_group(Tx& tx, const GroupSettings& g) {
    TRY(tx.execute(
        "INSERT INTO community (group_id, posting, owner_id, created_at) VALUES ($1, $2, $3, $4)",
        {g.group_id, int(g.posting), g.owner_id, g.created_at}));
    return {};
}

Result<std::optional<GroupSettings>> find_group(Tx& tx, Id group) {
    auto rows = TRY(tx.query(
        "SELECT group_id, posting, owner_id, created_at FROM community WHERE group_id = $1",
        {group}));
    if (rows.empty()) return std::optional<GroupSettings>{};
    return GroupSettings{rows[0].integer(0), model::PostingPolicy(rows[0].integer(1)),
                         rows[0].integer(2), rows[0].integer(3)};
}

Result<> set_group_owner(Tx& tx, Id group, Id owner) {
    TRY(tx.execute("UPDATE community SET owner_id = $2 WHERE group_id = $1", {group, owner}));
    return {};
}

Result<std::vector<model::Actor>> local_groups(Tx& tx, int limit) {
    static const auto text =
        "SELECT " + actor_columns +
        " FROM actor a JOIN community c ON c.group_id = a.id WHERE a.deleted_at IS NULL "
        "AND a.suspended_at IS NULL AND NOT EXISTS (SELECT 1 FROM group_profile gp WHERE gp.group_id = a.id AND gp.visibility IN (1, 2)) "
        "ORDER BY a.followers_count DESC, a.id LIMIT $1";
    auto rows = TRY(tx.query(text, {limit}));
    std::vector<model::Actor> out;
    for (const auto& row : rows) out.push_back(actor_from(row));
    return out;
}

namespace {

std::string order_of(GroupListOrder order) {
    switch (order) {
        case GroupListOrder::newest:
            return "a.created_at DESC, ";
        case GroupListOrder::oldest:
            return "a.created_at, ";
        case GroupListOrder::name:
            return "a.username_folded, ";
        case GroupListOrder::name_backwards:
            return "a.username_folded DESC, ";
        case GroupListOrder::members:
            break;
    }
    return "a.followers_count DESC, ";
}

}  // namespace

Result<std::vector<model::Actor>> groups_by_members(Tx& tx, const GroupSearch& q) {
    auto text =
        "SELECT " + actor_columns +
        " FROM actor a WHERE a.kind = 1 AND a.deleted_at IS NULL AND a.suspended_at IS NULL AND (NOT $1 OR a.local) AND "
        "(CAST($2 AS BIGINT) IS NULL OR EXISTS (SELECT 1 FROM follow f WHERE f.follower_id = $2 AND f.followed_id = a.id)) AND "
        "(CAST($3 AS BIGINT) IS NULL OR EXISTS (SELECT 1 FROM membership m WHERE m.group_id = a.id AND m.actor_id = $3 AND "
        "m.left_at IS NULL AND m.role >= 2) OR EXISTS (SELECT 1 FROM remote_moderator r WHERE r.group_id = a.id AND r.actor_id = "
        "$3)) AND ($4 = '' OR a.username_folded LIKE $4 ESCAPE '\\' OR LOWER(a.name) LIKE $4 ESCAPE '\\') AND "
        "(a.local OR NOT a.silenced OR CAST($2 AS BIGINT) IS NOT NULL) AND (CAST($8 AS BIGINT) IS NULL OR EXISTS (SELECT 1 FROM "
        "multi_community_entry e WHERE e.multi_id = $8 AND e.group_id = a.id)) AND (CAST($2 AS BIGINT) IS NOT NULL OR CAST($3 AS BIGINT) "
        "IS NOT NULL OR NOT EXISTS (SELECT 1 FROM group_profile gp WHERE gp.group_id = a.id AND (gp.visibility = 1 OR gp.visibility = 2 "
        "AND CAST($7 AS BIGINT) IS NULL))) ";
    if (!q.with_sensitive)
        text += "AND NOT a.sensitized AND NOT EXISTS (SELECT 1 FROM group_profile gs WHERE gs.group_id = a.id AND gs.sensitive) ";
    text += "ORDER BY " + order_of(q.order) + "a.id LIMIT $5 OFFSET $6";
    std::vector<model::Actor> out;
    for (const auto& row : TRY(tx.query(text, {q.local, q.follower_id, q.moderator_id, like_pattern(q.words), q.limit, q.offset, q.viewer_id, q.multi_id})))
        out.push_back(actor_from(row));
    return out;
}

Result<> set_group_posting(Tx& tx, Id group, model::PostingPolicy posting) {
    TRY(tx.execute("UPDATE community SET posting = $2 WHERE group_id = $1", {group, int(posting)}));
    return {};
}

Result<> join_group(Tx& tx, Id group, Id actor, TimeMs at) {
    TRY(
        tx.execute("INSERT INTO membership (group_id, actor_id, role, joined_at, left_at) VALUES "
                   "($1, $2, 0, $3, NULL) "
                   "ON CONFLICT (group_id, actor_id) DO UPDATE SET left_at = NULL",
                   {group, actor, at}));
    return {};
}

Result<bool> leave_group(Tx& tx, Id group, Id actor, TimeMs at) {
    // The role goes too: who comes back comes back as a member.
    return TRY(tx.execute("UPDATE membership SET left_at = $3, role = 0 WHERE group_id = $1 AND "
                          "actor_id = $2 AND left_at IS NULL",
                          {group, actor, at})) == 1;
}

Result<> set_group_role(Tx& tx, Id group, Id actor, model::GroupRole role) {
    TRY(tx.execute("UPDATE membership SET role = $3 WHERE group_id = $1 AND actor_id = $2",
                   {group, actor, int(role)}));
    return {};
}

Result<std::optional<Membership>> find_membership(Tx& tx, Id group, Id actor) {
    auto rows =
        TRY(tx.query("SELECT group_id, actor_id, role, joined_at, left_at FROM membership WHERE "
                     "group_id = $1 AND actor_id = $2",
                     {group, actor}));
    if (rows.empty()) return std::optional<Membership>{};
    return membership_from(rows[0]);
}

Result<std::vector<Membership>> memberships(Tx& tx, Id group) {
    auto rows = TRY(tx.query(
        "SELECT group_id, actor_id, role, joined_at, left_at FROM membership WHERE group_id = $1 "
        "ORDER BY joined_at, actor_id",
        {group}));
    std::vector<Membership> out;
    for (const auto& row : rows) out.push_back(membership_from(row));
    return out;
}

Result<std::vector<model::Actor>> group_moderators(Tx& tx, Id group) {
    static const auto text =
        "SELECT " + actor_columns +
        " FROM membership m JOIN actor a ON a.id = m.actor_id WHERE m.group_id = $1 AND "
        "m.role >= 2 AND m.left_at IS NULL ORDER BY m.role DESC, m.joined_at, a.id";
    auto rows = TRY(tx.query(text, {group}));
    std::vector<model::Actor> out;
    for (const auto& row : rows) out.push_back(actor_from(row));
    return out;
}

Result<bool> add_group_entry(Tx& tx, const GroupEntry& e) {
    return TRY(tx.execute("INSERT INTO group_entry (group_id, id, post_id, ap_id) VALUES ($1, $2, "
                          "$3, $4) ON CONFLICT DO NOTHING",
                          {e.group_id, e.id, e.post_id, e.ap_id})) == 1;
}

Result<std::optional<GroupEntry>> find_group_entry(Tx& tx, Id id) {
    static const auto text = std::string(entry_select) + "WHERE id = $1";
    return one_entry(tx.query(text, {id}));
}

Result<std::optional<GroupEntry>> find_group_entry_of(Tx& tx, Id group, Id post) {
    static const auto text = std::string(entry_select) + "WHERE group_id = $1 AND post_id = $2";
    return one_entry(tx.query(text, {group, post}));
}

Result<std::optional<GroupEntry>> find_group_entry_by_ap_id(Tx& tx, std::string_view ap_id) {
    static const auto text = std::string(entry_select) + "WHERE ap_id = $1 LIMIT 1";
    return one_entry(tx.query(text, {ap_id}));
}

Result<std::vector<GroupEntry>> group_entries_by_ids(Tx& tx, std::span<const Id> ids) {
    static const auto make = [](const sql::Dialect& d) {
        return std::string(entry_select) + "WHERE " + d.in_ids("id", 1);
    };
    auto rows = TRY(tx.query(make(tx.dialect()), {json_ids(ids)}));
    std::vector<GroupEntry> out;
    for (const auto& row : rows) out.push_back(entry_from(row));
    return out;
}

Result<std::int64_t> count_group_entries(Tx& tx, Id group) {
    auto rows = TRY(tx.query("SELECT COUNT(*) FROM group_entry WHERE group_id = $1", {group}));
    return rows[0].integer(0);
}

}  // namespace kith::repo
