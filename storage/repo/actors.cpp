#include "storage/repo/actors.hpp"

#include "storage/repo/gatherings.hpp"
#include "storage/repo/host_suspension.hpp"
#include "storage/repo/ids.hpp"
#include "storage/repo/threads.hpp"

namespace kith::repo {

using model::Actor;
using model::ActorKey;
using sql::Rows;
using sql::Tx;

const std::string actor_columns =
    "a.id, a.kind, a.local, a.username, a.host, a.name, a.summary, a.source, a.ap_id, a.url, "
    "a.inbox, "
    "a.shared_inbox, a.outbox, a.followers_url, a.following_url, a.featured_url, a.moderators_url, "
    "a.avatar_url, a.header_url, a.locked, a.bot, a.discoverable, a.indexable, a.fields, "
    "a.also_known_as, a.moved_to, a.followers_count, a.following_count, a.posts_count, "
    "a.created_at, "
    "a.updated_at, a.fetched_at, a.last_post_at, a.suspended_at, a.deleted_at, a.emojis, a.media_rejected, "
    "a.avatar_description, a.header_description, a.silenced, a.sensitized, "
    "CASE WHEN a.local THEN (SELECT u.role FROM account u WHERE u.actor_id = a.id) END";

namespace {

std::optional<bool> maybe_boolean(const Rows::Row& row, std::size_t column) {
    if (row.is_null(column)) return {};
    return row.boolean(column);
}

Result<std::optional<Actor>> one_actor(Result<Rows> found) {
    auto rows = TRY(std::move(found));
    if (rows.empty()) return std::optional<Actor>{};
    return actor_from(rows[0]);
}

ActorKey key_from(const Rows::Row& row) {
    return {.key_id = row.str(0),
            .actor_id = row.integer(1),
            .algorithm = model::KeyAlgorithm(row.integer(2)),
            .public_pem = row.str(3),
            .private_pem = row.str(4),
            .fetched_at = row.integer(5)};
}

constexpr const char* key_select =
    "SELECT key_id, actor_id, algorithm, public_pem, private_pem, fetched_at FROM actor_key ";

}  // namespace

Actor actor_from(const Rows::Row& row, std::size_t first) {
    auto at = [&first] { return first++; };
    Actor a;
    a.id = row.integer(at());
    a.kind = model::ActorKind(row.integer(at()));
    a.local = row.boolean(at());
    for (auto* text : {&a.username, &a.host, &a.name, &a.summary, &a.source, &a.ap_id, &a.url,
                       &a.inbox, &a.shared_inbox, &a.outbox, &a.followers_url, &a.following_url,
                       &a.featured_url, &a.moderators_url, &a.avatar_url, &a.header_url})
        *text = row.text(at());
    a.locked = row.boolean(at());
    a.bot = row.boolean(at());
    a.discoverable = maybe_boolean(row, at());
    a.indexable = maybe_boolean(row, at());
    for (auto* text : {&a.fields, &a.also_known_as, &a.moved_to}) *text = row.text(at());
    for (auto* number : {&a.followers_count, &a.following_count, &a.posts_count, &a.created_at,
                         &a.updated_at, &a.fetched_at})
        *number = row.integer(at());
    a.last_post_at = row.maybe_integer(at());
    a.suspended_at = row.maybe_integer(at());
    a.deleted_at = row.maybe_integer(at());
    a.emojis = row.text(at());
    a.media_rejected = row.boolean(at());
    a.avatar_description = row.text(at());
    a.header_description = row.text(at());
    a.silenced = row.boolean(at());
    a.sensitized = row.boolean(at());
    a.role = model::UserRole(row.maybe_integer(at()).value_or(0));
    if (a.media_rejected) {
        a.avatar_url.clear();
        a.header_url.clear();
        a.emojis = "[]";
    }
    return a;
}

Result<> insert_actor(Tx& tx, const Actor& a, std::string_view username_folded) {
    TRY(tx.execute(
        "INSERT INTO actor (id, kind, local, username, username_folded, host, name, summary, "
        "source, "
        "ap_id, url, inbox, shared_inbox, outbox, followers_url, following_url, featured_url, "
        "moderators_url, avatar_url, header_url, locked, bot, discoverable, indexable, fields, "
        "also_known_as, moved_to, followers_count, following_count, posts_count, created_at, "
        "updated_at, fetched_at, last_post_at, suspended_at, deleted_at, emojis, avatar_description, "
        "header_description) VALUES ($1, $2, $3, $4, "
        "$5, "
        "$6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, "
        "$24, "
        "$25, $26, $27, $28, $29, $30, $31, $32, $33, $34, $35, $36, $37, $38, $39)",
        {a.id,
         int(a.kind),
         a.local,
         a.username,
         username_folded,
         a.host,
         a.name,
         a.summary,
         a.source,
         a.ap_id,
         a.url,
         a.inbox,
         a.shared_inbox,
         a.outbox,
         a.followers_url,
         a.following_url,
         a.featured_url,
         a.moderators_url,
         a.avatar_url,
         a.header_url,
         a.locked,
         a.bot,
         a.discoverable,
         a.indexable,
         a.fields,
         a.also_known_as,
         a.moved_to,
         a.followers_count,
         a.following_count,
         a.posts_count,
         a.created_at,
         a.updated_at,
         a.fetched_at,
         a.last_post_at,
         a.suspended_at,
         a.deleted_at,
         a.emojis,
         a.avatar_description,
         a.header_description}));
    return a.local ? Result<>{} : mark_new_actor(tx, a.id, a.host);
}

Result<> update_actor(Tx& tx, const Actor& a) {
    TRY(tx.execute(
        "UPDATE actor SET name = $2, summary = $3, source = $4, url = $5, inbox = $6, "
        "shared_inbox = $7, outbox = $8, followers_url = $9, following_url = $10, featured_url = "
        "$11, "
        "moderators_url = $12, avatar_url = $13, header_url = $14, locked = $15, bot = $16, "
        "discoverable = $17, indexable = $18, fields = $19, also_known_as = $20, moved_to = $21, "
        "updated_at = $22, fetched_at = $23, emojis = $24, avatar_description = $25, header_description = $26 "
        "WHERE id = $1",
        {a.id,           a.name,           a.summary,    a.source,        a.url,
         a.inbox,        a.shared_inbox,   a.outbox,     a.followers_url, a.following_url,
         a.featured_url, a.moderators_url, a.avatar_url, a.header_url,    a.locked,
         a.bot,          a.discoverable,   a.indexable,  a.fields,        a.also_known_as,
         a.moved_to,     a.updated_at,     a.fetched_at, a.emojis,        a.avatar_description,
         a.header_description}));
    return {};
}

Result<std::optional<Actor>> find_actor(Tx& tx, Id id) {
    static const auto text = "SELECT " + actor_columns + " FROM actor a WHERE a.id = $1";
    return one_actor(tx.query(text, {id}));
}

Result<std::optional<Actor>> find_actor_by_ap_id(Tx& tx, std::string_view ap_id) {
    static const auto text = "SELECT " + actor_columns + " FROM actor a WHERE a.ap_id = $1";
    return one_actor(tx.query(text, {ap_id}));
}

Result<std::optional<Actor>> find_actor_by_name(Tx& tx, std::string_view username_folded,
                                                std::string_view host) {
    static const auto text = "SELECT " + actor_columns +
                             " FROM actor a WHERE a.username_folded = $1 AND a.host = $2 "
                             "ORDER BY a.deleted_at IS NOT NULL, a.kind, a.id LIMIT 1";
    return one_actor(tx.query(text, {username_folded, host}));
}

Result<std::optional<Actor>> find_actor_by_followers_url(Tx& tx, std::string_view url) {
    static const auto text =
        "SELECT " + actor_columns +
        " FROM actor a WHERE a.followers_url = $1 AND a.followers_url <> '' LIMIT 1";
    return one_actor(tx.query(text, {url}));
}

Result<std::vector<Actor>> actors_by_ids(Tx& tx, std::span<const Id> ids) {
    std::vector<Actor> out;
    if (ids.empty()) return out;
    static const auto make = [](const sql::Dialect& d) {
        return "SELECT " + actor_columns + " FROM actor a WHERE " + d.in_ids("a.id", 1);
    };
    auto rows = TRY(tx.query(make(tx.dialect()), {json_ids(ids)}));
    out.reserve(rows.size());
    for (const auto& row : rows) out.push_back(actor_from(row));
    return out;
}

Result<std::vector<Actor>> search_actors(Tx& tx, std::string_view folded,
                                         std::string_view host_prefix, int limit, int offset) {
    // A range instead of LIKE: it uses the index on both engines, and nothing needs escaping.
    static const auto text =
        "SELECT " + actor_columns +
        " FROM actor a WHERE a.username_folded >= $1 AND a.username_folded < $2 AND a.host >= $3 "
        "AND "
        "a.host < $4 AND a.deleted_at IS NULL AND a.suspended_at IS NULL AND a.kind <> 2 "
        "ORDER BY a.followers_count DESC, a.id LIMIT $5 OFFSET $6";
    const std::string after = "\xf4\x8f\xbf\xbf";  // sorts behind all text
    auto rows = TRY(tx.query(text, {folded, std::string(folded) + after, host_prefix,
                                    std::string(host_prefix) + after, limit, offset}));
    std::vector<Actor> out;
    for (const auto& row : rows) out.push_back(actor_from(row));
    return out;
}

Result<std::vector<std::string>> known_hosts(Tx& tx, int limit) {
    auto rows = TRY(tx.query(
        "SELECT DISTINCT host FROM actor WHERE host <> '' ORDER BY host LIMIT $1", {limit}));
    std::vector<std::string> out;
    for (const auto& row : rows) out.push_back(row.str(0));
    return out;
}

Result<std::int64_t> count_known_hosts(Tx& tx) {
    auto rows = TRY(tx.query("SELECT count(DISTINCT host) FROM actor WHERE host <> ''", {}));
    return rows[0].integer(0);
}

Result<> put_origin_counts(Tx& tx, Id actor, const OriginCounts& counts) {
    if (counts.followers)
        TRY(tx.execute("UPDATE actor SET followers_count = CASE WHEN k.n > $2 THEN k.n ELSE $2 END FROM (SELECT COUNT(*) AS n FROM "
                       "follow WHERE followed_id = $1 AND state = 1) k WHERE id = $1 AND NOT local",
                       {actor, *counts.followers}));
    if (counts.following)
        TRY(tx.execute("UPDATE actor SET following_count = CASE WHEN k.n > $2 THEN k.n ELSE $2 END FROM (SELECT COUNT(*) AS n FROM "
                       "follow WHERE follower_id = $1 AND state = 1) k WHERE id = $1 AND NOT local",
                       {actor, *counts.following}));
    return {};
}

Result<> add_to_counter(Tx& tx, Id actor, ActorCounter counter, int by) {
    switch (counter) {
        case ActorCounter::followers:
            TRY(tx.execute("UPDATE actor SET followers_count = followers_count + $2, "
                           "followers_version = followers_version + 1 WHERE id = $1",
                           {actor, by}));
            break;
        case ActorCounter::following:
            TRY(tx.execute("UPDATE actor SET following_count = following_count + $2 WHERE id = $1",
                           {actor, by}));
            break;
        case ActorCounter::posts:
            TRY(tx.execute("UPDATE actor SET posts_count = posts_count + $2 WHERE id = $1",
                           {actor, by}));
            break;
    }
    return {};
}

Result<> set_last_post_at(Tx& tx, Id actor, TimeMs at) {
    TRY(tx.execute(
        "UPDATE actor SET last_post_at = $2 WHERE id = $1 AND COALESCE(last_post_at, 0) < $2",
        {actor, at}));
    return {};
}

Result<> set_suspended(Tx& tx, Id actor, std::optional<TimeMs> at) {
    tx.mark_news();  // streams are cut off
    TRY(tx.execute("UPDATE actor SET suspended_at = $2 WHERE id = $1", {actor, at}));
    return {};
}

Result<> mark_actor_deleted(Tx& tx, Id actor, TimeMs at) {
    TRY(
        tx.execute("UPDATE actor SET deleted_at = $2, name = '', summary = '', source = '', "
                   "avatar_url = '', header_url = '', fields = '[]' WHERE id = $1",
                   {actor, at}));
    TRY(forget_threads_of(tx, actor));
    return forget_answers_of(tx, actor);
}

Result<> set_fetched(Tx& tx, Id actor, TimeMs at) {
    TRY(tx.execute("UPDATE actor SET fetched_at = $2 WHERE id = $1", {actor, at}));
    return {};
}

Result<> put_key(Tx& tx, const ActorKey& key) {
    TRY(tx.execute(
        "INSERT INTO actor_key (key_id, actor_id, algorithm, public_pem, private_pem, fetched_at) "
        "VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (key_id) DO UPDATE SET "
        "actor_id = excluded.actor_id, algorithm = excluded.algorithm, "
        "public_pem = excluded.public_pem, private_pem = excluded.private_pem, "
        "fetched_at = excluded.fetched_at",
        {key.key_id, key.actor_id, int(key.algorithm), key.public_pem, key.private_pem,
         key.fetched_at}));
    return {};
}

Result<> delete_keys_of(Tx& tx, Id actor) {
    TRY(tx.execute("DELETE FROM actor_key WHERE actor_id = $1", {actor}));
    return {};
}

Result<std::optional<ActorKey>> find_key(Tx& tx, std::string_view key_id) {
    static const auto text = std::string(key_select) + "WHERE key_id = $1";
    auto rows = TRY(tx.query(text, {key_id}));
    if (rows.empty()) return std::optional<ActorKey>{};
    return key_from(rows[0]);
}

Result<std::vector<ActorKey>> keys_of(Tx& tx, Id actor) {
    static const auto text =
        std::string(key_select) + "WHERE actor_id = $1 ORDER BY algorithm, key_id";
    auto rows = TRY(tx.query(text, {actor}));
    std::vector<ActorKey> out;
    for (const auto& row : rows) out.push_back(key_from(row));
    return out;
}

Result<> delete_retired_keys(Tx& tx, TimeMs before) {
    TRY(tx.execute("DELETE FROM actor_key WHERE private_pem = '' AND fetched_at < $1 AND "
                   "actor_id IN (SELECT id FROM actor WHERE local)",
                   {before}));
    return {};
}

Result<std::vector<Id>> local_actor_ids(Tx& tx) {
    std::vector<Id> out;
    for (const auto& row :
         TRY(tx.query("SELECT id FROM actor WHERE local AND deleted_at IS NULL ORDER BY id")))
        out.push_back(row.integer(0));
    return out;
}

Result<> add_to_key_pool(Tx& tx, Id id, const ActorKey& key) {
    TRY(tx.execute(
        "INSERT INTO key_pool (id, algorithm, public_pem, private_pem) VALUES ($1, $2, $3, $4)",
        {id, int(key.algorithm), key.public_pem, key.private_pem}));
    return {};
}

Result<std::optional<ActorKey>> take_from_key_pool(Tx& tx, model::KeyAlgorithm algorithm) {
    static const auto make = [](const sql::Dialect& d) {
        return "DELETE FROM key_pool WHERE id = (SELECT id FROM key_pool WHERE algorithm = $1 "
               "ORDER BY id LIMIT 1" +
               std::string(d.skip_locked()) + ") RETURNING public_pem, private_pem";
    };
    auto rows = TRY(tx.query(make(tx.dialect()), {int(algorithm)}));
    if (rows.empty()) return std::optional<ActorKey>{};
    ActorKey key;
    key.algorithm = algorithm;
    key.public_pem = rows[0].text(0);
    key.private_pem = rows[0].text(1);
    return key;
}

Result<std::int64_t> key_pool_size(Tx& tx, model::KeyAlgorithm algorithm) {
    auto rows =
        TRY(tx.query("SELECT COUNT(*) FROM key_pool WHERE algorithm = $1", {int(algorithm)}));
    return rows[0].integer(0);
}

}  // namespace kith::repo
