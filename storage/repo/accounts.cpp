#include "storage/repo/accounts.hpp"

#include "storage/repo/actors.hpp"

namespace kith::repo {

using model::Session;
using model::User;
using sql::Rows;
using sql::Tx;

namespace {

constexpr const char* user_select =
    "SELECT id, actor_id, email, password_hash, role, created_at, confirmed_at, last_seen_at, "
    "disabled_at, "
    "default_visibility, default_sensitive, language FROM account ";

Result<std::optional<User>> one_user(Result<Rows> found) {
    auto rows = TRY(std::move(found));
    if (rows.empty()) return std::optional<User>{};
    auto row = rows[0];
    return User{.id = row.integer(0),
                .actor_id = row.integer(1),
                .email = row.str(2),
                .password_hash = row.str(3),
                .role = model::UserRole(row.integer(4)),
                .created_at = row.integer(5),
                .confirmed_at = row.maybe_integer(6),
                .last_seen_at = row.maybe_integer(7),
                .disabled_at = row.maybe_integer(8),
                .default_visibility = row.str(9),
                .default_sensitive = row.boolean(10),
                .language = row.str(11)};
}

}  // namespace

Result<> insert_user(Tx& tx, const User& u, std::string_view email_folded) {
    TRY(tx.execute(
        "INSERT INTO account (id, actor_id, email, email_folded, password_hash, role, created_at, "
        "confirmed_at, last_seen_at, disabled_at, default_visibility, default_sensitive, language) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
        {u.id, u.actor_id, u.email, email_folded, u.password_hash, int(u.role), u.created_at,
         u.confirmed_at, u.last_seen_at, u.disabled_at, u.default_visibility, u.default_sensitive,
         u.language}));
    return {};
}

Result<std::optional<User>> find_user(Tx& tx, Id id) {
    static const auto text = std::string(user_select) + "WHERE id = $1";
    return one_user(tx.query(text, {id}));
}

Result<std::optional<User>> find_user_by_actor(Tx& tx, Id actor) {
    static const auto text = std::string(user_select) + "WHERE actor_id = $1";
    return one_user(tx.query(text, {actor}));
}

Result<std::optional<User>> find_user_by_email(Tx& tx, std::string_view email_folded) {
    static const auto text = std::string(user_select) + "WHERE email_folded = $1";
    return one_user(tx.query(text, {email_folded}));
}

Result<> update_user(Tx& tx, const User& u) {
    TRY(tx.execute(
        "UPDATE account SET password_hash = $2, role = $3, confirmed_at = $4, disabled_at = $5, "
        "default_visibility = $6, default_sensitive = $7, language = $8 WHERE id = $1",
        {u.id, u.password_hash, int(u.role), u.confirmed_at, u.disabled_at, u.default_visibility,
         u.default_sensitive, u.language}));
    return {};
}

Result<> set_last_seen(Tx& tx, Id user, TimeMs at) {
    TRY(tx.execute("UPDATE account SET last_seen_at = $2 WHERE id = $1", {user, at}));
    return {};
}

Result<std::int64_t> count_users(Tx& tx, std::optional<TimeMs> seen_since) {
    auto rows =
        TRY(tx.query("SELECT COUNT(*) FROM account WHERE disabled_at IS NULL AND "
                     "COALESCE(last_seen_at, created_at) >= $1",
                     {seen_since.value_or(0)}));
    return rows[0].integer(0);
}

Result<std::vector<model::Actor>> admin_actors(Tx& tx) {
    static const auto text = "SELECT " + actor_columns +
                             " FROM actor a JOIN account u ON u.actor_id = a.id WHERE u.role = $1 AND u.disabled_at IS NULL AND a.deleted_at IS "
                             "NULL AND a.suspended_at IS NULL ORDER BY u.created_at, u.id";
    std::vector<model::Actor> out;
    for (const auto& row : TRY(tx.query(text, {int(model::UserRole::admin)}))) out.push_back(actor_from(row));
    return out;
}

Result<std::optional<Id>> first_admin_actor(Tx& tx) {
    auto rows = TRY(tx.query(
        "SELECT actor_id FROM account WHERE role = 2 AND disabled_at IS NULL ORDER BY id LIMIT 1"));
    if (rows.empty()) return std::optional<Id>{};
    return rows[0].integer(0);
}

Result<> insert_session(Tx& tx, const Session& s) {
    TRY(
        tx.execute("INSERT INTO session (id, user_id, token_hash, csrf_token, created_at, "
                   "last_used_at, expires_at, "
                   "user_agent) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
                   {s.id, s.user_id, s.token_hash, s.csrf_token, s.created_at, s.last_used_at,
                    s.expires_at, s.user_agent}));
    return {};
}

Result<std::optional<Session>> find_session(Tx& tx, std::string_view token_hash, TimeMs now) {
    auto rows = TRY(tx.query(
        "SELECT id, user_id, token_hash, csrf_token, created_at, last_used_at, expires_at, "
        "user_agent FROM session WHERE token_hash = $1 AND expires_at > $2",
        {token_hash, now}));
    if (rows.empty()) return std::optional<Session>{};
    auto row = rows[0];
    return Session{row.integer(0), row.integer(1), row.str(2),     row.str(3),
                   row.integer(4), row.integer(5), row.integer(6), row.str(7)};
}

Result<> touch_session(Tx& tx, Id id, TimeMs used_at, TimeMs expires_at) {
    TRY(tx.execute("UPDATE session SET last_used_at = $2, expires_at = $3 WHERE id = $1",
                   {id, used_at, expires_at}));
    return {};
}

Result<> delete_session(Tx& tx, Id id) {
    TRY(tx.execute("DELETE FROM session WHERE id = $1", {id}));
    return {};
}

Result<> delete_sessions_of(Tx& tx, Id user) {
    TRY(tx.execute("DELETE FROM session WHERE user_id = $1", {user}));
    return {};
}

Result<std::optional<std::string>> setting(Tx& tx, std::string_view name) {
    auto rows = TRY(tx.query("SELECT value FROM setting WHERE name = $1", {name}));
    if (rows.empty()) return std::optional<std::string>{};
    return rows[0].str(0);
}

Result<> put_setting(Tx& tx, std::string_view name, std::string_view value) {
    TRY(tx.execute(
        "INSERT INTO setting (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET "
        "value = excluded.value",
        {name, value}));
    return {};
}

}  // namespace kith::repo
