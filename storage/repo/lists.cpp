#include "storage/repo/lists.hpp"

#include "storage/repo/actors.hpp"
#include "storage/repo/ids.hpp"
#include "storage/repo/visibility.hpp"
#include "storage/repo/window.hpp"

#include <algorithm>

namespace kith::repo {

using model::List;
using model::ListReplies;
using sql::Tx;

namespace {

constexpr const char* list_select = "SELECT l.id, l.owner_id, l.title, l.replies, l.exclusive FROM list l ";

List list_from(const sql::Rows::Row& row) {
    return {.id = row.integer(0),
            .owner_id = row.integer(1),
            .title = row.str(2),
            .replies = ListReplies(row.integer(3)),
            .exclusive = row.boolean(4)};
}

Result<std::vector<List>> lists(Result<sql::Rows> found) {
    std::vector<List> out;
    for (const auto& row : TRY(std::move(found))) out.push_back(list_from(row));
    return out;
}

}  // namespace

Result<> insert_list(Tx& tx, const List& l) {
    TRY(tx.execute("INSERT INTO list (id, owner_id, title, replies, exclusive) VALUES ($1, $2, $3, $4, $5)",
                   {l.id, l.owner_id, l.title, int(l.replies), l.exclusive}));
    return {};
}

Result<> update_list(Tx& tx, const List& l) {
    TRY(tx.execute("UPDATE list SET title = $2, replies = $3, exclusive = $4 WHERE id = $1",
                   {l.id, l.title, int(l.replies), l.exclusive}));
    return {};
}

Result<> delete_list(Tx& tx, Id list) {
    TRY(tx.execute("DELETE FROM list WHERE id = $1", {list}));
    return {};
}

Result<std::optional<List>> find_list(Tx& tx, Id owner, Id list) {
    static const auto text = std::string(list_select) + "WHERE l.owner_id = $1 AND l.id = $2";
    auto found = TRY(lists(tx.query(text, {owner, list})));
    return found.empty() ? std::optional<List>{} : std::optional<List>(std::move(found.front()));
}

Result<std::vector<List>> lists_of(Tx& tx, Id owner) {
    static const auto text = std::string(list_select) + "WHERE l.owner_id = $1 ORDER BY l.id";
    return lists(tx.query(text, {owner}));
}

Result<std::vector<List>> lists_with(Tx& tx, Id owner, Id member) {
    static const auto text = std::string(list_select) +
                             "JOIN list_member m ON m.list_id = l.id WHERE l.owner_id = $1 AND m.actor_id "
                             "= $2 ORDER BY l.id";
    return lists(tx.query(text, {owner, member}));
}

Result<bool> add_list_member(Tx& tx, Id list, Id actor, Id id) {
    return TRY(tx.execute("INSERT INTO list_member (list_id, actor_id, id) VALUES ($1, $2, $3) ON CONFLICT "
                          "(list_id, actor_id) DO NOTHING",
                          {list, actor, id})) == 1;
}

Result<bool> remove_list_member(Tx& tx, Id list, Id actor) {
    return TRY(tx.execute("DELETE FROM list_member WHERE list_id = $1 AND actor_id = $2", {list, actor})) == 1;
}

Result<> remove_from_lists_of(Tx& tx, Id owner, Id actor) {
    TRY(tx.execute("DELETE FROM list_member WHERE actor_id = $2 AND list_id IN (SELECT id FROM list WHERE "
                   "owner_id = $1)",
                   {owner, actor}));
    return {};
}

Result<std::vector<FollowRow>> list_members_page(Tx& tx, Id list, const Window& w) {
    static const PageText text("SELECT m.id, " + actor_columns +
                                   " FROM list_member m JOIN actor a ON a.id = m.actor_id WHERE m.list_id = "
                                   "$4 AND a.suspended_at IS NULL AND a.deleted_at IS NULL",
                               "m.id");
    return actor_page(tx, text, w, {list});
}

Result<std::int64_t> count_list_members(Tx& tx, Id list) {
    return TRY(tx.query("SELECT COUNT(*) FROM list_member WHERE list_id = $1", {list}))[0].integer(0);
}

Result<std::vector<TimelineRow>> list_page(Tx& tx, const List& list, const Window& w) {
    // $4 the owner, $5 the list, $6 its rule: 0 replies to whom the owner follows, 1 to members, 2 none.
    // Of a group the list shows its entries.
    static const PageText posts(
        "SELECT p.id, p.id, NULL, NULL FROM post p WHERE p.actor_id IN (SELECT actor_id FROM list_member "
        "WHERE list_id = $5) AND p.visibility <> 3 AND (p.group_id IS NULL OR (p.in_reply_to_id IS NULL AND "
        "p.in_reply_to_ap_id = '')) AND ((p.in_reply_to_id IS NULL AND p.in_reply_to_ap_id = '') OR "
        "p.in_reply_to_actor_id = p.actor_id OR p.in_reply_to_actor_id = $4 OR ($6 = 0 AND EXISTS (SELECT 1 "
        "FROM follow f WHERE f.follower_id = $4 AND f.followed_id = p.in_reply_to_actor_id AND f.state = 1)) "
        "OR ($6 = 1 AND EXISTS (SELECT 1 FROM list_member m WHERE m.list_id = $5 AND m.actor_id = "
        "p.in_reply_to_actor_id))) AND " +
            visible_to("p", 4),
        "p.id");
    static const PageText boosts(
        "SELECT b.id, b.post_id, b.id, NULL FROM boost b JOIN post p ON p.id = b.post_id WHERE b.actor_id IN "
        "(SELECT m.actor_id FROM list_member m JOIN follow f ON f.followed_id = m.actor_id AND f.follower_id "
        "= $4 AND f.show_boosts WHERE m.list_id = $5) AND b.visibility <= 1 AND " +
            visible_to("p", 4),
        "b.id");
    static const PageText entries(
        "SELECT e.id, e.post_id, NULL, e.group_id FROM group_entry e JOIN post p ON p.id = e.post_id WHERE "
        "e.group_id IN (SELECT actor_id FROM list_member WHERE list_id = $5) AND " +
            visible_to("p", 4),
        "e.id");
    std::vector<TimelineRow> out;
    const auto add = [&](const PageText& text, std::initializer_list<sql::Param> more) -> Result<> {
        for (const auto& row : TRY(page_rows(tx, text, w, more)))
            out.push_back({row.integer(0), row.integer(1), row.maybe_integer(2), row.maybe_integer(3)});
        return {};
    };
    TRY(add(posts, {list.owner_id, list.id, int(list.replies)}));
    TRY(add(boosts, {list.owner_id, list.id}));
    TRY(add(entries, {list.owner_id, list.id}));
    std::sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.id > b.id; });
    cut_to(out, w);
    return out;
}

Result<std::vector<Id>> exclusively_listed_among(Tx& tx, Id owner, std::span<const Id> others) {
    static const auto make = [](const sql::Dialect& d) {
        return "SELECT DISTINCT m.actor_id FROM list l JOIN list_member m ON m.list_id = l.id WHERE "
               "l.owner_id = $1 AND l.exclusive AND " +
               d.in_ids("m.actor_id", 2);
    };
    std::vector<Id> out;
    if (others.empty()) return out;
    for (const auto& row : TRY(tx.query(make(tx.dialect()), {owner, json_ids(others)})))
        out.push_back(row.integer(0));
    return out;
}

}  // namespace kith::repo
