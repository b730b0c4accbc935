#include "storage/repo/group_discovery.hpp"

#include "storage/repo/actors.hpp"
#include "storage/repo/ids.hpp"
#include "storage/repo/like_pattern.hpp"

namespace kith::repo {

using model::Actor;
using sql::Tx;

namespace {

// A group `a` that anybody may find.
constexpr std::string_view is_open =
    "a.kind = 1 AND a.deleted_at IS NULL AND a.suspended_at IS NULL AND NOT (a.silenced AND NOT a.local) AND NOT EXISTS (SELECT 1 FROM "
    "group_profile gp WHERE gp.group_id = a.id AND gp.visibility IN (1, 2)) ";
// … and whose threads anybody may read.
constexpr std::string_view is_public =
    "a.kind = 1 AND a.deleted_at IS NULL AND a.suspended_at IS NULL AND NOT (a.silenced AND NOT a.local) AND NOT EXISTS (SELECT 1 FROM "
    "group_profile gp WHERE gp.group_id = a.id AND gp.visibility <> 0) ";
// Of a group `a` here: nobody who moderates it posted, and no act came of its own moderators, since $1.
constexpr std::string_view is_unattended =
    "a.local AND a.created_at < $1 AND NOT EXISTS (SELECT 1 FROM membership m JOIN actor p ON p.id = m.actor_id WHERE m.group_id = a.id "
    "AND m.left_at IS NULL AND m.role >= 2 AND p.deleted_at IS NULL AND p.suspended_at IS NULL AND p.last_post_at >= $1) AND NOT EXISTS "
    "(SELECT 1 FROM group_act ga WHERE ga.group_id = a.id AND ga.at >= $1 AND ga.role IN (4, 5)) ";

std::string_view order_text(GroupOrder order) {
    switch (order) {
        case GroupOrder::active:
            return "COALESCE((SELECT act.people FROM group_activity act WHERE act.group_id = a.id), 0) DESC, a.followers_count DESC, a.id";
        case GroupOrder::newest:
            return "a.created_at DESC, a.id DESC";
        case GroupOrder::name:
            return "a.username_folded, a.id";
        case GroupOrder::members:
            break;
    }
    return "a.followers_count DESC, a.id";
}

Result<std::vector<Id>> ids_of(Result<sql::Rows> rows) {
    std::vector<Id> out;
    for (const auto& row : TRY(std::move(rows))) out.push_back(row.integer(0));
    return out;
}

Result<std::vector<CommonCount>> counts_of(Result<sql::Rows> rows) {
    std::vector<CommonCount> out;
    for (const auto& row : TRY(std::move(rows))) out.push_back({row.integer(0), row.integer(1), row.integer(2)});
    return out;
}

Result<std::vector<Actor>> actors_of(Result<sql::Rows> rows) {
    std::vector<Actor> out;
    for (const auto& row : TRY(std::move(rows))) out.push_back(actor_from(row));
    return out;
}

}  // namespace

Result<std::vector<Id>> groups_to_compare(Tx& tx, TimeMs before, int limit) {
    static const auto text = "SELECT a.id FROM actor a LEFT JOIN group_compared c ON c.group_id = a.id WHERE " + std::string(is_public) +
                             "AND (c.at IS NULL OR c.at < $1) ORDER BY COALESCE(c.at, 0), a.id LIMIT $2";
    return ids_of(tx.query(text, {before, limit}));
}

Result<> set_group_compared(Tx& tx, Id group, TimeMs at) {
    TRY(tx.execute("INSERT INTO group_compared (group_id, at) VALUES ($1, $2) ON CONFLICT (group_id) DO UPDATE SET at = excluded.at",
                   {group, at}));
    return {};
}

Result<> refresh_topics(Tx& tx, Id group, const TopicBounds& bounds) {
    TRY(tx.execute("DELETE FROM group_topic WHERE group_id = $1", {group}));
    TRY(tx.execute("INSERT INTO group_topic (group_id, tag_id, people) SELECT CAST($1 AS BIGINT), t.tag_id, COUNT(DISTINCT p.actor_id) FROM "
                   "(SELECT id, actor_id FROM post WHERE group_id = $1 AND id >= $2 AND in_reply_to_id IS NULL AND deleted_at IS NULL AND "
                   "visibility <= 1 AND NOT EXISTS (SELECT 1 FROM ops_optout o WHERE o.group_id = $1 AND o.actor_id = post.actor_id) "
                   "ORDER BY id DESC LIMIT $3) p JOIN post_tag t ON t.post_id = p.id GROUP BY t.tag_id HAVING "
                   "COUNT(DISTINCT p.actor_id) >= $4 ORDER BY 3 DESC, t.tag_id LIMIT $5",
                   {group, bounds.since, bounds.threads_max, bounds.people_min, bounds.kept}));
    return {};
}

Result<std::vector<GroupTopic>> topics_of_groups(Tx& tx, std::span<const Id> groups) {
    const auto text = "SELECT t.group_id, tag.display FROM group_topic t JOIN tag ON tag.id = t.tag_id JOIN actor a ON a.id = t.group_id WHERE " +
                      std::string(is_public) + "AND " + tx.dialect().in_ids("t.group_id", 1) + " ORDER BY t.group_id, t.people DESC, t.tag_id";
    std::vector<GroupTopic> out;
    for (const auto& row : TRY(tx.query(text, {json_ids(groups)}))) out.push_back({row.integer(0), row.str(1)});
    return out;
}

Result<std::vector<Topic>> common_topics(Tx& tx, int limit) {
    static const auto text = "SELECT tag.display, COUNT(*) FROM group_topic t JOIN tag ON tag.id = t.tag_id JOIN actor a ON a.id = t.group_id "
                             "WHERE " +
                             std::string(is_public) + "GROUP BY tag.id, tag.display ORDER BY 2 DESC, tag.id LIMIT $1";
    std::vector<Topic> out;
    for (const auto& row : TRY(tx.query(text, {limit}))) out.push_back({row.str(0), row.integer(1)});
    return out;
}

Result<std::vector<GroupLine>> lines_of_groups(Tx& tx, std::span<const Id> groups) {
    const auto text = "SELECT group_id, brief, seeks_moderators FROM group_profile WHERE " + tx.dialect().in_ids("group_id", 1);
    std::vector<GroupLine> out;
    for (const auto& row : TRY(tx.query(text, {json_ids(groups)}))) out.push_back({row.integer(0), row.str(1), row.boolean(2)});
    return out;
}

Result<std::vector<CommonCount>> groups_by_common_members(Tx& tx, Id group, int members_max, int common_min, int limit) {
    static const auto text =
        "SELECT a.id, COUNT(*), a.followers_count FROM (SELECT f.follower_id FROM follow f WHERE f.followed_id = $1 AND f.state = 1 AND NOT "
        "EXISTS (SELECT 1 FROM ops_optout o WHERE o.group_id = $1 AND o.actor_id = f.follower_id) ORDER BY f.id DESC LIMIT $2) m "
        "JOIN follow f ON f.follower_id = m.follower_id AND f.state = 1 AND f.followed_id <> $1 JOIN actor a ON a.id = f.followed_id WHERE " +
        std::string(is_public) +
        "AND NOT EXISTS (SELECT 1 FROM ops_optout o WHERE o.group_id = a.id AND o.actor_id = m.follower_id) "
        "GROUP BY a.id, a.followers_count HAVING COUNT(*) >= $3 ORDER BY 2 DESC, a.id LIMIT $4";
    return counts_of(tx.query(text, {group, members_max, common_min, limit}));
}

Result<std::vector<CommonCount>> groups_by_common_topics(Tx& tx, Id group, int common_min, int limit) {
    static const auto text = "SELECT a.id, COUNT(*), a.followers_count FROM group_topic t JOIN group_topic u ON u.tag_id = t.tag_id AND "
                             "u.group_id <> $1 JOIN actor a ON a.id = u.group_id WHERE t.group_id = $1 AND " +
                             std::string(is_public) + "GROUP BY a.id, a.followers_count HAVING COUNT(*) >= $2 ORDER BY 2 DESC, a.id LIMIT $3";
    return counts_of(tx.query(text, {group, common_min, limit}));
}

Result<> put_similar_groups(Tx& tx, Id group, std::span<const Likeness> others) {
    TRY(tx.execute("DELETE FROM similar_group WHERE group_id = $1", {group}));
    for (const auto& other : others)
        TRY(tx.execute("INSERT INTO similar_group (group_id, other_id, likeness) VALUES ($1, $2, $3)", {group, other.other_id, other.likeness}));
    return {};
}

Result<std::vector<Actor>> similar_groups(Tx& tx, Id group, int limit) {
    static const auto text = "SELECT " + actor_columns + " FROM similar_group s JOIN actor a ON a.id = s.other_id WHERE s.group_id = $1 AND " +
                             std::string(is_public) + "ORDER BY s.likeness DESC, a.id LIMIT $2";
    return actors_of(tx.query(text, {group, limit}));
}

Result<std::vector<Actor>> group_directory(Tx& tx, const DirectoryAsked& q) {
    const auto text =
        "SELECT " + actor_columns + " FROM actor a WHERE " + std::string(is_open) +
        "AND ($2 = '' OR a.username_folded LIKE $2 ESCAPE '\\' OR LOWER(a.name) LIKE $2 ESCAPE '\\') AND (NOT $3 OR a.local) AND ($4 = '' OR "
        "EXISTS (SELECT 1 FROM group_topic t JOIN tag ON tag.id = t.tag_id WHERE t.group_id = a.id AND tag.name = $4) AND NOT EXISTS (SELECT 1 "
        "FROM group_profile v WHERE v.group_id = a.id AND v.visibility <> 0)) AND (NOT $5 OR EXISTS "
        "(SELECT 1 FROM group_profile w WHERE w.group_id = a.id AND w.seeks_moderators) OR (" +
        std::string(is_unattended) + ")) ORDER BY " + std::string(order_text(q.order)) + " LIMIT $6 OFFSET $7";
    return actors_of(tx.query(text, {q.unseen_since, like_pattern(q.words), q.local, q.topic, q.seeks_moderators, q.limit, q.offset}));
}

Result<std::vector<Id>> unattended_groups(Tx& tx, std::span<const Id> groups, TimeMs since) {
    const auto text = "SELECT a.id FROM actor a WHERE " + tx.dialect().in_ids("a.id", 2) + " AND " + std::string(is_unattended);
    return ids_of(tx.query(text, {since, json_ids(groups)}));
}

Result<> put_help_offer(Tx& tx, const HelpOffer& offer) {
    TRY(tx.execute("INSERT INTO help_offer (group_id, actor_id, text, at) VALUES ($1, $2, $3, $4) ON CONFLICT (group_id, actor_id) DO UPDATE "
                   "SET text = excluded.text, at = excluded.at",
                   {offer.group_id, offer.actor_id, offer.text, offer.at}));
    return {};
}

Result<bool> remove_help_offer(Tx& tx, Id group, Id actor) {
    return TRY(tx.execute("DELETE FROM help_offer WHERE group_id = $1 AND actor_id = $2", {group, actor})) == 1;
}

Result<std::vector<HelpOffer>> help_offers(Tx& tx, Id group, int limit) {
    std::vector<HelpOffer> out;
    for (const auto& row : TRY(tx.query("SELECT o.actor_id, o.text, o.at FROM help_offer o JOIN actor a ON a.id = o.actor_id AND a.deleted_at IS "
                                        "NULL AND a.suspended_at IS NULL WHERE o.group_id = $1 AND NOT EXISTS (SELECT 1 FROM membership m WHERE m.group_id "
                                        "= $1 AND m.actor_id = o.actor_id AND m.left_at IS NULL AND m.role >= 2) ORDER BY o.at, o.actor_id LIMIT $2",
                                        {group, limit})))
        out.push_back({group, row.integer(0), row.str(1), row.integer(2)});
    return out;
}

}  // namespace kith::repo
