#include "storage/repo/links.hpp"

#include "storage/repo/ids.hpp"

#include <algorithm>

namespace kith::repo {

using model::Link;
using model::LinkKind;
using sql::Tx;

namespace {

enum State { unread = 0, good = 1, empty = 2 };

constexpr std::string_view columns =
    "l.id, l.url, l.kind, l.title, l.description, l.language, l.author_name, l.author_url, l.author_id, "
    "l.provider_name, l.provider_url, l.html, l.width, l.height, l.image_url, l.image_description, l.embed_url, "
    "l.published_at, l.image_blurhash";

// From column `at`.
Link read_link(const sql::Rows::Row& row, std::size_t at) {
    Link l;
    l.id = row.integer(at++);
    l.url = row.str(at++);
    l.kind = LinkKind(row.integer(at++));
    l.title = row.str(at++);
    l.description = row.str(at++);
    l.language = row.str(at++);
    l.author_name = row.str(at++);
    l.author_url = row.str(at++);
    l.author_id = row.maybe_integer(at++);
    l.provider_name = row.str(at++);
    l.provider_url = row.str(at++);
    l.html = row.str(at++);
    l.width = row.integer(at++);
    l.height = row.integer(at++);
    l.image_url = row.str(at++);
    l.image_description = row.str(at++);
    l.embed_url = row.str(at++);
    l.published_at = row.maybe_integer(at++);
    l.image_blurhash = row.str(at++);
    return l;
}

Result<> done_with(Tx& tx, Id link) {
    TRY(tx.execute("DELETE FROM link_todo WHERE link_id = $1", {link}));
    return {};
}

}  // namespace

Result<std::optional<LinkState>> find_link(Tx& tx, std::string_view url) {
    const auto rows = TRY(tx.query("SELECT id, state, read_at FROM link WHERE url = $1", {url}));
    if (rows.empty()) return std::optional<LinkState>{};
    const auto state = rows[0].integer(1);
    return std::optional(LinkState{rows[0].integer(0), state != unread, state == good, rows[0].integer(2)});
}

Result<Id> add_link(Tx& tx, Id id, std::string_view url) {
    TRY(tx.execute("INSERT INTO link (id, url) VALUES ($1, $2) ON CONFLICT (url) DO NOTHING", {id, url}));
    const auto there = TRY(find_link(tx, url));
    return there ? there->id : id;
}

Result<> set_post_link(Tx& tx, Id post, Id link) {
    TRY(tx.execute("INSERT INTO post_link (post_id, link_id) VALUES ($1, $2) ON CONFLICT (post_id) DO UPDATE SET "
                   "link_id = excluded.link_id",
                   {post, link}));
    return {};
}

Result<> clear_post_link(Tx& tx, Id post) {
    TRY(tx.execute("DELETE FROM post_link WHERE post_id = $1", {post}));
    return {};
}

Result<> queue_link(Tx& tx, Id link, TimeMs not_before) {
    TRY(tx.execute("INSERT INTO link_todo (link_id, not_before, attempts) VALUES ($1, $2, 0) ON CONFLICT (link_id) DO "
                   "NOTHING",
                   {link, not_before}));
    TRY(tx.execute("UPDATE link_todo SET not_before = $2 WHERE link_id = $1 AND not_before > $2 AND attempts = 0",
                   {link, not_before}));
    tx.mark_news();
    return {};
}

Result<bool> has_due_links(Tx& tx, TimeMs now) {
    return !TRY(tx.query("SELECT 1 FROM link_todo WHERE not_before <= $1 LIMIT 1", {now})).empty();
}

Result<std::optional<DueLink>> claim_link(Tx& tx, TimeMs now, TimeMs lease_until) {
    const auto text = "SELECT t.link_id, l.url, t.attempts FROM link_todo t JOIN link l ON l.id = t.link_id WHERE "
                      "t.not_before <= $1 ORDER BY t.not_before, t.link_id LIMIT 1" +
                      std::string(tx.dialect().skip_locked());
    const auto rows = TRY(tx.query(text, {now}));
    if (rows.empty()) return std::optional<DueLink>{};
    DueLink due{rows[0].integer(0), rows[0].str(1), int(rows[0].integer(2)) + 1};
    TRY(tx.execute("UPDATE link_todo SET not_before = $2, attempts = $3 WHERE link_id = $1",
                   {due.id, lease_until, due.attempts}));
    return std::optional(std::move(due));
}

Result<> put_link(Tx& tx, const Link& l, TimeMs now) {
    TRY(tx.execute("UPDATE link SET state = 1, kind = $2, title = $3, description = $4, language = $5, author_name = $6, "
                   "author_url = $7, author_id = $8, provider_name = $9, provider_url = $10, html = $11, width = $12, "
                   "height = $13, image_url = $14, image_description = $15, embed_url = $16, published_at = $17, "
                   "read_at = $18, image_blurhash = $19 WHERE id = $1",
                   {l.id, int(l.kind), l.title, l.description, l.language, l.author_name, l.author_url, l.author_id,
                    l.provider_name, l.provider_url, l.html, l.width, l.height, l.image_url, l.image_description,
                    l.embed_url, l.published_at, now, l.image_blurhash}));
    return done_with(tx, l.id);
}

// What was read before is worth more than nothing.
Result<> put_empty_link(Tx& tx, Id link, TimeMs now) {
    TRY(tx.execute("UPDATE link SET state = CASE WHEN state = 1 THEN 1 ELSE 2 END, read_at = $2 WHERE id = $1",
                   {link, now}));
    return done_with(tx, link);
}

Result<> postpone_link(Tx& tx, Id link, TimeMs not_before) {
    TRY(tx.execute("UPDATE link_todo SET not_before = $2 WHERE link_id = $1", {link, not_before}));
    return {};
}

Result<std::vector<PostLink>> links_of(Tx& tx, std::span<const Id> posts) {
    static const auto make = [](const sql::Dialect& d) {
        return "SELECT pl.post_id, " + std::string(columns) +
               " FROM post_link pl JOIN link l ON l.id = pl.link_id WHERE l.state = 1 AND " + d.in_ids("pl.post_id", 1);
    };
    std::vector<PostLink> out;
    if (posts.empty()) return out;
    for (const auto& row : TRY(tx.query(make(tx.dialect()), {json_ids(posts)})))
        out.push_back({row.integer(0), read_link(row, 1)});
    return out;
}

Result<std::vector<Link>> links_by_ids(Tx& tx, std::span<const Id> ids) {
    static const auto make = [](const sql::Dialect& d) {
        return "SELECT " + std::string(columns) + " FROM link l WHERE l.state = 1 AND " + d.in_ids("l.id", 1);
    };
    std::vector<Link> out;
    for (const auto& row : TRY(tx.query(make(tx.dialect()), {json_ids(ids)}))) out.push_back(read_link(row, 0));
    const auto place = [&](const Link& l) { return std::find(ids.begin(), ids.end(), l.id); };
    std::sort(out.begin(), out.end(), [&](const Link& a, const Link& b) { return place(a) < place(b); });
    return out;
}

namespace {

// As in trends.cpp: of people who want to be found, in the open.
constexpr std::string_view findable =
    " JOIN actor a ON a.id = p.actor_id AND a.discoverable AND NOT a.silenced AND a.suspended_at IS NULL AND "
    "a.deleted_at IS NULL WHERE p.visibility = 0 AND p.deleted_at IS NULL AND ";

}  // namespace

Result<std::vector<Id>> links_by_people(Tx& tx, Id since, int people_min, int limit) {
    static const auto text = "SELECT g.link_id FROM post_link g JOIN link l ON l.id = g.link_id AND l.state = 1 JOIN post p "
                             "ON p.id = g.post_id" + std::string(findable) +
                             "p.id > $1 GROUP BY g.link_id HAVING COUNT(DISTINCT p.actor_id) >= $2 ORDER BY "
                             "COUNT(DISTINCT p.actor_id) DESC, COUNT(*) DESC, g.link_id LIMIT $3";
    std::vector<Id> out;
    for (const auto& row : TRY(tx.query(text, {since, people_min, limit}))) out.push_back(row.integer(0));
    return out;
}

Result<std::vector<TagUse>> uses_of_link(Tx& tx, Id link, Id since, int limit) {
    static const auto text = "SELECT p.id, p.actor_id FROM post_link g JOIN post p ON p.id = g.post_id" +
                             std::string(findable) +
                             "g.link_id = $1 AND g.post_id > $2 ORDER BY g.post_id DESC LIMIT $3";
    std::vector<TagUse> out;
    for (const auto& row : TRY(tx.query(text, {link, since, limit}))) out.push_back({row.integer(0), row.integer(1)});
    return out;
}

Result<model::ProfileSettings> profile_settings(Tx& tx, Id actor) {
    model::ProfileSettings out;
    const auto rows = TRY(tx.query("SELECT show_media, show_media_replies, show_featured, quote_audience FROM profile WHERE actor_id = $1",
                                   {actor}));
    if (!rows.empty()) {
        out.show_media = rows[0].boolean(0);
        out.show_media_replies = rows[0].boolean(1);
        out.show_featured = rows[0].boolean(2);
        out.quote_audience = int(rows[0].integer(3));
    }
    for (const auto& row :
         TRY(tx.query("SELECT domain FROM attribution_domain WHERE actor_id = $1 ORDER BY position", {actor})))
        out.attribution_domains.push_back(row.str(0));
    return out;
}

Result<> put_profile_settings(Tx& tx, Id actor, const model::ProfileSettings& s) {
    TRY(tx.execute("INSERT INTO profile (actor_id, show_media, show_media_replies, show_featured, quote_audience) VALUES ($1, $2, $3, "
                   "$4, $5) ON CONFLICT (actor_id) DO UPDATE SET show_media = excluded.show_media, show_media_replies = "
                   "excluded.show_media_replies, show_featured = excluded.show_featured, quote_audience = excluded.quote_audience",
                   {actor, s.show_media, s.show_media_replies, s.show_featured, s.quote_audience}));
    return put_attribution_domains(tx, actor, s.attribution_domains);
}

Result<> put_attribution_domains(Tx& tx, Id actor, std::span<const std::string> domains) {
    TRY(tx.execute("DELETE FROM attribution_domain WHERE actor_id = $1", {actor}));
    int position = 0;
    for (const auto& domain : domains)
        TRY(tx.execute("INSERT INTO attribution_domain (actor_id, position, domain) VALUES ($1, $2, $3)",
                       {actor, position++, domain}));
    return {};
}

}  // namespace kith::repo
