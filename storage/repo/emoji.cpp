#include "storage/repo/emoji.hpp"

#include "storage/repo/ids.hpp"

namespace kith::repo {

using model::EmojiReaction;
using sql::Rows;
using sql::Tx;

namespace {

constexpr const char* reaction_select =
    "SELECT id, actor_id, post_id, name, emoji_id, ap_id, created_at FROM emoji_reaction ";

Result<std::optional<EmojiReaction>> one_reaction(Result<Rows> found) {
    auto rows = TRY(std::move(found));
    if (rows.empty()) return std::optional<EmojiReaction>{};
    const auto& row = rows[0];
    return EmojiReaction{.id = row.integer(0),
                         .actor_id = row.integer(1),
                         .post_id = row.integer(2),
                         .name = row.str(3),
                         .emoji_id = row.maybe_integer(4),
                         .ap_id = row.str(5),
                         .created_at = row.integer(6)};
}

}  // namespace

Result<Id> put_emoji(Tx& tx, const model::CustomEmoji& e) {
    static const std::string find =
        "SELECT id, url, updated_at FROM custom_emoji WHERE host = $1 AND shortcode = $2";
    auto known = TRY(tx.query(find, {e.host, e.shortcode}));
    // Most often nothing is new: then no row is locked.
    if (!known.empty() && (known[0].str(1) == e.url || known[0].integer(2) > e.updated_at))
        return known[0].integer(0);
    TRY(
        tx.execute("INSERT INTO custom_emoji (id, host, shortcode, url, updated_at) "
                   "VALUES ($1, $2, $3, $4, $5) ON CONFLICT (host, shortcode) DO UPDATE SET "
                   "url = excluded.url, updated_at = excluded.updated_at",
                   {e.id, e.host, e.shortcode, e.url, e.updated_at}));
    known = TRY(tx.query(find, {e.host, e.shortcode}));
    if (known.empty())
        return fail(Code::internal, "the emoji could not be stored", e.shortcode + " of " + e.host);
    return known[0].integer(0);
}

Result<> put_own_emoji(Tx& tx, const model::CustomEmoji& e) {
    TRY(tx.execute("INSERT INTO custom_emoji (id, host, shortcode, url, updated_at, category, alt_text, keywords) VALUES ($1, '', "
                   "$2, $3, $4, $5, $6, $7) ON CONFLICT (host, shortcode) DO UPDATE SET url = excluded.url, updated_at = "
                   "excluded.updated_at, category = excluded.category, alt_text = excluded.alt_text, keywords = "
                   "excluded.keywords, retired = FALSE",
                   {e.id, e.shortcode, e.url, e.updated_at, e.category, e.alt_text, e.keywords}));
    return {};
}

Result<bool> change_own_emoji(Tx& tx, const model::CustomEmoji& e) {
    return TRY(tx.execute("UPDATE custom_emoji SET shortcode = $2, url = $3, updated_at = $4, category = $5, alt_text = $6, keywords = $7 "
                          "WHERE id = $1 AND host = '' AND NOT retired",
                          {e.id, e.shortcode, e.url, e.updated_at, e.category, e.alt_text, e.keywords})) == 1;
}

Result<> free_shortcode(Tx& tx, Id for_emoji, std::string_view shortcode) {
    TRY(tx.execute("UPDATE custom_emoji SET shortcode = shortcode || '_' || id WHERE host = '' AND shortcode = $2 AND retired AND id <> $1",
                   {for_emoji, shortcode}));
    return {};
}

Result<bool> retire_own_emoji(Tx& tx, std::string_view shortcode) {
    return TRY(tx.execute("UPDATE custom_emoji SET retired = TRUE WHERE host = '' AND shortcode = $1 AND NOT retired",
                          {shortcode})) == 1;
}

Result<std::vector<model::CustomEmoji>> own_emojis(Tx& tx) {
    std::vector<model::CustomEmoji> out;
    for (const auto& row : TRY(tx.query("SELECT id, host, shortcode, url, updated_at, category, alt_text, keywords FROM "
                                        "custom_emoji WHERE host = '' AND NOT retired ORDER BY category, shortcode",
                                        {})))
        out.push_back({.id = row.integer(0),
                       .host = row.str(1),
                       .shortcode = row.str(2),
                       .url = row.str(3),
                       .updated_at = row.integer(4),
                       .category = row.str(5),
                       .alt_text = row.str(6),
                       .keywords = row.str(7)});
    return out;
}

Result<> add_post_emoji(Tx& tx, Id post, Id emoji) {
    TRY(tx.execute(
        "INSERT INTO post_emoji (post_id, emoji_id) VALUES ($1, $2) ON CONFLICT DO NOTHING",
        {post, emoji}));
    return {};
}

Result<> clear_post_emojis(Tx& tx, Id post) {
    TRY(tx.execute("DELETE FROM post_emoji WHERE post_id = $1", {post}));
    return {};
}

Result<std::vector<PostEmojiRow>> emojis_of(Tx& tx, std::span<const Id> posts) {
    static const auto make = [](const sql::Dialect& d) {
        return "SELECT p.post_id, e.shortcode, e.url FROM post_emoji p JOIN custom_emoji e ON e.id "
               "= p.emoji_id WHERE " +
               d.in_ids("p.post_id", 1) + " ORDER BY p.post_id, e.shortcode";
    };
    auto rows = TRY(tx.query(make(tx.dialect()), {json_ids(posts)}));
    std::vector<PostEmojiRow> out;
    for (const auto& row : rows) out.push_back({row.integer(0), row.str(1), row.str(2)});
    return out;
}

Result<bool> add_emoji_reaction(Tx& tx, const EmojiReaction& r) {
    return TRY(tx.execute(
               "INSERT INTO emoji_reaction (id, actor_id, post_id, name, emoji_id, "
               "ap_id, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7) "
               "ON CONFLICT (post_id, actor_id, name) DO NOTHING",
               {r.id, r.actor_id, r.post_id, r.name, r.emoji_id, r.ap_id, r.created_at})) == 1;
}

Result<int> count_emoji_reactions(Tx& tx, Id actor, Id post) {
    auto rows = TRY(tx.query(
        "SELECT count(*) FROM emoji_reaction WHERE post_id = $2 AND actor_id = $1", {actor, post}));
    return int(rows[0].integer(0));
}

Result<std::optional<EmojiReaction>> find_emoji_reaction(Tx& tx, Id actor, Id post,
                                                         std::string_view name) {
    static const auto text =
        std::string(reaction_select) + "WHERE post_id = $2 AND actor_id = $1 AND name = $3";
    return one_reaction(tx.query(text, {actor, post, name}));
}

Result<std::optional<EmojiReaction>> find_emoji_reaction_by_ap_id(Tx& tx, std::string_view ap_id) {
    static const auto text = std::string(reaction_select) + "WHERE ap_id = $1 LIMIT 1";
    return one_reaction(tx.query(text, {ap_id}));
}

Result<bool> remove_emoji_reaction(Tx& tx, Id id) {
    return TRY(tx.execute("DELETE FROM emoji_reaction WHERE id = $1", {id})) == 1;
}

Result<std::vector<EmojiCountRow>> emoji_counts(Tx& tx, std::optional<Id> viewer,
                                                std::span<const Id> posts) {
    // Somebody's reaction is the oldest of its kind, by which kinds of one count keep their order.
    static const auto make = [](const sql::Dialect& d) {
        return "SELECT r.post_id, r.name, COALESCE(e.url, ''), count(*), "
               "max(CASE WHEN r.actor_id = $2 THEN 1 ELSE 0 END), min(r.id) "
               "FROM emoji_reaction r JOIN actor a ON a.id = r.actor_id "
               "LEFT JOIN custom_emoji e ON e.id = r.emoji_id WHERE " +
               d.in_ids("r.post_id", 1) +
               " AND a.deleted_at IS NULL AND a.suspended_at IS NULL "
               "GROUP BY r.post_id, r.name, COALESCE(e.url, '') ORDER BY 1, 4 DESC, 6";
    };
    auto rows = TRY(tx.query(make(tx.dialect()), {json_ids(posts), viewer.value_or(0)}));
    std::vector<EmojiCountRow> out;
    for (const auto& row : rows)
        out.push_back({.post_id = row.integer(0),
                       .name = row.str(1),
                       .url = row.str(2),
                       .count = row.integer(3),
                       .mine = row.integer(4) == 1});
    return out;
}

}  // namespace kith::repo
