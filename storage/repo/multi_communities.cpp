#include "storage/repo/multi_communities.hpp"

#include "storage/repo/actors.hpp"
#include "storage/repo/like_pattern.hpp"

namespace kith::repo {

using model::MultiCommunity;
using sql::Tx;

namespace {

std::string order_text(MultiOrder order) {
    switch (order) {
        case MultiOrder::new_:
            return "a.id DESC";
        case MultiOrder::old:
            return "a.id";
        case MultiOrder::name:
            return "a.username_folded, a.id";
        case MultiOrder::name_back:
            return "a.username_folded DESC, a.id";
        case MultiOrder::communities:
            return "(SELECT COUNT(*) FROM multi_community_entry e WHERE e.multi_id = a.id) DESC, a.id";
        case MultiOrder::subscribers:
            break;
    }
    return "a.followers_count DESC, a.id";
}

}  // namespace

Result<> put_multi(Tx& tx, const MultiCommunity& m) {
    TRY(tx.execute("INSERT INTO multi_community (actor_id, creator_id, brief) VALUES ($1, $2, $3) ON CONFLICT (actor_id) DO UPDATE "
                   "SET creator_id = excluded.creator_id, brief = excluded.brief",
                   {m.actor_id, m.creator_id, m.brief}));
    return {};
}

Result<std::optional<MultiCommunity>> find_multi(Tx& tx, Id actor) {
    const auto rows = TRY(tx.query("SELECT creator_id, brief FROM multi_community WHERE actor_id = $1", {actor}));
    if (rows.empty()) return std::optional<MultiCommunity>{};
    return std::optional(MultiCommunity{actor, rows[0].maybe_integer(0), rows[0].str(1)});
}

Result<std::int64_t> count_multis_by(Tx& tx, Id creator) {
    return TRY(tx.query("SELECT COUNT(*) FROM multi_community m JOIN actor a ON a.id = m.actor_id AND a.deleted_at IS NULL WHERE "
                        "m.creator_id = $1",
                        {creator}))[0].integer(0);
}

Result<bool> add_multi_entry(Tx& tx, Id multi, Id group, std::int64_t position) {
    return TRY(tx.execute("INSERT INTO multi_community_entry (multi_id, group_id, position) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
                          {multi, group, position})) == 1;
}

Result<bool> remove_multi_entry(Tx& tx, Id multi, Id group) {
    return TRY(tx.execute("DELETE FROM multi_community_entry WHERE multi_id = $1 AND group_id = $2", {multi, group})) == 1;
}

Result<std::int64_t> count_multi_entries(Tx& tx, Id multi) {
    return TRY(tx.query("SELECT COUNT(*) FROM multi_community_entry WHERE multi_id = $1", {multi}))[0].integer(0);
}

Result<std::vector<model::Actor>> multi_groups(Tx& tx, Id multi) {
    static const auto text = "SELECT " + actor_columns +
                             " FROM multi_community_entry e JOIN actor a ON a.id = e.group_id AND a.deleted_at IS NULL AND "
                             "a.suspended_at IS NULL WHERE e.multi_id = $1 ORDER BY e.position, a.id";
    std::vector<model::Actor> out;
    for (const auto& row : TRY(tx.query(text, {multi}))) out.push_back(actor_from(row));
    return out;
}

Result<std::vector<Id>> multis_page(Tx& tx, const MultiQuery& q) {
    const auto text =
        "SELECT a.id FROM multi_community m JOIN actor a ON a.id = m.actor_id AND a.deleted_at IS NULL AND a.suspended_at IS NULL WHERE "
        "(NOT $1 OR a.local) AND (CAST($2 AS BIGINT) IS NULL OR EXISTS (SELECT 1 FROM follow f WHERE f.follower_id = $2 AND "
        "f.followed_id = a.id)) AND (CAST($3 AS BIGINT) IS NULL OR m.creator_id = $3) AND ($4 = '' OR a.username_folded LIKE $4 "
        "ESCAPE '\\' OR LOWER(a.name) LIKE $4 ESCAPE '\\') ORDER BY " +
        order_text(q.order) + " LIMIT $5 OFFSET $6";
    std::vector<Id> out;
    for (const auto& row : TRY(tx.query(text, {q.local, q.follower_id, q.creator_id, like_pattern(q.words), q.limit, q.offset})))
        out.push_back(row.integer(0));
    return out;
}

Result<MultiNumbers> multi_numbers(Tx& tx, Id multi) {
    const auto rows = TRY(tx.query("SELECT COUNT(*), COALESCE(SUM(CASE WHEN a.local THEN 1 ELSE 0 END), 0) FROM follow f JOIN actor a "
                                   "ON a.id = f.follower_id WHERE f.followed_id = $1 AND f.state = 1",
                                   {multi}));
    return MultiNumbers{TRY(count_multi_entries(tx, multi)), rows[0].integer(0), rows[0].integer(1)};
}

}  // namespace kith::repo
