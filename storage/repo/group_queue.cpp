#include "storage/repo/group_queue.hpp"

#include "base/json/view.hpp"
#include "base/json/writer.hpp"
#include "storage/repo/posts.hpp"
#include "storage/repo/window.hpp"

#include <algorithm>

namespace kith::repo {

using model::AutoRule;
using model::HeldPost;
using sql::Tx;

namespace {

const std::string rule_select = "SELECT id, group_id, kind, action, terms, days, posts, reason, enabled, tried_at, at FROM "
                                "auto_rule WHERE ";

std::vector<std::string> terms_from(const std::string& json) {
    std::vector<std::string> out;
    if (const auto document = json::Document::parse(json))
        for (auto term : document->root()) out.emplace_back(term.string_or(""));
    return out;
}

std::string json_of(const std::vector<std::string>& terms) {
    json::Writer w;
    w.array();
    for (const auto& term : terms) w.value(term);
    w.end();
    return w.take();
}

AutoRule rule_from(const sql::Rows::Row& row) {
    return {.id = row.integer(0),
            .group_id = row.integer(1),
            .kind = model::AutoRuleKind(row.integer(2)),
            .action = model::AutoRuleAction(row.integer(3)),
            .terms = terms_from(row.str(4)),
            .days = int(row.integer(5)),
            .posts = int(row.integer(6)),
            .reason = row.str(7),
            .enabled = row.boolean(8),
            .tried_at = row.maybe_integer(9),
            .at = row.integer(10)};
}

Result<std::vector<AutoRule>> rules_where(Tx& tx, const std::string& where, Id group) {
    std::vector<AutoRule> out;
    for (const auto& row : TRY(tx.query(rule_select + where + " ORDER BY id", {group}))) out.push_back(rule_from(row));
    return out;
}

const std::string held_columns = "h.post_id, h.group_id, h.refused, h.why, h.rule_id, h.activity_id, h.activity, h.at";

HeldPost held_from(const sql::Rows::Row& row) {
    return {.post_id = row.integer(0),
            .group_id = row.integer(1),
            .refused = row.boolean(2),
            .why = row.str(3),
            .rule_id = row.maybe_integer(4),
            .activity_id = row.str(5),
            .activity = row.str(6),
            .at = row.integer(7)};
}

}  // namespace

Result<> put_rule(Tx& tx, const AutoRule& r) {
    TRY(tx.execute("INSERT INTO auto_rule (id, group_id, kind, action, terms, days, posts, reason, enabled, tried_at, at) VALUES "
                   "($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, action = "
                   "excluded.action, terms = excluded.terms, days = excluded.days, posts = excluded.posts, reason = "
                   "excluded.reason, enabled = excluded.enabled, tried_at = excluded.tried_at, at = excluded.at",
                   {r.id, r.group_id, int(r.kind), int(r.action), json_of(r.terms), r.days, r.posts, r.reason, r.enabled,
                    r.tried_at, r.at}));
    return {};
}

Result<std::optional<AutoRule>> find_rule(Tx& tx, Id id) {
    static const auto text = rule_select + "id = $1";
    const auto rows = TRY(tx.query(text, {id}));
    if (rows.empty()) return std::optional<AutoRule>{};
    return std::optional(rule_from(rows[0]));
}

Result<bool> remove_rule(Tx& tx, Id id) { return TRY(tx.execute("DELETE FROM auto_rule WHERE id = $1", {id})) == 1; }

Result<std::vector<AutoRule>> auto_rules(Tx& tx, Id group) { return rules_where(tx, "group_id = $1", group); }
Result<std::vector<AutoRule>> active_rules(Tx& tx, Id group) { return rules_where(tx, "group_id = $1 AND enabled", group); }

Result<int> first_posts_held(Tx& tx, Id group) {
    const auto rows = TRY(tx.query("SELECT first_posts_held FROM group_care WHERE group_id = $1", {group}));
    return rows.empty() ? 0 : int(rows[0].integer(0));
}

Result<> set_first_posts_held(Tx& tx, Id group, int posts) {
    TRY(tx.execute("INSERT INTO group_care (group_id, first_posts_held) VALUES ($1, $2) ON CONFLICT (group_id) DO UPDATE SET "
                   "first_posts_held = excluded.first_posts_held",
                   {group, posts}));
    return {};
}

Result<> hold_post(Tx& tx, const HeldPost& h) {
    TRY(tx.execute("INSERT INTO held_post (post_id, group_id, refused, why, rule_id, activity_id, activity, at) VALUES ($1, $2, "
                   "$3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING",
                   {h.post_id, h.group_id, h.refused, h.why, h.rule_id, h.activity_id, h.activity, h.at}));
    return {};
}

Result<> keep_held_activity(Tx& tx, Id post, std::string_view id, std::string_view bytes) {
    TRY(tx.execute("UPDATE held_post SET activity_id = $2, activity = $3 WHERE post_id = $1", {post, id, bytes}));
    return {};
}

Result<> refuse_held(Tx& tx, Id post) {
    TRY(tx.execute("UPDATE held_post SET refused = TRUE WHERE post_id = $1", {post}));
    return {};
}

Result<> drop_held(Tx& tx, Id post) {
    TRY(tx.execute("DELETE FROM held_post WHERE post_id = $1", {post}));
    return {};
}

Result<std::optional<HeldPost>> find_held(Tx& tx, Id post) {
    static const auto text = "SELECT " + held_columns + " FROM held_post h WHERE h.post_id = $1";
    const auto rows = TRY(tx.query(text, {post}));
    if (rows.empty()) return std::optional<HeldPost>{};
    return std::optional(held_from(rows[0]));
}

Result<std::vector<HeldPost>> held_page(Tx& tx, Id group, std::optional<Id> author, const Window& w) {
    static const PageText text("SELECT " + held_columns +
                                   " FROM held_post h JOIN post p ON p.id = h.post_id WHERE h.group_id = $4 AND p.deleted_at IS "
                                   "NULL AND (CAST($5 AS BIGINT) IS NULL AND NOT h.refused OR p.actor_id = $5)",
                               "h.post_id");
    std::vector<HeldPost> out;
    for (const auto& row : TRY(page_rows(tx, text, w, {group, author}))) out.push_back(held_from(row));
    if (w.ascending) std::reverse(out.begin(), out.end());
    return out;
}

Result<std::int64_t> count_held(Tx& tx, Id group) {
    return TRY(tx.query("SELECT COUNT(*) FROM held_post WHERE group_id = $1 AND NOT refused", {group}))[0].integer(0);
}

Result<int> count_group_posts_of(Tx& tx, Id group, Id author, std::optional<Id> below, int limit) {
    const auto rows = TRY(tx.query("SELECT COUNT(*) FROM (SELECT 1 FROM post WHERE actor_id = $2 AND group_id = $1 AND removed_at IS "
                                   "NULL AND deleted_at IS NULL AND (CAST($3 AS BIGINT) IS NULL OR id < $3) LIMIT $4) x",
                                   {group, author, below, limit}));
    return int(rows[0].integer(0));
}

Result<std::vector<model::Post>> recent_group_posts(Tx& tx, Id group, TimeMs since, int limit) {
    static const auto text = "SELECT " + post_columns +
                             " FROM post p WHERE p.group_id = $1 AND p.received_at >= $2 AND p.deleted_at IS NULL ORDER BY p.id "
                             "DESC LIMIT $3";
    std::vector<model::Post> out;
    for (const auto& row : TRY(tx.query(text, {group, since, limit}))) out.push_back(post_from(row));
    return out;
}

}  // namespace kith::repo
