#include "storage/repo/announcements.hpp"

namespace kith::repo {

using model::Announcement;
using model::Rule;
using sql::Tx;

namespace {

constexpr const char* announcement_select =
    "SELECT id, text, starts_at, ends_at, all_day, published_at FROM announcement ";

Announcement announcement_from(const sql::Rows::Row& row) {
    return {row.integer(0),      row.str(1), row.maybe_integer(2), row.maybe_integer(3), row.boolean(4),
            row.integer(5)};
}

}  // namespace

Result<> insert_rule(Tx& tx, const Rule& rule) {
    TRY(tx.execute("INSERT INTO node_rule (id, text, hint) VALUES ($1, $2, $3)", {rule.id, rule.text, rule.hint}));
    return {};
}

Result<bool> delete_rule(Tx& tx, Id rule) {
    return TRY(tx.execute("DELETE FROM node_rule WHERE id = $1", {rule})) == 1;
}

Result<std::vector<Rule>> rules(Tx& tx) {
    std::vector<Rule> out;
    for (const auto& row : TRY(tx.query("SELECT id, text, hint FROM node_rule ORDER BY id", {})))
        out.push_back({row.integer(0), row.str(1), row.str(2)});
    return out;
}

Result<> insert_announcement(Tx& tx, const Announcement& a) {
    TRY(tx.execute("INSERT INTO announcement (id, text, starts_at, ends_at, all_day, published_at) VALUES ($1, $2, "
                   "$3, $4, $5, $6)",
                   {a.id, a.text, a.starts_at, a.ends_at, a.all_day, a.published_at}));
    return {};
}

Result<bool> delete_announcement(Tx& tx, Id announcement) {
    return TRY(tx.execute("DELETE FROM announcement WHERE id = $1", {announcement})) == 1;
}

Result<std::optional<Announcement>> find_announcement(Tx& tx, Id announcement) {
    static const auto text = std::string(announcement_select) + "WHERE id = $1";
    const auto rows = TRY(tx.query(text, {announcement}));
    return rows.empty() ? std::optional<Announcement>{} : std::optional(announcement_from(rows[0]));
}

Result<std::vector<Announcement>> announcements(Tx& tx, int limit) {
    static const auto text = std::string(announcement_select) + "ORDER BY id DESC LIMIT $1";
    std::vector<Announcement> out;
    for (const auto& row : TRY(tx.query(text, {limit}))) out.push_back(announcement_from(row));
    return out;
}

Result<> mark_announcement_read(Tx& tx, Id actor, Id announcement) {
    TRY(tx.execute("INSERT INTO announcement_read (actor_id, announcement_id) VALUES ($1, $2) ON CONFLICT (actor_id, "
                   "announcement_id) DO NOTHING",
                   {actor, announcement}));
    return {};
}

Result<std::vector<Id>> announcements_read_by(Tx& tx, Id actor) {
    std::vector<Id> out;
    for (const auto& row :
         TRY(tx.query("SELECT announcement_id FROM announcement_read WHERE actor_id = $1", {actor})))
        out.push_back(row.integer(0));
    return out;
}

Result<bool> add_announcement_reaction(Tx& tx, Id announcement, Id actor, std::string_view name, Id id) {
    return TRY(tx.execute("INSERT INTO announcement_reaction (announcement_id, actor_id, name, id) VALUES ($1, $2, "
                          "$3, $4) ON CONFLICT (announcement_id, name, actor_id) DO NOTHING",
                          {announcement, actor, name, id})) == 1;
}

Result<bool> remove_announcement_reaction(Tx& tx, Id announcement, Id actor, std::string_view name) {
    return TRY(tx.execute("DELETE FROM announcement_reaction WHERE announcement_id = $1 AND actor_id = $2 AND name = "
                          "$3",
                          {announcement, actor, name})) == 1;
}

Result<std::vector<AnnouncementReactionRow>> announcement_reactions(Tx& tx, Id announcement, Id viewer) {
    std::vector<AnnouncementReactionRow> out;
    for (const auto& row : TRY(tx.query(
             "SELECT r.name, COUNT(*), SUM(CASE WHEN r.actor_id = $2 THEN 1 ELSE 0 END), COALESCE(MIN(e.url), '') FROM "
             "announcement_reaction r LEFT JOIN custom_emoji e ON e.host = '' AND r.name = ':' || e.shortcode || ':' WHERE "
             "r.announcement_id = $1 GROUP BY r.name ORDER BY MIN(r.id)",
             {announcement, viewer})))
        out.push_back({row.str(0), row.integer(1), row.integer(2) > 0, row.str(3)});
    return out;
}

}  // namespace kith::repo
