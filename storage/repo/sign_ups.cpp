#include "storage/repo/sign_ups.hpp"

#include "storage/repo/accounts.hpp"
#include "storage/repo/actors.hpp"
#include "storage/repo/severances.hpp"
#include "storage/repo/window.hpp"

#include <algorithm>

namespace kith::repo {

using model::Invite;
using model::SignUp;
using sql::Tx;

namespace {

constexpr const char* sign_up_select =
    "SELECT user_id, actor_id, reason, ip, app_id, invite_id, confirm_hash, email_confirmed_at, approved_at, "
    "mailed_at, denied_at, deny_reason, decided_by FROM sign_up ";

SignUp sign_up_from(const sql::Rows::Row& row) {
    return SignUp{.user_id = row.integer(0),
                  .actor_id = row.integer(1),
                  .reason = row.str(2),
                  .ip = row.str(3),
                  .app_id = row.integer(4),
                  .invite_id = row.maybe_integer(5),
                  .confirm_hash = row.str(6),
                  .email_confirmed_at = row.maybe_integer(7),
                  .approved_at = row.maybe_integer(8),
                  .mailed_at = row.integer(9),
                  .denied_at = row.maybe_integer(10),
                  .deny_reason = row.str(11),
                  .decided_by = row.maybe_integer(12)};
}

Result<std::optional<SignUp>> one(Result<sql::Rows> found) {
    const auto rows = TRY(std::move(found));
    if (rows.empty()) return std::optional<SignUp>{};
    return sign_up_from(rows[0]);
}

constexpr const char* invite_select = "SELECT id, code_hash, uses_max, uses, expires_at, created_at, maker_id FROM invite ";

Invite invite_from(const sql::Rows::Row& row) {
    return {row.integer(0),       row.str(1),     row.maybe_integer(2), row.integer(3),
            row.maybe_integer(4), row.integer(5), row.maybe_integer(6)};
}

std::string condition(AccountQuery::Status status) {
    using Status = AccountQuery::Status;
    switch (status) {
        case Status::any:
            return "";
        case Status::active:
            return " AND a.suspended_at IS NULL AND (u.id IS NULL OR u.disabled_at IS NULL)";
        case Status::pending:
            return " AND s.user_id IS NOT NULL AND s.approved_at IS NULL";
        case Status::disabled:
            return " AND u.disabled_at IS NOT NULL AND a.suspended_at IS NULL";
        case Status::silenced:
            return " AND a.silenced";
        case Status::suspended:
            return " AND a.suspended_at IS NOT NULL AND (s.user_id IS NULL OR (s.approved_at IS NOT NULL AND "
                   "s.email_confirmed_at IS NOT NULL))";
    }
    return "";
}

// A beginning as a range, so that no character of it is a wildcard.
std::string after(const std::string& beginning) { return beginning.empty() ? beginning : beginning + "\xf4\x8f\xbf\xbf"; }

}  // namespace

Result<> insert_sign_up(Tx& tx, const SignUp& s) {
    TRY(tx.execute("INSERT INTO sign_up (user_id, actor_id, reason, ip, app_id, invite_id, confirm_hash, "
                   "email_confirmed_at, approved_at, mailed_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
                   {s.user_id, s.actor_id, s.reason, s.ip, s.app_id, s.invite_id, s.confirm_hash,
                    s.email_confirmed_at, s.approved_at, s.mailed_at}));
    return {};
}

Result<> update_sign_up(Tx& tx, const SignUp& s) {
    TRY(tx.execute("UPDATE sign_up SET confirm_hash = $2, email_confirmed_at = $3, approved_at = $4, mailed_at = $5, "
                   "denied_at = $6, deny_reason = $7, decided_by = $8 WHERE user_id = $1",
                   {s.user_id, s.confirm_hash, s.email_confirmed_at, s.approved_at, s.mailed_at, s.denied_at, s.deny_reason,
                    s.decided_by}));
    return {};
}

Result<std::vector<SignUp>> applications_page(Tx& tx, bool undecided_only, const Window& w) {
    static const PageText all(std::string(sign_up_select) + "WHERE reason <> ''", "user_id");
    static const PageText open(std::string(sign_up_select) + "WHERE approved_at IS NULL AND denied_at IS NULL", "user_id");
    std::vector<SignUp> out;
    for (const auto& row : TRY(page_rows(tx, undecided_only ? open : all, w, {}))) out.push_back(sign_up_from(row));
    if (w.ascending) std::reverse(out.begin(), out.end());
    return out;
}

Result<std::int64_t> count_undecided(Tx& tx) {
    return TRY(tx.query("SELECT COUNT(*) FROM sign_up WHERE approved_at IS NULL AND denied_at IS NULL"))[0].integer(0);
}

Result<std::optional<SignUp>> find_sign_up(Tx& tx, Id user) {
    static const auto text = std::string(sign_up_select) + "WHERE user_id = $1";
    return one(tx.query(text, {user}));
}

Result<std::optional<SignUp>> find_sign_up_of_actor(Tx& tx, Id actor) {
    static const auto text = std::string(sign_up_select) + "WHERE actor_id = $1";
    return one(tx.query(text, {actor}));
}

Result<std::optional<SignUp>> find_sign_up_by_confirmation(Tx& tx, std::string_view hash) {
    static const auto text = std::string(sign_up_select) + "WHERE confirm_hash = $1 AND confirm_hash <> ''";
    return one(tx.query(text, {hash}));
}

Result<> forget_sign_up(Tx& tx, const SignUp& s) {
    TRY(tx.execute("DELETE FROM account WHERE id = $1", {s.user_id}));  // and its tokens and sign-up
    TRY(tx.execute("DELETE FROM sign_up WHERE user_id = $1", {s.user_id}));
    TRY(delete_keys_of(tx, s.actor_id));
    TRY(tx.execute("DELETE FROM notification WHERE from_id = $1", {s.actor_id}));
    TRY(tx.execute("DELETE FROM actor WHERE id = $1", {s.actor_id}));
    return {};
}

Result<> insert_invite(Tx& tx, const Invite& i) {
    TRY(tx.execute("INSERT INTO invite (id, code_hash, uses_max, uses, expires_at, created_at, maker_id) VALUES ($1, $2, $3, $4, "
                   "$5, $6, $7)",
                   {i.id, i.code_hash, i.uses_max, i.uses, i.expires_at, i.created_at, i.maker_id}));
    return {};
}

Result<bool> delete_invite(Tx& tx, Id id) {
    return TRY(tx.execute("DELETE FROM invite WHERE id = $1", {id})) == 1;
}

Result<bool> delete_invite_of(Tx& tx, Id maker, std::string_view code_hash) {
    return TRY(tx.execute("DELETE FROM invite WHERE maker_id = $1 AND code_hash = $2", {maker, code_hash})) == 1;
}

Result<std::vector<Invite>> invites(Tx& tx) {
    std::vector<Invite> out;
    static const auto text = std::string(invite_select) + "ORDER BY id";
    for (const auto& row : TRY(tx.query(text))) out.push_back(invite_from(row));
    return out;
}

Result<std::vector<Invite>> invites_of_page(Tx& tx, Id maker, const Window& w) {
    static const PageText text(std::string(invite_select) + "WHERE maker_id = $4", "id");
    std::vector<Invite> out;
    for (const auto& row : TRY(page_rows(tx, text, w, {maker}))) out.push_back(invite_from(row));
    if (w.ascending) std::reverse(out.begin(), out.end());
    return out;
}

Result<std::int64_t> count_invites_of(Tx& tx, Id maker, TimeMs now) {
    return TRY(tx.query("SELECT COUNT(*) FROM invite WHERE maker_id = $1 AND (uses_max IS NULL OR uses < uses_max) AND (expires_at IS "
                        "NULL OR expires_at > $2)",
                        {maker, now}))[0].integer(0);
}

Result<std::optional<Id>> use_invite(Tx& tx, std::string_view code_hash, TimeMs now) {
    const auto rows = TRY(tx.query("UPDATE invite SET uses = uses + 1 WHERE code_hash = $1 AND (uses_max IS NULL OR uses "
                                   "< uses_max) AND (expires_at IS NULL OR expires_at > $2) RETURNING id",
                                   {code_hash, now}));
    return rows.empty() ? std::optional<Id>{} : std::optional(rows[0].integer(0));
}

Result<std::vector<AccountRow>> accounts_page(Tx& tx, const AccountQuery& q, const Window& w) {
    const PageText text(
        "SELECT a.id, " + actor_columns +
            " FROM actor a LEFT JOIN account u ON u.actor_id = a.id LEFT JOIN sign_up s ON s.actor_id = a.id WHERE "
            "a.kind <> $4 AND a.deleted_at IS NULL AND (u.id IS NOT NULL OR NOT a.local) AND ($5 = '' OR "
            "(a.username_folded >= $5 AND a.username_folded < $6)) AND ($7 = '' OR (a.host >= $7 AND a.host < $8)) AND "
            "($9 = '' OR (u.email_folded >= $9 AND u.email_folded < $10)) AND ($11 = '' OR (s.ip >= $11 AND s.ip < $12))" +
            condition(q.status) + (q.staff ? " AND u.role > 0" : "") +
            (q.local ? *q.local ? " AND a.local" : " AND NOT a.local" : ""),
        "a.id");
    std::vector<AccountRow> out;
    for (auto& row : TRY(actor_page(tx, text, w,
                                    {int(model::ActorKind::group), q.username, after(q.username), q.host, after(q.host),
                                     q.email, after(q.email), q.ip, after(q.ip)}))) {
        AccountRow found{.actor = std::move(row.actor), .user = {}, .sign_up = {}};
        found.user = TRY(find_user_by_actor(tx, found.actor.id));
        found.sign_up = TRY(find_sign_up_of_actor(tx, found.actor.id));
        found.silenced = TRY(is_silenced(tx, found.actor.id));
        out.push_back(std::move(found));
    }
    return out;
}

}  // namespace kith::repo
