#include "storage/repo/second_factors.hpp"

namespace kith::repo {

using model::PendingSignIn;
using model::SecondFactor;
using sql::Tx;

Result<std::optional<SecondFactor>> find_second_factor(Tx& tx, Id user) {
    const auto rows = TRY(tx.query(
        "SELECT user_id, secret, offered_at, enabled_at, last_step FROM second_factor WHERE user_id = $1", {user}));
    if (rows.empty()) return std::optional<SecondFactor>{};
    const auto row = rows[0];
    return SecondFactor{row.integer(0), row.str(1), row.integer(2), row.maybe_integer(3), row.integer(4)};
}

Result<bool> offer_second_factor(Tx& tx, const SecondFactor& f) {
    return TRY(tx.execute("INSERT INTO second_factor (user_id, secret, offered_at, enabled_at, last_step) VALUES "
                          "($1, $2, $3, NULL, 0) ON CONFLICT (user_id) DO UPDATE SET secret = excluded.secret, "
                          "offered_at = excluded.offered_at WHERE second_factor.enabled_at IS NULL",
                          {f.user_id, sql::Blob{f.secret}, f.offered_at})) == 1;
}

Result<bool> enable_second_factor(Tx& tx, const SecondFactor& f, std::int64_t step, TimeMs at) {
    return TRY(tx.execute("UPDATE second_factor SET enabled_at = $3, last_step = $4 WHERE user_id = $1 AND secret = $2 "
                          "AND enabled_at IS NULL",
                          {f.user_id, sql::Blob{f.secret}, at, step})) == 1;
}

Result<bool> use_step(Tx& tx, Id user, std::int64_t step) {
    return TRY(tx.execute("UPDATE second_factor SET last_step = $2 WHERE user_id = $1 AND last_step < $2", {user, step})) ==
           1;
}

Result<bool> delete_second_factor(Tx& tx, Id user) {
    TRY(tx.execute("DELETE FROM recovery_code WHERE user_id = $1", {user}));
    return TRY(tx.execute("DELETE FROM second_factor WHERE user_id = $1", {user})) == 1;
}

Result<> put_recovery_codes(Tx& tx, Id user, std::span<const std::string> hashes) {
    TRY(tx.execute("DELETE FROM recovery_code WHERE user_id = $1", {user}));
    for (const auto& hash : hashes)
        TRY(tx.execute("INSERT INTO recovery_code (user_id, code_hash) VALUES ($1, $2)", {user, hash}));
    return {};
}

Result<bool> use_recovery_code(Tx& tx, Id user, std::string_view hash, TimeMs at) {
    return TRY(tx.execute("UPDATE recovery_code SET used_at = $3 WHERE user_id = $1 AND code_hash = $2 AND used_at IS NULL",
                          {user, hash, at})) == 1;
}

Result<std::int64_t> recovery_codes_left(Tx& tx, Id user) {
    const auto rows =
        TRY(tx.query("SELECT COUNT(*) FROM recovery_code WHERE user_id = $1 AND used_at IS NULL", {user}));
    return rows[0].integer(0);
}

Result<> insert_pending_sign_in(Tx& tx, const PendingSignIn& p, TimeMs now) {
    TRY(tx.execute("DELETE FROM pending_sign_in WHERE expires_at <= $1", {now}));
    TRY(tx.execute("INSERT INTO pending_sign_in (token_hash, user_id, expires_at) VALUES ($1, $2, $3)",
                   {p.token_hash, p.user_id, p.expires_at}));
    return {};
}

Result<std::optional<PendingSignIn>> find_pending_sign_in(Tx& tx, std::string_view token_hash, TimeMs now) {
    const auto rows = TRY(tx.query(
        "SELECT token_hash, user_id, expires_at FROM pending_sign_in WHERE token_hash = $1 AND expires_at > $2",
        {token_hash, now}));
    if (rows.empty()) return std::optional<PendingSignIn>{};
    return PendingSignIn{rows[0].str(0), rows[0].integer(1), rows[0].integer(2)};
}

Result<> delete_pending_sign_ins_of(Tx& tx, Id user) {
    TRY(tx.execute("DELETE FROM pending_sign_in WHERE user_id = $1", {user}));
    return {};
}

}  // namespace kith::repo
