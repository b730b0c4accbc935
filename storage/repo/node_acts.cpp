#include "storage/repo/node_acts.hpp"

#include "storage/repo/ids.hpp"
#include "storage/repo/window.hpp"

#include <algorithm>

namespace kith::repo {

using model::NodeAct;
using model::PersonBan;
using sql::Tx;

namespace {

PersonBan ban_from(const sql::Rows::Row& row) {
    return {.actor_id = row.integer(0), .with_posts = row.boolean(1), .expires_at = row.maybe_integer(2), .at = row.integer(3)};
}

}  // namespace

Result<> add_node_act(Tx& tx, const NodeAct& a) {
    TRY(tx.execute("INSERT INTO node_act (id, kind, reverts, moderator_id, target_id, host, reason, expires_at, at) VALUES ($1, $2, "
                   "$3, $4, $5, $6, $7, $8, $9)",
                   {a.id, int(a.kind), a.reverts, a.moderator_id, a.target_id, a.host, a.reason, a.expires_at, a.at}));
    return {};
}

Result<std::vector<NodeAct>> node_acts_page(Tx& tx, const NodeActFilter& filter, const Window& w) {
    static const PageText text("SELECT n.id, n.kind, n.reverts, n.moderator_id, n.target_id, n.host, n.reason, n.expires_at, n.at FROM "
                               "node_act n WHERE (CAST($4 AS BIGINT) IS NULL OR n.moderator_id = $4) AND (CAST($5 AS BIGINT) IS "
                               "NULL OR n.target_id = $5)",
                               "n.id");
    std::vector<NodeAct> out;
    for (const auto& row : TRY(page_rows(tx, text, w, {filter.moderator_id, filter.target_id})))
        out.push_back({.id = row.integer(0),
                       .kind = model::NodeActKind(row.integer(1)),
                       .reverts = row.boolean(2),
                       .moderator_id = row.integer(3),
                       .target_id = row.maybe_integer(4),
                       .host = row.str(5),
                       .reason = row.str(6),
                       .expires_at = row.maybe_integer(7),
                       .at = row.integer(8)});
    if (w.ascending) std::reverse(out.begin(), out.end());
    return out;
}

Result<> put_person_ban(Tx& tx, const PersonBan& b) {
    TRY(tx.execute("INSERT INTO person_ban (actor_id, with_posts, expires_at, at) VALUES ($1, $2, $3, $4) ON CONFLICT (actor_id) DO "
                   "UPDATE SET with_posts = excluded.with_posts, expires_at = excluded.expires_at, at = excluded.at",
                   {b.actor_id, b.with_posts, b.expires_at, b.at}));
    return {};
}

Result<bool> remove_person_ban(Tx& tx, Id actor) {
    return TRY(tx.execute("DELETE FROM person_ban WHERE actor_id = $1", {actor})) == 1;
}

Result<std::vector<PersonBan>> person_bans(Tx& tx, std::span<const Id> actors, TimeMs now) {
    static const auto make = [](const sql::Dialect& d) {
        return "SELECT actor_id, with_posts, expires_at, at FROM person_ban WHERE " + d.in_ids("actor_id", 1) +
               " AND (expires_at IS NULL OR expires_at > $2)";
    };
    std::vector<PersonBan> out;
    for (const auto& row : TRY(tx.query(make(tx.dialect()), {json_ids(actors), now}))) out.push_back(ban_from(row));
    return out;
}

Result<bool> is_person_banned(Tx& tx, Id actor, TimeMs now) {
    return !TRY(person_bans(tx, std::span(&actor, 1), now)).empty();
}

Result<std::vector<PersonBan>> person_bans_over(Tx& tx, TimeMs now, int limit) {
    std::vector<PersonBan> out;
    for (const auto& row : TRY(tx.query("SELECT actor_id, with_posts, expires_at, at FROM person_ban WHERE expires_at IS NOT NULL AND "
                                        "expires_at <= $1 ORDER BY expires_at LIMIT $2",
                                        {now, limit})))
        out.push_back(ban_from(row));
    return out;
}

Result<> set_domain_block_end(Tx& tx, std::string_view host, std::optional<TimeMs> at) {
    TRY(tx.execute("DELETE FROM domain_block_expiry WHERE host = $1", {host}));
    if (at) TRY(tx.execute("INSERT INTO domain_block_expiry (host, expires_at) VALUES ($1, $2)", {host, *at}));
    return {};
}

Result<std::optional<TimeMs>> domain_block_end(Tx& tx, std::string_view host) {
    const auto rows = TRY(tx.query("SELECT expires_at FROM domain_block_expiry WHERE host = $1", {host}));
    return rows.empty() ? std::optional<TimeMs>{} : std::optional(rows[0].integer(0));
}

Result<std::vector<std::string>> domain_blocks_over(Tx& tx, TimeMs now, int limit) {
    std::vector<std::string> out;
    for (const auto& row : TRY(tx.query("SELECT host FROM domain_block_expiry WHERE expires_at <= $1 LIMIT $2", {now, limit})))
        out.push_back(row.str(0));
    return out;
}

}  // namespace kith::repo
