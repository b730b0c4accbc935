#include "storage/repo/directory.hpp"

#include "storage/repo/actors.hpp"

namespace kith::repo {

using model::Actor;
using sql::Tx;

namespace {

const std::string findable =
    "a.discoverable AND a.suspended_at IS NULL AND a.deleted_at IS NULL AND a.moved_to = ''";

// $n: the viewer, or NULL.
std::string not_avoided(int n) {
    const auto viewer = "$" + std::to_string(n);
    return "NOT EXISTS (SELECT 1 FROM block b WHERE (b.actor_id = " + viewer + " AND b.target_id = a.id) OR (b.actor_id "
           "= a.id AND b.target_id = " + viewer + ")) AND NOT EXISTS (SELECT 1 FROM mute m WHERE m.actor_id = " +
           viewer + " AND m.target_id = a.id)";
}

const std::string suggestable = findable + " AND a.id <> $1 AND NOT EXISTS (SELECT 1 FROM follow g WHERE g.follower_id "
                                           "= $1 AND g.followed_id = a.id) AND NOT EXISTS (SELECT 1 FROM "
                                           "suggestion_dismissal d WHERE d.actor_id = $1 AND d.target_id = a.id) AND " +
                                not_avoided(1);

Result<std::vector<Actor>> actors(Result<sql::Rows> found) {
    std::vector<Actor> out;
    for (const auto& row : TRY(std::move(found))) out.push_back(actor_from(row));
    return out;
}

}  // namespace

Result<std::vector<Actor>> directory(Tx& tx, std::optional<Id> viewer, DirectoryOrder order, bool local_only,
                                     int limit, int offset) {
    const auto text = "SELECT " + actor_columns + " FROM actor a WHERE " + findable + (local_only ? " AND a.local" : "") +
                      " AND (CAST($1 AS BIGINT) IS NULL OR (" + not_avoided(1) + "))" +
                      (order == DirectoryOrder::active
                           ? " AND a.last_post_at IS NOT NULL ORDER BY a.last_post_at DESC, a.id DESC"
                           : " ORDER BY a.id DESC") +
                      " LIMIT $2 OFFSET $3";
    return actors(tx.query(text, {viewer, limit, offset}));
}

Result<std::vector<Actor>> suggested_by_follows(Tx& tx, Id actor, int limit) {
    // Of the newest follows only: a suggestion is no research.
    static const auto text =
        "SELECT " + actor_columns +
        " FROM (SELECT g.followed_id AS id, COUNT(*) AS shared FROM (SELECT followed_id FROM follow WHERE follower_id = "
        "$1 AND state = 1 ORDER BY id DESC LIMIT 200) AS mine JOIN follow g ON g.follower_id = mine.followed_id AND "
        "g.state = 1 GROUP BY g.followed_id) AS found JOIN actor a ON a.id = found.id WHERE " +
        suggestable + " ORDER BY found.shared DESC, a.followers_count DESC, a.id LIMIT $2";
    return actors(tx.query(text, {actor, limit}));
}

Result<std::vector<Actor>> suggested_by_size(Tx& tx, Id actor, int limit) {
    static const auto text = "SELECT " + actor_columns + " FROM actor a WHERE a.local AND " + suggestable +
                             " ORDER BY a.followers_count DESC, a.id LIMIT $2";
    return actors(tx.query(text, {actor, limit}));
}

Result<> dismiss_suggestion(Tx& tx, Id actor, Id target) {
    TRY(tx.execute("INSERT INTO suggestion_dismissal (actor_id, target_id) VALUES ($1, $2) ON CONFLICT (actor_id, "
                   "target_id) DO NOTHING",
                   {actor, target}));
    return {};
}

}  // namespace kith::repo
