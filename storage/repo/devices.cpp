#include "storage/repo/devices.hpp"

namespace kith::repo {

using sql::Tx;

namespace {

Result<std::vector<DeviceRow>> rows_of(Result<sql::Rows> found) {
    std::vector<DeviceRow> out;
    for (const auto& row : TRY(std::move(found)))
        out.push_back({row.integer(0), row.str(1), row.str(2), row.integer(3), row.maybe_integer(4)});
    return out;
}

}  // namespace

Result<std::vector<DeviceRow>> browsers_of(Tx& tx, Id user, TimeMs now, int limit) {
    return rows_of(tx.query("SELECT id, '', user_agent, created_at, last_used_at FROM session WHERE user_id = $1 AND "
                            "expires_at > $2 ORDER BY id DESC LIMIT $3",
                            {user, now, limit}));
}

Result<std::vector<DeviceRow>> apps_of(Tx& tx, Id user, int limit) {
    return rows_of(tx.query("SELECT t.id, a.name, t.user_agent, t.created_at, t.last_used_at FROM oauth_token t JOIN "
                            "oauth_app a ON a.id = t.app_id WHERE t.user_id = $1 AND t.revoked_at IS NULL ORDER BY t.id "
                            "DESC LIMIT $2",
                            {user, limit}));
}

Result<bool> end_browser(Tx& tx, Id user, Id session) {
    return TRY(tx.execute("DELETE FROM session WHERE id = $2 AND user_id = $1", {user, session})) == 1;
}

Result<bool> end_app(Tx& tx, Id user, Id token, TimeMs at) {
    tx.mark_news();  // streams are cut off
    return TRY(tx.execute("UPDATE oauth_token SET revoked_at = $3 WHERE id = $2 AND user_id = $1 AND revoked_at IS NULL",
                          {user, token, at})) == 1;
}

Result<> end_other_browsers(Tx& tx, Id user, Id kept_session) {
    TRY(tx.execute("DELETE FROM session WHERE user_id = $1 AND id <> $2", {user, kept_session}));
    return {};
}

Result<> delete_codes_of(Tx& tx, Id user) {
    TRY(tx.execute("DELETE FROM oauth_code WHERE user_id = $1 AND used_at IS NULL", {user}));
    return {};
}

}  // namespace kith::repo
