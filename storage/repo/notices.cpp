#include "storage/repo/notices.hpp"

namespace kith::repo {

using sql::Tx;

namespace {

Result<std::optional<Notice>> one(Result<sql::Rows> found) {
    const auto rows = TRY(std::move(found));
    return rows.empty() ? std::optional<Notice>{} : std::optional(Notice(rows[0].integer(0)));
}

Result<std::vector<Id>> ids_from(Result<sql::Rows> found) {
    std::vector<Id> out;
    for (const auto& row : TRY(std::move(found))) out.push_back(row.integer(0));
    return out;
}

}  // namespace

Result<> set_group_notice(Tx& tx, Id actor, Id group, std::optional<Notice> mode) {
    TRY(tx.execute("DELETE FROM group_notice WHERE actor_id = $1 AND group_id = $2", {actor, group}));
    if (mode)
        TRY(tx.execute("INSERT INTO group_notice (actor_id, group_id, mode) VALUES ($1, $2, $3)", {actor, group, int(*mode)}));
    return {};
}

Result<std::optional<Notice>> group_notice(Tx& tx, Id actor, Id group) {
    return one(tx.query("SELECT mode FROM group_notice WHERE actor_id = $1 AND group_id = $2", {actor, group}));
}

Result<std::vector<Id>> listeners_of_group(Tx& tx, Id group, bool of_comments, int limit) {
    return ids_from(tx.query("SELECT n.actor_id FROM group_notice n WHERE n.group_id = $1 AND n.mode >= $2 ORDER BY n.actor_id LIMIT $3",
                             {group, int(of_comments ? Notice::all_posts_and_comments : Notice::all_posts), limit}));
}

Result<> set_thread_notice(Tx& tx, Id actor, Id thread, std::optional<Notice> mode) {
    TRY(tx.execute("DELETE FROM thread_notice WHERE actor_id = $1 AND post_id = $2", {actor, thread}));
    if (mode)
        TRY(tx.execute("INSERT INTO thread_notice (actor_id, post_id, mode) VALUES ($1, $2, $3)", {actor, thread, int(*mode)}));
    return {};
}

Result<std::optional<Notice>> thread_notice(Tx& tx, Id actor, Id thread) {
    return one(tx.query("SELECT mode FROM thread_notice WHERE actor_id = $1 AND post_id = $2", {actor, thread}));
}

Result<std::vector<Id>> listeners_of_thread(Tx& tx, Id thread, int limit) {
    return ids_from(tx.query("SELECT n.actor_id FROM thread_notice n WHERE n.post_id = $1 AND n.mode = $2 ORDER BY n.actor_id LIMIT $3",
                             {thread, int(Notice::all_comments), limit}));
}

Result<bool> mutes_group_of(Tx& tx, Id owner, Id post) {
    return !TRY(tx.query("SELECT 1 FROM post p JOIN group_notice n ON n.group_id = p.group_id AND n.actor_id = $1 AND n.mode = $3 WHERE "
                         "p.id = $2",
                         {owner, post, int(Notice::mute)})).empty();
}

Result<> set_group_host_blocked(Tx& tx, Id actor, std::string_view host, std::optional<TimeMs> at) {
    if (at)
        TRY(tx.execute("INSERT INTO own_group_host_block (actor_id, host, created_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
                       {actor, host, *at}));
    else
        TRY(tx.execute("DELETE FROM own_group_host_block WHERE actor_id = $1 AND host = $2", {actor, host}));
    return {};
}

Result<std::vector<std::string>> blocked_group_hosts(Tx& tx, Id actor) {
    std::vector<std::string> out;
    for (const auto& row : TRY(tx.query("SELECT host FROM own_group_host_block WHERE actor_id = $1 ORDER BY host", {actor})))
        out.push_back(row.str(0));
    return out;
}

Result<> put_preference(Tx& tx, Id actor, const Preference& p) {
    TRY(tx.execute("INSERT INTO member_preference (actor_id, name, value) VALUES ($1, $2, $3) ON CONFLICT (actor_id, name) DO UPDATE "
                   "SET value = excluded.value",
                   {actor, p.name, p.value}));
    return {};
}

Result<std::vector<Preference>> preferences(Tx& tx, Id actor) {
    std::vector<Preference> out;
    for (const auto& row : TRY(tx.query("SELECT name, value FROM member_preference WHERE actor_id = $1 ORDER BY name", {actor})))
        out.push_back({row.str(0), row.str(1)});
    return out;
}

}  // namespace kith::repo
