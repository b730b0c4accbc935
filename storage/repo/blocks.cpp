// Blocks and mutes of members (declared in relations.hpp).
#include "storage/repo/actors.hpp"
#include "storage/repo/ids.hpp"
#include "storage/repo/relations.hpp"
#include "storage/repo/window.hpp"

namespace kith::repo {

using model::Block;
using sql::Rows;
using sql::Tx;

namespace {

constexpr const char* block_select = "SELECT actor_id, target_id, ap_id, created_at FROM block ";

Result<std::optional<Block>> one_block(Result<Rows> found) {
    auto rows = TRY(std::move(found));
    if (rows.empty()) return std::optional<Block>{};
    auto row = rows[0];
    return Block{row.integer(0), row.integer(1), row.str(2), row.integer(3)};
}

}  // namespace

Result<bool> add_block(Tx& tx, const Block& b, Id id) {
    return TRY(tx.execute("INSERT INTO block (actor_id, target_id, id, ap_id, created_at) VALUES "
                          "($1, $2, $3, $4, $5) "
                          "ON CONFLICT DO NOTHING",
                          {b.actor_id, b.target_id, id, b.ap_id, b.created_at})) == 1;
}

Result<std::optional<Block>> find_block(Tx& tx, Id actor, Id target) {
    static const auto text = std::string(block_select) + "WHERE actor_id = $1 AND target_id = $2";
    return one_block(tx.query(text, {actor, target}));
}

Result<std::optional<Block>> find_block_by_ap_id(Tx& tx, std::string_view ap_id) {
    static const auto text = std::string(block_select) + "WHERE ap_id = $1 LIMIT 1";
    return one_block(tx.query(text, {ap_id}));
}

Result<bool> remove_block(Tx& tx, Id actor, Id target) {
    return TRY(tx.execute("DELETE FROM block WHERE actor_id = $1 AND target_id = $2",
                          {actor, target})) == 1;
}

Result<bool> either_blocks(Tx& tx, Id one, Id other) {
    auto rows =
        TRY(tx.query("SELECT 1 FROM block WHERE (actor_id = $1 AND target_id = $2) OR "
                     "(actor_id = $2 AND target_id = $1) LIMIT 1",
                     {one, other}));
    return !rows.empty();
}

Result<> put_mute(Tx& tx, const model::Mute& m, Id id) {
    TRY(tx.execute(
        "INSERT INTO mute (actor_id, target_id, id, hide_notifications, created_at, expires_at) "
        "VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (actor_id, target_id) DO UPDATE SET "
        "hide_notifications = excluded.hide_notifications, expires_at = excluded.expires_at",
        {m.actor_id, m.target_id, id, m.hide_notifications, m.created_at, m.expires_at}));
    return {};
}

Result<std::optional<model::Mute>> find_mute(Tx& tx, Id actor, Id target, TimeMs now) {
    auto rows = TRY(tx.query(
        "SELECT hide_notifications, created_at, expires_at FROM mute WHERE actor_id = $1 AND "
        "target_id = $2 AND (expires_at IS NULL OR expires_at > $3)",
        {actor, target, now}));
    if (rows.empty()) return std::optional<model::Mute>{};
    return model::Mute{actor, target, rows[0].boolean(0), rows[0].integer(1),
                       rows[0].maybe_integer(2)};
}

Result<bool> remove_mute(Tx& tx, Id actor, Id target) {
    return TRY(tx.execute("DELETE FROM mute WHERE actor_id = $1 AND target_id = $2",
                          {actor, target})) == 1;
}

Result<std::vector<FollowRow>> blocks_page(Tx& tx, Id actor, const Window& w) {
    static const PageText text(
        "SELECT b.id, " + actor_columns +
            " FROM block b JOIN actor a ON a.id = b.target_id WHERE b.actor_id = $4",
        "b.id");
    return actor_page(tx, text, w, {actor});
}

Result<std::vector<FollowRow>> mutes_page(Tx& tx, Id actor, TimeMs now, const Window& w) {
    static const PageText text(
        "SELECT m.id, " + actor_columns +
            " FROM mute m JOIN actor a ON a.id = m.target_id WHERE m.actor_id = $4 "
            "AND (m.expires_at IS NULL OR m.expires_at > $5)",
        "m.id");
    return actor_page(tx, text, w, {actor, now});
}

Result<std::vector<Id>> hidden_among(Tx& tx, Id viewer, std::span<const Id> others, TimeMs now) {
    static const auto make = [](const sql::Dialect& d) {
        return "SELECT target_id FROM block WHERE actor_id = $1 AND " + d.in_ids("target_id", 2) +
               " UNION SELECT actor_id FROM block WHERE target_id = $1 AND " +
               d.in_ids("actor_id", 2) +
               " UNION SELECT target_id FROM mute WHERE actor_id = $1 AND " +
               d.in_ids("target_id", 2) +
               " AND (expires_at IS NULL OR expires_at > $3) UNION SELECT a.id FROM own_domain_block o "
               "JOIN actor a ON a.host = o.host WHERE o.actor_id = $1 AND NOT a.local AND " +
               d.in_ids("a.id", 2);
    };
    std::vector<Id> out;
    if (others.empty()) return out;
    auto rows = TRY(tx.query(make(tx.dialect()), {viewer, json_ids(others), now}));
    for (const auto& row : rows) out.push_back(row.integer(0));
    return out;
}

}  // namespace kith::repo
