#include "storage/repo/mail_wishes.hpp"

#include <string>

namespace kith::repo {

using sql::Tx;

namespace {

constexpr std::string_view wish_select =
    "SELECT actor_id, kinds, digest_every_ms, notices_due, digest_due, told_until, digest_since FROM mail_wish ";

MailWish wish_of(const sql::Rows::Row& row) {
    return {row.integer(0), row.integer(1), row.integer(2), row.maybe_integer(3), row.maybe_integer(4), row.integer(5), row.integer(6)};
}

}  // namespace

Result<std::optional<MailWish>> find_mail_wish(Tx& tx, Id actor) {
    static const auto text = std::string(wish_select) + "WHERE actor_id = $1";
    const auto rows = TRY(tx.query(text, {actor}));
    return rows.empty() ? std::optional<MailWish>() : std::optional(wish_of(rows[0]));
}

Result<> put_mail_wish(Tx& tx, const MailWish& wish) {
    TRY(tx.execute("INSERT INTO mail_wish (actor_id, kinds, digest_every_ms, notices_due, digest_due, told_until, digest_since) "
                   "VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (actor_id) DO UPDATE SET kinds = excluded.kinds, "
                   "digest_every_ms = excluded.digest_every_ms, notices_due = excluded.notices_due, digest_due = "
                   "excluded.digest_due, told_until = excluded.told_until, digest_since = excluded.digest_since",
                   {wish.actor_id, wish.kinds, wish.digest_every_ms, wish.notices_due, wish.digest_due, wish.told_until,
                    wish.digest_since}));
    return {};
}

Result<> remove_mail_wish(Tx& tx, Id actor) {
    TRY(tx.execute("DELETE FROM mail_wish WHERE actor_id = $1", {actor}));
    return {};
}

Result<> want_notices(Tx& tx, Id actor, model::NotificationKind kind, TimeMs due) {
    TRY(tx.execute("UPDATE mail_wish SET notices_due = $3 WHERE actor_id = $1 AND (kinds & $2) <> 0 AND notices_due IS NULL",
                   {actor, MailWish::bit(kind), due}));
    return {};
}

Result<std::vector<MailWish>> due_mail_wishes(Tx& tx, TimeMs now, int limit) {
    static const auto text = std::string(wish_select) + "WHERE notices_due <= $1 OR digest_due <= $1 ORDER BY actor_id LIMIT $2";
    std::vector<MailWish> out;
    for (const auto& row : TRY(tx.query(text, {now, limit}))) out.push_back(wish_of(row));
    return out;
}

Result<> add_mail_stop(Tx& tx, std::string_view token_hash, Id actor, TimeMs expires_at) {
    TRY(tx.execute("INSERT INTO mail_stop (token_hash, actor_id, expires_at) VALUES ($1, $2, $3)", {token_hash, actor, expires_at}));
    return {};
}

Result<std::optional<Id>> actor_of_mail_stop(Tx& tx, std::string_view token_hash, TimeMs now) {
    const auto rows = TRY(tx.query("SELECT actor_id FROM mail_stop WHERE token_hash = $1 AND expires_at > $2", {token_hash, now}));
    return rows.empty() ? std::optional<Id>() : std::optional<Id>(rows[0].integer(0));
}

Result<> trim_mail_stops(Tx& tx, TimeMs now) {
    TRY(tx.execute("DELETE FROM mail_stop WHERE expires_at <= $1", {now}));
    return {};
}

}  // namespace kith::repo
