#include "storage/repo/featured_tags.hpp"

namespace kith::repo {

using model::FeaturedTag;
using sql::Tx;

Result<bool> add_featured_tag(Tx& tx, const FeaturedTag& t) {
    return TRY(tx.execute("INSERT INTO featured_tag (id, actor_id, name, display, created_at) VALUES ($1, "
                          "$2, $3, $4, $5) ON CONFLICT (actor_id, name) DO NOTHING",
                          {t.id, t.actor_id, t.name, t.display, t.created_at})) == 1;
}

Result<bool> remove_featured_tag(Tx& tx, Id actor, Id tag) {
    return TRY(tx.execute("DELETE FROM featured_tag WHERE actor_id = $1 AND id = $2", {actor, tag})) == 1;
}

Result<> clear_featured_tags(Tx& tx, Id actor) {
    TRY(tx.execute("DELETE FROM featured_tag WHERE actor_id = $1", {actor}));
    return {};
}

Result<std::vector<FeaturedTag>> featured_tags(Tx& tx, Id actor) {
    std::vector<FeaturedTag> out;
    for (const auto& row : TRY(tx.query(
             "SELECT f.id, f.name, f.display, f.created_at, COUNT(p.id), MAX(p.published_at) FROM "
             "featured_tag f LEFT JOIN tag t ON t.name = f.name LEFT JOIN post_tag g ON g.tag_id = t.id "
             "LEFT JOIN post p ON p.id = g.post_id AND p.actor_id = f.actor_id AND p.visibility <= 1 AND "
             "p.deleted_at IS NULL WHERE f.actor_id = $1 GROUP BY f.id, f.name, f.display, f.created_at "
             "ORDER BY COUNT(p.id) DESC, f.id",
             {actor})))
        out.push_back({.id = row.integer(0),
                       .actor_id = actor,
                       .name = row.str(1),
                       .display = row.str(2),
                       .created_at = row.integer(3),
                       .posts = row.integer(4),
                       .last_post_at = row.maybe_integer(5)});
    return out;
}

Result<std::vector<std::string>> most_used_tags(Tx& tx, Id actor, Id from, int limit) {
    std::vector<std::string> out;
    for (const auto& row : TRY(tx.query(
             "SELECT t.display FROM post p JOIN post_tag g ON g.post_id = p.id JOIN tag t ON t.id = g.tag_id "
             "WHERE p.actor_id = $1 AND p.id >= $2 AND p.visibility <= 1 AND p.deleted_at IS NULL AND NOT "
             "EXISTS (SELECT 1 FROM featured_tag f WHERE f.actor_id = $1 AND f.name = t.name) "
             "GROUP BY t.id, t.display ORDER BY COUNT(*) DESC, t.id LIMIT $3",
             {actor, from, limit})))
        out.push_back(row.str(0));
    return out;
}

}  // namespace kith::repo
