#include "storage/repo/collections.hpp"

#include "storage/repo/ids.hpp"

namespace kith::repo {

using model::Collection;
using model::CollectionItem;
using model::CollectionItemState;
using sql::Tx;

namespace {

constexpr const char* columns =
    "c.id, c.owner_id, c.name, c.description, c.language, c.tag_id, t.display, c.sensitive, c.discoverable, "
    "c.created_at, c.updated_at";

const std::string from_collections = std::string("SELECT ") + columns +
                                     " FROM collection c JOIN actor o ON o.id = c.owner_id LEFT JOIN tag t ON t.id = "
                                     "c.tag_id";

// $1: the viewer, or NULL.
const std::string open_to_viewer =
    " WHERE o.deleted_at IS NULL AND o.suspended_at IS NULL AND NOT EXISTS (SELECT 1 FROM block b WHERE b.actor_id = "
    "c.owner_id AND b.target_id = CAST($1 AS BIGINT))";

Collection collection_from(const sql::Rows::Row& row) {
    return {.id = row.integer(0),
            .owner_id = row.integer(1),
            .name = row.str(2),
            .description = row.str(3),
            .language = row.str(4),
            .tag_id = row.maybe_integer(5),
            .tag = row.is_null(6) ? std::string() : row.str(6),
            .sensitive = row.boolean(7),
            .discoverable = row.boolean(8),
            .created_at = row.integer(9),
            .updated_at = row.integer(10)};
}

Result<std::vector<Collection>> all(Result<sql::Rows> found) {
    std::vector<Collection> out;
    for (const auto& row : TRY(std::move(found))) out.push_back(collection_from(row));
    return out;
}

CollectionItem item_from(const sql::Rows::Row& row) {
    return {.id = row.integer(0),
            .collection_id = row.integer(1),
            .actor_id = row.integer(2),
            .state = CollectionItemState(row.integer(3)),
            .created_at = row.integer(4)};
}

}  // namespace

Result<> insert_collection(Tx& tx, const Collection& c) {
    TRY(tx.execute("INSERT INTO collection (id, owner_id, name, description, language, tag_id, sensitive, discoverable, "
                   "created_at, updated_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
                   {c.id, c.owner_id, c.name, c.description, c.language, c.tag_id, c.sensitive, c.discoverable,
                    c.created_at, c.updated_at}));
    return {};
}

Result<> update_collection(Tx& tx, const Collection& c) {
    TRY(tx.execute("UPDATE collection SET name = $2, description = $3, language = $4, tag_id = $5, sensitive = $6, "
                   "discoverable = $7, updated_at = $8 WHERE id = $1",
                   {c.id, c.name, c.description, c.language, c.tag_id, c.sensitive, c.discoverable, c.updated_at}));
    return {};
}

Result<> delete_collection(Tx& tx, Id id) {
    TRY(tx.execute("DELETE FROM collection WHERE id = $1", {id}));
    return {};
}

Result<std::optional<Collection>> find_collection(Tx& tx, std::optional<Id> viewer, Id id) {
    static const auto text = from_collections + open_to_viewer + " AND c.id = $2";
    auto found = TRY(all(tx.query(text, {viewer, id})));
    return found.empty() ? std::optional<Collection>{} : std::optional(std::move(found.front()));
}

Result<std::vector<Collection>> collections(Tx& tx, std::optional<Id> viewer, const CollectionRows& rows) {
    static const std::string end = " AND (NOT $3 OR c.discoverable) ORDER BY c.id DESC LIMIT $4 OFFSET $5";
    static const auto by_owner = from_collections + open_to_viewer + " AND c.owner_id = $2" + end;
    static const auto by_item = from_collections + open_to_viewer +
                                " AND c.id IN (SELECT i.collection_id FROM collection_item i WHERE i.actor_id = $2 AND "
                                "i.state = 1)" +
                                end;
    return all(tx.query(rows.with ? by_item : by_owner, {viewer, rows.with ? rows.with : rows.owner, rows.discoverable_only,
                                                         rows.limit, rows.offset}));
}

Result<std::int64_t> count_collections(Tx& tx, Id owner) {
    return TRY(tx.query("SELECT COUNT(*) FROM collection WHERE owner_id = $1", {owner}))[0].integer(0);
}

Result<bool> add_collection_item(Tx& tx, const CollectionItem& i) {
    return TRY(tx.execute("INSERT INTO collection_item (id, collection_id, actor_id, state, created_at) VALUES ($1, $2, $3, "
                          "$4, $5) ON CONFLICT (collection_id, actor_id) DO NOTHING",
                          {i.id, i.collection_id, i.actor_id, int(i.state), i.created_at})) == 1;
}

Result<std::optional<CollectionItem>> find_collection_item(Tx& tx, Id collection, Id item) {
    const auto rows = TRY(tx.query("SELECT id, collection_id, actor_id, state, created_at FROM collection_item WHERE "
                                   "collection_id = $1 AND id = $2",
                                   {collection, item}));
    return rows.empty() ? std::optional<CollectionItem>{} : std::optional(item_from(rows[0]));
}

Result<> set_collection_item_state(Tx& tx, Id item, CollectionItemState state) {
    TRY(tx.execute("UPDATE collection_item SET state = $2 WHERE id = $1", {item, int(state)}));
    return {};
}

Result<> remove_collection_item(Tx& tx, Id item) {
    TRY(tx.execute("DELETE FROM collection_item WHERE id = $1", {item}));
    return {};
}

Result<std::vector<CollectionItem>> collection_items(Tx& tx, std::optional<Id> viewer, std::span<const Id> collections) {
    std::vector<CollectionItem> out;
    if (collections.empty()) return out;
    static const auto make = [](const sql::Dialect& d) {
        return "SELECT i.id, i.collection_id, i.actor_id, i.state, i.created_at FROM collection_item i JOIN actor a ON a.id "
               "= i.actor_id WHERE i.state <= 1 AND a.deleted_at IS NULL AND a.suspended_at IS NULL AND NOT EXISTS (SELECT "
               "1 FROM block b WHERE (b.actor_id = CAST($1 AS BIGINT) AND b.target_id = i.actor_id) OR (b.actor_id = "
               "i.actor_id AND b.target_id = CAST($1 AS BIGINT))) AND " +
               d.in_ids("i.collection_id", 2) + " ORDER BY i.id";
    };
    for (const auto& row : TRY(tx.query(make(tx.dialect()), {viewer, json_ids(collections)}))) out.push_back(item_from(row));
    return out;
}

Result<std::int64_t> count_collection_items(Tx& tx, Id collection) {
    return TRY(tx.query("SELECT COUNT(*) FROM collection_item WHERE collection_id = $1 AND state <= 1", {collection}))[0]
        .integer(0);
}

Result<> part_in_collections(Tx& tx, Id actor, Id other) {
    TRY(tx.execute("UPDATE collection_item SET state = 3 WHERE actor_id = $1 AND collection_id IN (SELECT id FROM "
                   "collection WHERE owner_id = $2)",
                   {actor, other}));
    TRY(tx.execute("DELETE FROM collection_item WHERE actor_id = $2 AND state <= 1 AND collection_id IN (SELECT id FROM "
                   "collection WHERE owner_id = $1)",
                   {actor, other}));
    return {};
}

Result<> withdraw_collection_notifications(Tx& tx, Id collection, Id owner) {
    TRY(tx.execute("DELETE FROM notification WHERE collection_id = $1 AND owner_id = $2", {collection, owner}));
    return {};
}

Result<> add_reported_collections(Tx& tx, Id report, std::span<const Id> collections) {
    for (const auto collection : collections)
        TRY(tx.execute("INSERT INTO report_collection (report_id, collection_id) VALUES ($1, $2) ON CONFLICT DO NOTHING",
                       {report, collection}));
    return {};
}

Result<std::vector<Collection>> reported_collections(Tx& tx, Id report) {
    static const auto text = from_collections +
                             " JOIN report_collection r ON r.collection_id = c.id WHERE r.report_id = $1 ORDER BY c.id";
    return all(tx.query(text, {report}));
}

}  // namespace kith::repo
