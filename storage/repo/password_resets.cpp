#include "storage/repo/password_resets.hpp"

namespace kith::repo {

using model::PasswordReset;
using sql::Tx;

namespace {

Result<std::optional<PasswordReset>> one(Result<sql::Rows> found) {
    const auto rows = TRY(std::move(found));
    if (rows.empty()) return std::optional<PasswordReset>{};
    return PasswordReset{rows[0].integer(0), rows[0].str(1), rows[0].integer(2), rows[0].integer(3)};
}

}  // namespace

Result<> put_password_reset(Tx& tx, const PasswordReset& r) {
    TRY(tx.execute("INSERT INTO password_reset (user_id, token_hash, mailed_at, expires_at) VALUES ($1, $2, $3, $4) ON "
                   "CONFLICT (user_id) DO UPDATE SET token_hash = excluded.token_hash, mailed_at = excluded.mailed_at, "
                   "expires_at = excluded.expires_at",
                   {r.user_id, r.token_hash, r.mailed_at, r.expires_at}));
    return {};
}

Result<std::optional<PasswordReset>> find_password_reset(Tx& tx, Id user) {
    return one(
        tx.query("SELECT user_id, token_hash, mailed_at, expires_at FROM password_reset WHERE user_id = $1", {user}));
}

Result<std::optional<PasswordReset>> find_password_reset_by_token(Tx& tx, std::string_view token_hash, TimeMs now) {
    return one(tx.query("SELECT user_id, token_hash, mailed_at, expires_at FROM password_reset WHERE token_hash = $1 AND "
                        "expires_at > $2",
                        {token_hash, now}));
}

Result<bool> use_password_reset(Tx& tx, std::string_view token_hash, TimeMs now) {
    return TRY(tx.execute("DELETE FROM password_reset WHERE token_hash = $1 AND expires_at > $2", {token_hash, now})) == 1;
}

Result<> delete_password_reset(Tx& tx, Id user) {
    TRY(tx.execute("DELETE FROM password_reset WHERE user_id = $1", {user}));
    return {};
}

}  // namespace kith::repo
