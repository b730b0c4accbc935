#include "storage/repo/oauth.hpp"

#include "storage/repo/ids.hpp"

namespace kith::repo {

using model::OAuthApp;
using model::OAuthCode;
using model::OAuthToken;
using sql::Rows;
using sql::Tx;

namespace {

constexpr const char* app_select =
    "SELECT id, client_id, secret_hash, name, website, redirect_uris, scopes, created_at FROM "
    "oauth_app ";

OAuthApp app_from(const Rows::Row& row) {
    return {row.integer(0), row.str(1), row.str(2), row.str(3),
            row.str(4),     row.str(5), row.str(6), row.integer(7)};
}

Result<std::optional<OAuthApp>> one_app(Result<Rows> found) {
    auto rows = TRY(std::move(found));
    if (rows.empty()) return std::optional<OAuthApp>{};
    return app_from(rows[0]);
}

}  // namespace

Result<> insert_app(Tx& tx, const OAuthApp& a) {
    TRY(
        tx.execute("INSERT INTO oauth_app (id, client_id, secret_hash, name, website, "
                   "redirect_uris, scopes, created_at) "
                   "VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
                   {a.id, a.client_id, a.secret_hash, a.name, a.website, a.redirect_uris, a.scopes,
                    a.created_at}));
    return {};
}

Result<std::optional<OAuthApp>> find_app(Tx& tx, Id id) {
    static const auto text = std::string(app_select) + "WHERE id = $1";
    return one_app(tx.query(text, {id}));
}

Result<std::optional<OAuthApp>> find_app_by_client_id(Tx& tx, std::string_view client_id) {
    static const auto text = std::string(app_select) + "WHERE client_id = $1";
    return one_app(tx.query(text, {client_id}));
}

Result<std::vector<OAuthApp>> apps_by_ids(Tx& tx, std::span<const Id> ids) {
    static const auto make = [](const sql::Dialect& d) {
        return std::string(app_select) + "WHERE " + d.in_ids("id", 1);
    };
    auto rows = TRY(tx.query(make(tx.dialect()), {json_ids(ids)}));
    std::vector<OAuthApp> out;
    for (const auto& row : rows) out.push_back(app_from(row));
    return out;
}

Result<> insert_code(Tx& tx, const OAuthCode& c) {
    TRY(
        tx.execute("INSERT INTO oauth_code (code_hash, app_id, user_id, redirect_uri, scopes, "
                   "challenge, expires_at, used_at, "
                   "token_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
                   {c.code_hash, c.app_id, c.user_id, c.redirect_uri, c.scopes, c.challenge,
                    c.expires_at, c.used_at, c.token_id}));
    return {};
}

Result<std::optional<OAuthCode>> find_code(Tx& tx, std::string_view code_hash) {
    auto rows =
        TRY(tx.query("SELECT code_hash, app_id, user_id, redirect_uri, scopes, challenge, "
                     "expires_at, used_at, token_id "
                     "FROM oauth_code WHERE code_hash = $1",
                     {code_hash}));
    if (rows.empty()) return std::optional<OAuthCode>{};
    auto row = rows[0];
    return OAuthCode{row.str(0), row.integer(1), row.integer(2),       row.str(3),    row.str(4),
                     row.str(5), row.integer(6), row.maybe_integer(7), row.integer(8)};
}

Result<bool> use_code(Tx& tx, std::string_view code_hash, TimeMs at, Id token) {
    return TRY(tx.execute("UPDATE oauth_code SET used_at = $2, token_id = $3 WHERE code_hash = $1 "
                          "AND used_at IS NULL",
                          {code_hash, at, token})) == 1;
}

Result<> delete_codes_before(Tx& tx, TimeMs expired) {
    TRY(tx.execute("DELETE FROM oauth_code WHERE expires_at < $1", {expired}));
    return {};
}

Result<> insert_token(Tx& tx, const OAuthToken& t) {
    TRY(
        tx.execute("INSERT INTO oauth_token (id, token_hash, app_id, user_id, scopes, created_at, "
                   "last_used_at, revoked_at, user_agent) "
                   "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
                   {t.id, t.token_hash, t.app_id, t.user_id, t.scopes, t.created_at, t.last_used_at,
                    t.revoked_at, t.user_agent}));
    return {};
}

Result<std::optional<OAuthToken>> find_token(Tx& tx, std::string_view token_hash) {
    auto rows = TRY(tx.query(
        "SELECT id, token_hash, app_id, user_id, scopes, created_at, last_used_at, revoked_at, user_agent "
        "FROM oauth_token WHERE token_hash = $1 AND revoked_at IS NULL",
        {token_hash}));
    if (rows.empty()) return std::optional<OAuthToken>{};
    auto row = rows[0];
    return OAuthToken{row.integer(0), row.str(1),     row.integer(2),       row.maybe_integer(3),
                      row.str(4),     row.integer(5), row.maybe_integer(6), row.maybe_integer(7),
                      row.str(8)};
}

Result<> touch_token(Tx& tx, Id id, TimeMs at) {
    TRY(tx.execute("UPDATE oauth_token SET last_used_at = $2 WHERE id = $1", {id, at}));
    return {};
}

Result<> revoke_token(Tx& tx, Id id, TimeMs at) {
    tx.mark_news();  // streams are cut off
    TRY(tx.execute("UPDATE oauth_token SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL",
                   {id, at}));
    return {};
}

Result<> revoke_tokens_of(Tx& tx, Id user, TimeMs at) {
    tx.mark_news();  // streams are cut off
    TRY(tx.execute(
        "UPDATE oauth_token SET revoked_at = $2 WHERE user_id = $1 AND revoked_at IS NULL",
        {user, at}));
    return {};
}

}  // namespace kith::repo
