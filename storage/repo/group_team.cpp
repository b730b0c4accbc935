#include "storage/repo/group_team.hpp"

#include "storage/repo/actors.hpp"
#include "storage/repo/window.hpp"

#include <algorithm>

namespace kith::repo {

using model::BanProposal;
using model::GroupActKind;
using model::GroupAppeal;
using model::GroupNote;
using model::TeamRole;
using sql::Tx;

namespace {

const std::string appeal_columns = "g.id, g.act_id, g.group_id, g.actor_id, g.text, g.at, g.decided_at, g.decided_by_id, "
                                   "g.accepted, g.answer";

GroupAppeal appeal_from(const sql::Rows::Row& row) {
    return {.id = row.integer(0),
            .act_id = row.integer(1),
            .group_id = row.integer(2),
            .actor_id = row.integer(3),
            .text = row.str(4),
            .at = row.integer(5),
            .decided_at = row.maybe_integer(6),
            .decided_by_id = row.maybe_integer(7),
            .accepted = row.boolean(8),
            .answer = row.str(9)};
}

Result<std::optional<GroupAppeal>> one_appeal(Result<sql::Rows> found) {
    const auto rows = TRY(std::move(found));
    if (rows.empty()) return std::optional<GroupAppeal>{};
    return std::optional(appeal_from(rows[0]));
}

GroupNote note_from(const sql::Rows::Row& row) {
    return {row.integer(0), row.integer(1), row.integer(2), row.integer(3), row.str(4), row.integer(5)};
}

const std::string proposal_select = "SELECT id, group_id, target_id, act_id, proposer_id, at, decided_at, decided_by_id FROM "
                                    "ban_proposal WHERE ";

BanProposal proposal_from(const sql::Rows::Row& row) {
    return {row.integer(0), row.integer(1),       row.integer(2),      row.integer(3), row.integer(4),
            row.integer(5), row.maybe_integer(6), row.maybe_integer(7)};
}

Result<std::optional<BanProposal>> one_proposal(Result<sql::Rows> found) {
    const auto rows = TRY(std::move(found));
    if (rows.empty()) return std::optional<BanProposal>{};
    return std::optional(proposal_from(rows[0]));
}

}  // namespace

Result<TeamRole> helper_role(Tx& tx, Id group, Id actor) {
    const auto rows = TRY(tx.query("SELECT role FROM group_team WHERE group_id = $1 AND actor_id = $2", {group, actor}));
    return rows.empty() ? TeamRole::none : TeamRole(rows[0].integer(0));
}

Result<> put_helper_role(Tx& tx, Id group, Id actor, TeamRole role, TimeMs at) {
    TRY(tx.execute("INSERT INTO group_team (group_id, actor_id, role, given_at) VALUES ($1, $2, $3, $4) ON CONFLICT (group_id, "
                   "actor_id) DO UPDATE SET role = excluded.role, given_at = excluded.given_at",
                   {group, actor, int(role), at}));
    return {};
}

Result<bool> remove_helper_role(Tx& tx, Id group, Id actor) {
    return TRY(tx.execute("DELETE FROM group_team WHERE group_id = $1 AND actor_id = $2", {group, actor})) == 1;
}

Result<std::vector<Helper>> helpers(Tx& tx, Id group) {
    static const auto text = "SELECT t.role, " + actor_columns +
                             " FROM group_team t JOIN actor a ON a.id = t.actor_id WHERE t.group_id = $1 AND a.deleted_at IS "
                             "NULL ORDER BY t.role DESC, t.given_at, a.id";
    std::vector<Helper> out;
    for (const auto& row : TRY(tx.query(text, {group}))) out.push_back({actor_from(row, 1), TeamRole(row.integer(0))});
    return out;
}

Result<bool> add_appeal(Tx& tx, const GroupAppeal& a) {
    return TRY(tx.execute("INSERT INTO group_appeal (id, act_id, group_id, actor_id, text, at) VALUES ($1, $2, $3, $4, $5, $6) "
                          "ON CONFLICT (act_id) DO NOTHING",
                          {a.id, a.act_id, a.group_id, a.actor_id, a.text, a.at})) == 1;
}

Result<> decide_appeal(Tx& tx, const GroupAppeal& a) {
    TRY(tx.execute("UPDATE group_appeal SET decided_at = $2, decided_by_id = $3, accepted = $4, answer = $5 WHERE id = $1",
                   {a.id, a.decided_at, a.decided_by_id, a.accepted, a.answer}));
    return {};
}

Result<std::optional<GroupAppeal>> find_appeal(Tx& tx, Id id) {
    static const auto text = "SELECT " + appeal_columns + " FROM group_appeal g WHERE g.id = $1";
    return one_appeal(tx.query(text, {id}));
}

Result<std::optional<GroupAppeal>> find_appeal_of(Tx& tx, Id act) {
    static const auto text = "SELECT " + appeal_columns + " FROM group_appeal g WHERE g.act_id = $1";
    return one_appeal(tx.query(text, {act}));
}

Result<std::vector<GroupAppeal>> appeals_page(Tx& tx, Id group, bool decided, const Window& w) {
    static const PageText text(
        "SELECT " + appeal_columns + " FROM group_appeal g WHERE g.group_id = $4 AND (g.decided_at IS NOT NULL) = $5", "g.id");
    std::vector<GroupAppeal> out;
    for (const auto& row : TRY(page_rows(tx, text, w, {group, decided}))) out.push_back(appeal_from(row));
    if (w.ascending) std::reverse(out.begin(), out.end());
    return out;
}

Result<> add_note(Tx& tx, const GroupNote& n) {
    TRY(tx.execute("INSERT INTO group_note (id, group_id, actor_id, author_id, text, at) VALUES ($1, $2, $3, $4, $5, $6)",
                   {n.id, n.group_id, n.actor_id, n.author_id, n.text, n.at}));
    return {};
}

Result<std::optional<GroupNote>> find_note(Tx& tx, Id id) {
    const auto rows = TRY(tx.query("SELECT id, group_id, actor_id, author_id, text, at FROM group_note WHERE id = $1", {id}));
    if (rows.empty()) return std::optional<GroupNote>{};
    return std::optional(note_from(rows[0]));
}

Result<> remove_note(Tx& tx, Id id) {
    TRY(tx.execute("DELETE FROM group_note WHERE id = $1", {id}));
    return {};
}

Result<std::vector<GroupNote>> notes_about(Tx& tx, Id group, Id actor, int limit) {
    std::vector<GroupNote> out;
    for (const auto& row : TRY(tx.query("SELECT id, group_id, actor_id, author_id, text, at FROM group_note WHERE group_id = $1 "
                                        "AND actor_id = $2 ORDER BY id DESC LIMIT $3",
                                        {group, actor, limit})))
        out.push_back(note_from(row));
    return out;
}

Result<std::int64_t> count_notes(Tx& tx, Id group, Id actor) {
    return TRY(tx.query("SELECT COUNT(*) FROM group_note WHERE group_id = $1 AND actor_id = $2", {group, actor}))[0].integer(0);
}

Result<std::int64_t> count_strikes(Tx& tx, Id group, Id actor, TimeMs since) {
    // What undid an act is a later one of the other kind about the same thing (model::counterpart).
    const auto rows = TRY(tx.query(
        "SELECT COUNT(*) FROM group_act g WHERE g.group_id = $1 AND g.target_id = $2 AND g.at >= $3 AND g.kind IN ($4, $5, $6) AND "
        "NOT EXISTS (SELECT 1 FROM group_act u WHERE u.group_id = g.group_id AND u.kind = g.kind + 1 AND u.id > g.id AND "
        "u.target_id = g.target_id AND COALESCE(u.post_id, 0) = COALESCE(g.post_id, 0))",
        {group, actor, since, int(GroupActKind::remove_post), int(GroupActKind::ban), int(GroupActKind::warn)}));
    return rows[0].integer(0);
}

Result<> add_proposal(Tx& tx, const BanProposal& p) {
    TRY(tx.execute("INSERT INTO ban_proposal (id, group_id, target_id, act_id, proposer_id, at) VALUES ($1, $2, $3, $4, $5, $6) "
                   "ON CONFLICT DO NOTHING",
                   {p.id, p.group_id, p.target_id, p.act_id, p.proposer_id, p.at}));
    return {};
}

Result<std::optional<BanProposal>> open_proposal(Tx& tx, Id group, Id target) {
    static const auto text = proposal_select + "group_id = $1 AND target_id = $2 AND decided_at IS NULL";
    return one_proposal(tx.query(text, {group, target}));
}

Result<std::optional<BanProposal>> find_proposal(Tx& tx, Id id) {
    static const auto text = proposal_select + "id = $1";
    return one_proposal(tx.query(text, {id}));
}

Result<std::optional<BanProposal>> find_proposal_of(Tx& tx, Id group, Id act) {
    static const auto text = proposal_select + "group_id = $1 AND act_id = $2";
    return one_proposal(tx.query(text, {group, act}));
}

Result<> close_proposal(Tx& tx, Id id, TimeMs at, std::optional<Id> by) {
    TRY(tx.execute("UPDATE ban_proposal SET decided_at = $2, decided_by_id = $3 WHERE id = $1", {id, at, by}));
    return {};
}

Result<std::vector<BanProposal>> open_proposals(Tx& tx, Id group, int limit) {
    static const auto text = proposal_select + "group_id = $1 AND decided_at IS NULL ORDER BY id DESC LIMIT $2";
    std::vector<BanProposal> out;
    for (const auto& row : TRY(tx.query(text, {group, limit}))) out.push_back(proposal_from(row));
    return out;
}

}  // namespace kith::repo
