#include "storage/repo/trends.hpp"

namespace kith::repo {

using sql::Tx;

namespace {

// Of people who want to be found.
const std::string of_findable = " JOIN actor a ON a.id = p.actor_id AND a.discoverable AND NOT a.silenced AND "
                                "a.suspended_at IS NULL AND a.deleted_at IS NULL ";
constexpr const char* open = " p.visibility = 0 AND p.deleted_at IS NULL ";

}  // namespace

Result<> put_trends(Tx& tx, TrendKind kind, std::span<const Id> in_order) {
    TRY(tx.execute("DELETE FROM trend WHERE kind = $1", {int(kind)}));
    int place = 0;
    for (const auto id : in_order)
        TRY(tx.execute("INSERT INTO trend (kind, place, ref_id) VALUES ($1, $2, $3)", {int(kind), place++, id}));
    return {};
}

Result<std::vector<Id>> trends(Tx& tx, TrendKind kind, int limit, int offset) {
    std::vector<Id> out;
    for (const auto& row : TRY(tx.query("SELECT ref_id FROM trend WHERE kind = $1 ORDER BY place LIMIT $2 OFFSET $3",
                                        {int(kind), limit, offset})))
        out.push_back(row.integer(0));
    return out;
}

Result<std::vector<Id>> tags_by_people(Tx& tx, Id since, int people_min, int limit) {
    static const auto text = "SELECT t.tag_id FROM post p JOIN post_tag t ON t.post_id = p.id" + of_findable +
                             "WHERE p.id > $1 AND" + open + "GROUP BY t.tag_id HAVING COUNT(DISTINCT p.actor_id) >= $2 "
                             "ORDER BY COUNT(DISTINCT p.actor_id) DESC, COUNT(*) DESC, t.tag_id LIMIT $3";
    std::vector<Id> out;
    for (const auto& row : TRY(tx.query(text, {since, people_min, limit}))) out.push_back(row.integer(0));
    return out;
}

Result<std::vector<PostInterest>> liked_posts(Tx& tx, Id since, int interest_min, int limit) {
    static const auto text = "SELECT p.id, p.published_at, p.likes_count, p.boosts_count FROM post p" + of_findable +
                             "WHERE p.id > $1 AND" + open + "AND NOT p.sensitive AND p.summary = '' AND "
                             "p.in_reply_to_id IS NULL AND p.in_reply_to_ap_id = '' AND p.likes_count + p.boosts_count "
                             ">= $2 ORDER BY p.likes_count + p.boosts_count DESC, p.id DESC LIMIT $3";
    std::vector<PostInterest> out;
    for (const auto& row : TRY(tx.query(text, {since, interest_min, limit})))
        out.push_back({row.integer(0), row.integer(1), row.integer(2), row.integer(3)});
    return out;
}

Result<std::vector<TagUse>> uses_of_tag(Tx& tx, Id tag, Id since, int limit) {
    static const auto text = "SELECT p.id, p.actor_id FROM post_tag t JOIN post p ON p.id = t.post_id" + of_findable +
                             "WHERE t.tag_id = $1 AND t.post_id > $2 AND" + open + "ORDER BY t.post_id DESC LIMIT $3";
    std::vector<TagUse> out;
    for (const auto& row : TRY(tx.query(text, {tag, since, limit}))) out.push_back({row.integer(0), row.integer(1)});
    return out;
}

Result<std::string> tag_name(Tx& tx, Id tag) {
    const auto rows = TRY(tx.query("SELECT display FROM tag WHERE id = $1", {tag}));
    return rows.empty() ? std::string() : rows[0].str(0);
}

}  // namespace kith::repo
