#include "storage/repo/streams.hpp"

#include "storage/repo/ids.hpp"

namespace kith::repo {

using model::Event;
using model::Notification;
using sql::Tx;

namespace {

Result<std::vector<Id>> ids(Result<sql::Rows> found) {
    std::vector<Id> out;
    for (const auto& row : TRY(std::move(found))) out.push_back(row.integer(0));
    return out;
}

}  // namespace

Result<LastNews> last_news(Tx& tx) {
    const auto rows = TRY(tx.query(
        "SELECT (SELECT COALESCE(MAX(id), 0) FROM event), (SELECT COALESCE(MAX(id), 0) FROM notification)", {}));
    return LastNews{rows[0].integer(0), rows[0].integer(1)};
}

Result<std::vector<Event>> events_since(Tx& tx, Id after, int limit) {
    // Of the payloads only those that are for listeners: an activity's bytes may be many.
    std::vector<Event> out;
    for (const auto& row : TRY(tx.query(
             "SELECT id, kind, actor_id, post_id, target_id, group_id, CASE WHEN kind >= $3 THEN payload ELSE '' END, "
             "at FROM event WHERE id > $1 ORDER BY id LIMIT $2",
             {after, limit, int(model::EventKind::filters_changed)})))
        out.push_back({.id = row.integer(0),
                       .kind = model::EventKind(row.integer(1)),
                       .actor_id = row.integer(2),
                       .post_id = row.maybe_integer(3),
                       .target_id = row.maybe_integer(4),
                       .group_id = row.maybe_integer(5),
                       .object_ap_id = {},
                       .payload = row.str(6),
                       .at = row.integer(7)});
    return out;
}

Result<std::vector<Notification>> notifications_since(Tx& tx, Id after, int limit) {
    std::vector<Notification> out;
    for (const auto& row : TRY(tx.query("SELECT id, owner_id, kind, from_id, post_id, created_at, report_id, "
                                        "severance_id FROM notification WHERE id > $1 AND NOT filtered ORDER BY id "
                                        "LIMIT $2",
                                        {after, limit})))
        out.push_back({.id = row.integer(0),
                       .owner_id = row.integer(1),
                       .kind = model::NotificationKind(row.integer(2)),
                       .from_id = row.integer(3),
                       .post_id = row.maybe_integer(4),
                       .created_at = row.integer(5),
                       .report_id = row.maybe_integer(6),
                       .severance_id = row.maybe_integer(7)});
    return out;
}

Result<std::vector<Id>> home_owners(Tx& tx, Id entry, Id post, std::span<const Id> among) {
    return ids(tx.query("SELECT owner_id FROM home_entry WHERE post_id = $1 AND id = $2 AND " +
                            tx.dialect().in_ids("owner_id", 3),
                        {post, entry, json_ids(among)}));
}

Result<std::vector<Id>> followers_among(Tx& tx, Id actor, std::span<const Id> among) {
    return ids(tx.query("SELECT follower_id FROM follow WHERE followed_id = $1 AND state = 1 AND " +
                            tx.dialect().in_ids("follower_id", 2),
                        {actor, json_ids(among)}));
}

Result<std::vector<Id>> tag_followers_of(Tx& tx, Id post, std::span<const Id> among) {
    return ids(tx.query("SELECT DISTINCT f.actor_id FROM post_tag t JOIN tag_follow f ON f.tag_id = t.tag_id WHERE "
                        "t.post_id = $1 AND " +
                            tx.dialect().in_ids("f.actor_id", 2),
                        {post, json_ids(among)}));
}

Result<std::vector<Id>> hiding(Tx& tx, Id actor, std::span<const Id> among, TimeMs now) {
    const auto& d = tx.dialect();
    return ids(tx.query(
        "SELECT b.actor_id FROM block b WHERE b.target_id = $1 AND " + d.in_ids("b.actor_id", 2) +
            " UNION SELECT b.target_id FROM block b WHERE b.actor_id = $1 AND " + d.in_ids("b.target_id", 2) +
            " UNION SELECT m.actor_id FROM mute m WHERE m.target_id = $1 AND (m.expires_at IS NULL OR m.expires_at > "
            "$3) AND " +
            d.in_ids("m.actor_id", 2) +
            " UNION SELECT o.actor_id FROM own_domain_block o JOIN actor a ON a.host = o.host AND NOT a.local WHERE "
            "a.id = $1 AND " +
            d.in_ids("o.actor_id", 2),
        {actor, json_ids(among), now}));
}

Result<std::vector<Id>> exclusively_listing(Tx& tx, Id actor, std::span<const Id> among) {
    return ids(tx.query("SELECT DISTINCT l.owner_id FROM list_member m JOIN list l ON l.id = m.list_id WHERE "
                        "m.actor_id = $1 AND l.exclusive AND " +
                            tx.dialect().in_ids("l.owner_id", 2),
                        {actor, json_ids(among)}));
}

Result<std::vector<Id>> with_filters(Tx& tx, std::span<const Id> among) {
    return ids(tx.query("SELECT DISTINCT owner_id FROM post_filter WHERE " + tx.dialect().in_ids("owner_id", 1),
                        {json_ids(among)}));
}

Result<std::vector<Id>> good_tokens(Tx& tx, std::span<const Id> tokens) {
    return ids(tx.query("SELECT t.id FROM oauth_token t JOIN account u ON u.id = t.user_id JOIN actor a ON a.id = "
                        "u.actor_id WHERE t.revoked_at IS NULL AND u.disabled_at IS NULL AND a.suspended_at IS NULL "
                        "AND a.deleted_at IS NULL AND " +
                            tx.dialect().in_ids("t.id", 1),
                        {json_ids(tokens)}));
}

Result<std::vector<GroupEntry>> group_entries_of(Tx& tx, Id post) {
    std::vector<GroupEntry> out;
    for (const auto& row :
         TRY(tx.query("SELECT id, group_id, post_id, ap_id FROM group_entry WHERE post_id = $1", {post})))
        out.push_back({row.integer(0), row.integer(1), row.integer(2), row.str(3)});
    return out;
}

Result<std::vector<ConversationOf>> conversations_ending_with(Tx& tx, Id post, std::span<const Id> among) {
    std::vector<ConversationOf> out;
    for (const auto& row : TRY(tx.query("SELECT id, owner_id FROM conversation WHERE last_post_id = $1 AND " +
                                            tx.dialect().in_ids("owner_id", 2),
                                        {post, json_ids(among)})))
        out.push_back({row.integer(0), row.integer(1)});
    return out;
}

}  // namespace kith::repo
