#include "storage/repo/posts.hpp"

#include "base/text/url.hpp"
#include "storage/repo/comment_marks.hpp"
#include "storage/repo/ids.hpp"
#include "storage/repo/visibility.hpp"

#include <algorithm>

namespace kith::repo {

using model::Post;
using sql::Rows;
using sql::Tx;

const std::string post_columns =
    "p.id, p.ap_id, p.url, p.actor_id, p.local, p.kind, p.visibility, p.group_id, "
    "p.in_reply_to_id, "
    "p.in_reply_to_ap_id, p.in_reply_to_actor_id, p.thread_id, p.title, p.content, p.source, "
    "p.source_type, p.summary, p.sensitive, p.language, p.link_url, p.context_url, p.published_at, "
    "p.received_at, p.edited_at, p.deleted_at, p.replies_count, p.likes_count, p.dislikes_count, "
    "p.boosts_count, p.app_id";

namespace {

constexpr const char* insert_text =
    "INSERT INTO post (id, ap_id, url, actor_id, local, kind, visibility, group_id, "
    "in_reply_to_id, "
    "in_reply_to_ap_id, in_reply_to_actor_id, thread_id, title, content, source, source_type, "
    "summary, "
    "sensitive, language, link_url, context_url, published_at, received_at, edited_at, deleted_at, "
    "replies_count, likes_count, dislikes_count, boosts_count, app_id) VALUES ($1, $2, $3, $4, $5, "
    "$6, "
    "$7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, "
    "$26, "
    "$27, $28, $29, $30)";

Result<std::int64_t> insert_with(Tx& tx, std::string_view text, const Post& p) {
    return tx.execute(text, {p.id,
                             p.ap_id,
                             p.url,
                             p.actor_id,
                             p.local,
                             int(p.kind),
                             int(p.visibility),
                             p.group_id,
                             p.in_reply_to_id,
                             p.in_reply_to_ap_id,
                             p.in_reply_to_actor_id,
                             p.thread_id,
                             p.title,
                             p.content,
                             p.source,
                             p.source_type,
                             p.summary,
                             p.sensitive,
                             p.language,
                             p.link_url,
                             p.context_url,
                             p.published_at,
                             p.received_at,
                             p.edited_at,
                             p.deleted_at,
                             p.replies_count,
                             p.likes_count,
                             p.dislikes_count,
                             p.boosts_count,
                             p.app_id});
}

Result<std::optional<Post>> one_post(Result<Rows> found) {
    auto rows = TRY(std::move(found));
    if (rows.empty()) return std::optional<Post>{};
    return post_from(rows[0]);
}

std::vector<Post> posts_from(const Rows& rows) {
    std::vector<Post> out;
    out.reserve(rows.size());
    for (const auto& row : rows) out.push_back(post_from(row));
    return out;
}

}  // namespace

Post post_from(const Rows::Row& row, std::size_t first) {
    auto at = [&first] { return first++; };
    Post p;
    p.id = row.integer(at());
    p.ap_id = row.text(at());
    p.url = row.text(at());
    p.actor_id = row.integer(at());
    p.local = row.boolean(at());
    p.kind = model::PostKind(row.integer(at()));
    p.visibility = model::Visibility(row.integer(at()));
    p.group_id = row.maybe_integer(at());
    p.in_reply_to_id = row.maybe_integer(at());
    p.in_reply_to_ap_id = row.text(at());
    p.in_reply_to_actor_id = row.maybe_integer(at());
    p.thread_id = row.integer(at());
    for (auto* text : {&p.title, &p.content, &p.source, &p.source_type, &p.summary})
        *text = row.text(at());
    p.sensitive = row.boolean(at());
    for (auto* text : {&p.language, &p.link_url, &p.context_url}) *text = row.text(at());
    p.published_at = row.integer(at());
    p.received_at = row.integer(at());
    p.edited_at = row.maybe_integer(at());
    p.deleted_at = row.maybe_integer(at());
    for (auto* number :
         {&p.replies_count, &p.likes_count, &p.dislikes_count, &p.boosts_count, &p.app_id})
        *number = row.integer(at());
    return p;
}

Result<> insert_post(Tx& tx, const Post& p) {
    TRY(insert_with(tx, insert_text, p));
    return {};
}

Result<bool> try_insert_post(Tx& tx, const Post& p) {
    static const auto text = std::string(insert_text) + " ON CONFLICT DO NOTHING";
    return TRY(insert_with(tx, text, p)) == 1;
}

Result<> update_post(Tx& tx, const Post& p) {
    TRY(tx.execute(
        "UPDATE post SET url = $2, title = $3, content = $4, source = $5, source_type = $6, "
        "summary = $7, sensitive = $8, language = $9, link_url = $10, edited_at = $11, kind = $12 "
        "WHERE id = $1",
        {p.id, p.url, p.title, p.content, p.source, p.source_type, p.summary, p.sensitive,
         p.language, p.link_url, p.edited_at, int(p.kind)}));
    return {};
}

Result<> set_post_group(Tx& tx, Id post, Id group) {
    TRY(tx.execute("UPDATE post SET group_id = $2 WHERE id = $1 AND group_id IS NULL",
                   {post, group}));
    TRY(tx.execute("UPDATE gathering SET group_id = $2 WHERE post_id = $1 AND group_id IS NULL", {post, group}));
    return {};
}

Result<> scrub_post(Tx& tx, Id id, TimeMs at) {
    for (const char* text :
         {"DELETE FROM home_entry WHERE post_id = $1", "DELETE FROM group_entry WHERE post_id = $1",
          "DELETE FROM notification WHERE post_id = $1", "DELETE FROM reaction WHERE post_id = $1",
          "DELETE FROM boost WHERE post_id = $1", "DELETE FROM post_pin WHERE post_id = $1",
          "DELETE FROM post_edit WHERE post_id = $1", "DELETE FROM poll WHERE post_id = $1",
          "DELETE FROM attachment WHERE post_id = $1", "DELETE FROM post_tag WHERE post_id = $1",
          "DELETE FROM post_mention WHERE post_id = $1", "DELETE FROM quote WHERE post_id = $1",
          "DELETE FROM interaction_rule WHERE post_id = $1", "DELETE FROM gathering WHERE post_id = $1",
          "DELETE FROM post_emoji WHERE post_id = $1", "DELETE FROM folded_post WHERE post_id = $1",
          "DELETE FROM emoji_reaction WHERE post_id = $1"})
        TRY(tx.execute(text, {id}));
    TRY(forget_answer(tx, id));
    // The audience stays: the Delete goes to those who were addressed.
    TRY(tx.execute(
        "UPDATE post SET title = '', content = '', source = '', summary = '', link_url = '', "
        "likes_count = 0, dislikes_count = 0, boosts_count = 0, deleted_at = $2 WHERE id = $1",
        {id, at}));
    return {};
}

Result<std::optional<Post>> find_post(Tx& tx, Id id) {
    static const auto text = "SELECT " + post_columns + " FROM post p WHERE p.id = $1";
    return one_post(tx.query(text, {id}));
}

Result<std::optional<Post>> find_post_by_ap_id(Tx& tx, std::string_view ap_id) {
    static const auto text = "SELECT " + post_columns + " FROM post p WHERE p.ap_id = $1";
    return one_post(tx.query(text, {ap_id}));
}

Result<std::optional<Post>> find_post_by_url(Tx& tx, std::string_view url) {
    auto by_id = TRY(find_post_by_ap_id(tx, url));
    if (by_id) return by_id;
    // Of its own origin: else anybody could call somebody's page that of a post of their own.
    const auto parsed = Url::parse(url);
    if (!parsed) return std::optional<Post>{};
    const auto origin = parsed->origin() + "/";
    static const auto text = "SELECT " + post_columns +
                             " FROM post p WHERE p.url = $1 AND SUBSTR(p.ap_id, 1, CAST($3 AS INTEGER)) = $2 ORDER BY p.id LIMIT 1";
    return one_post(tx.query(text, {url, origin, std::int64_t(origin.size())}));
}

Result<bool> sees_post(Tx& tx, std::optional<Id> viewer, Id post) {
    static const auto text = "SELECT 1 FROM post p WHERE p.id = $1 AND " + visible_to("p", 2);
    return !TRY(tx.query(text, {post, viewer})).empty();
}

Result<bool> wrote_in_thread(Tx& tx, Id author, Id thread) {
    return !TRY(tx.query("SELECT 1 FROM post WHERE thread_id = $1 AND actor_id = $2 LIMIT 1", {thread, author}))
                .empty();
}

Result<std::vector<Post>> visible_posts(Tx& tx, std::optional<Id> viewer, std::span<const Id> ids) {
    if (ids.empty()) return std::vector<Post>{};
    static const auto make = [](const sql::Dialect& d) {
        return "SELECT " + post_columns + " FROM post p WHERE " + d.in_ids("p.id", 1) + " AND " +
               visible_to("p", 2);
    };
    return posts_from(TRY(tx.query(make(tx.dialect()), {json_ids(ids), viewer})));
}

Result<std::vector<Post>> visible_thread(Tx& tx, std::optional<Id> viewer, Id thread, int limit) {
    static const auto text = "SELECT " + post_columns + " FROM post p WHERE p.thread_id = $1 AND " +
                             visible_to("p", 2) + " ORDER BY p.id LIMIT $3";
    return posts_from(TRY(tx.query(text, {thread, viewer, limit})));
}

Result<> adopt_orphans(Tx& tx, const Post& parent, const std::vector<Id>& outsiders) {
    // One of the parent's own thread is what the parent answers: a circle, as only a forger makes
    // it.
    auto rows =
        TRY(tx.query("SELECT id, thread_id, deleted_at, actor_id FROM post WHERE in_reply_to_ap_id = $1 AND "
                     "in_reply_to_ap_id <> '' AND thread_id <> $2",
                     {parent.ap_id, parent.thread_id}));
    for (const auto& row : rows) {
        auto id = row.integer(0), old_thread = row.integer(1);
        if (std::find(outsiders.begin(), outsiders.end(), row.integer(3)) != outsiders.end()) continue;
        TRY(
            tx.execute("UPDATE post SET in_reply_to_id = $2, in_reply_to_actor_id = $3, "
                       "in_reply_to_ap_id = '' WHERE id = $1",
                       {id, parent.id, parent.actor_id}));
        TRY(move_thread(tx, old_thread, parent.thread_id));
        if (row.is_null(2)) TRY(add_to_counter(tx, parent.id, PostCounter::replies, 1));
    }
    return {};
}

Result<std::vector<Id>> authors_of_orphans(Tx& tx, std::string_view parent_ap_id) {
    std::vector<Id> out;
    for (const auto& row : TRY(tx.query("SELECT DISTINCT actor_id FROM post WHERE in_reply_to_ap_id = $1 AND in_reply_to_ap_id <> '' "
                                        "ORDER BY actor_id",
                                        {parent_ap_id})))
        out.push_back(row.integer(0));
    return out;
}

Result<> move_thread(Tx& tx, Id from_thread, Id to_thread) {
    TRY(tx.execute("UPDATE post SET thread_id = $2 WHERE thread_id = $1",
                   {from_thread, to_thread}));
    return {};
}

Result<> add_to_counter(Tx& tx, Id post, PostCounter counter, int by) {
    std::string_view text;
    switch (counter) {
        case PostCounter::replies:
            text = "UPDATE post SET replies_count = replies_count + $2 WHERE id = $1";
            break;
        case PostCounter::likes:
            text = "UPDATE post SET likes_count = likes_count + $2 WHERE id = $1";
            break;
        case PostCounter::dislikes:
            text = "UPDATE post SET dislikes_count = dislikes_count + $2 WHERE id = $1";
            break;
        case PostCounter::boosts:
            text = "UPDATE post SET boosts_count = boosts_count + $2 WHERE id = $1";
            break;
    }
    TRY(tx.execute(text, {post, by}));
    return {};
}

Result<> add_audience(Tx& tx, Id post, Id actor) {
    TRY(tx.execute(
        "INSERT INTO post_audience (post_id, actor_id) VALUES ($1, $2) ON CONFLICT DO NOTHING",
        {post, actor}));
    return {};
}

Result<std::vector<Id>> audience_of(Tx& tx, Id post) {
    auto rows = TRY(tx.query(
        "SELECT actor_id FROM post_audience WHERE post_id = $1 ORDER BY actor_id", {post}));
    std::vector<Id> out;
    for (const auto& row : rows) out.push_back(row.integer(0));
    return out;
}

Result<> pin(Tx& tx, Id actor, Id post, TimeMs at) {
    TRY(
        tx.execute("INSERT INTO post_pin (actor_id, post_id, created_at) VALUES ($1, $2, $3) ON "
                   "CONFLICT DO NOTHING",
                   {actor, post, at}));
    return {};
}

Result<> unpin(Tx& tx, Id actor, Id post) {
    TRY(tx.execute("DELETE FROM post_pin WHERE actor_id = $1 AND post_id = $2", {actor, post}));
    return {};
}

Result<std::vector<Id>> pinned_by(Tx& tx, Id actor) {
    auto rows = TRY(tx.query(
        "SELECT post_id FROM post_pin WHERE actor_id = $1 ORDER BY created_at DESC, post_id DESC",
        {actor}));
    std::vector<Id> out;
    for (const auto& row : rows) out.push_back(row.integer(0));
    return out;
}

Result<std::vector<Id>> pinned_among(Tx& tx, Id actor, std::span<const Id> posts) {
    static const auto make = [](const sql::Dialect& d) {
        return "SELECT post_id FROM post_pin WHERE actor_id = $1 AND " + d.in_ids("post_id", 2);
    };
    auto rows = TRY(tx.query(make(tx.dialect()), {actor, json_ids(posts)}));
    std::vector<Id> out;
    for (const auto& row : rows) out.push_back(row.integer(0));
    return out;
}

Result<> add_tombstone(Tx& tx, const Tombstone& t) {
    TRY(
        tx.execute("INSERT INTO tombstone (ap_id, former_type, actor_ap_id, deleted_at) VALUES "
                   "($1, $2, $3, $4) "
                   "ON CONFLICT DO NOTHING",
                   {t.ap_id, t.former_type, t.actor_ap_id, t.deleted_at}));
    return {};
}

Result<std::optional<Tombstone>> find_tombstone(Tx& tx, std::string_view ap_id) {
    auto rows = TRY(tx.query(
        "SELECT ap_id, former_type, actor_ap_id, deleted_at FROM tombstone WHERE ap_id = $1",
        {ap_id}));
    if (rows.empty()) return std::optional<Tombstone>{};
    return Tombstone{rows[0].str(0), rows[0].str(1), rows[0].str(2), rows[0].integer(3)};
}

Result<> remove_tombstone(Tx& tx, std::string_view ap_id) {
    TRY(tx.execute("DELETE FROM tombstone WHERE ap_id = $1", {ap_id}));
    return {};
}

Result<std::optional<Id>> find_idempotent(Tx& tx, Id user, std::string_view key,
                                          TimeMs not_before) {
    auto rows = TRY(tx.query(
        "SELECT post_id FROM idempotency WHERE user_id = $1 AND key = $2 AND created_at >= $3",
        {user, key, not_before}));
    if (rows.empty()) return std::optional<Id>{};
    return rows[0].integer(0);
}

Result<> delete_idempotent_before(Tx& tx, TimeMs before) {
    TRY(tx.execute("DELETE FROM idempotency WHERE created_at < $1", {before}));
    return {};
}

Result<> put_idempotent(Tx& tx, Id user, std::string_view key, Id post, TimeMs at) {
    TRY(tx.execute(
        "INSERT INTO idempotency (user_id, key, post_id, created_at) VALUES ($1, $2, $3, $4) "
        "ON CONFLICT (user_id, key) DO UPDATE SET post_id = excluded.post_id, created_at = "
        "excluded.created_at",
        {user, key, post, at}));
    return {};
}

Result<std::vector<Id>> post_ids_of(Tx& tx, Id actor, Id max_id, int limit) {
    auto rows =
        TRY(tx.query("SELECT id FROM post WHERE actor_id = $1 AND id < $2 AND deleted_at IS NULL "
                     "ORDER BY id DESC LIMIT $3",
                     {actor, max_id, limit}));
    std::vector<Id> out;
    for (const auto& row : rows) out.push_back(row.integer(0));
    return out;
}

Result<std::int64_t> count_local_posts(Tx& tx) {
    auto rows = TRY(tx.query("SELECT COUNT(*) FROM post WHERE local AND deleted_at IS NULL"));
    return rows[0].integer(0);
}

}  // namespace kith::repo
