#include "storage/repo/proofs.hpp"

namespace kith::repo {

using sql::Tx;

Result<> add_captcha(Tx& tx, std::string_view id, std::string_view answer_hash, TimeMs expires_at) {
    TRY(tx.execute("INSERT INTO captcha (id, answer_hash, expires_at) VALUES ($1, $2, $3)", {id, answer_hash, expires_at}));
    return {};
}

Result<std::optional<std::string>> take_captcha(Tx& tx, std::string_view id, TimeMs now) {
    const auto rows = TRY(tx.query("DELETE FROM captcha WHERE id = $1 RETURNING answer_hash, expires_at", {id}));
    if (rows.empty() || rows[0].integer(1) <= now) return std::optional<std::string>{};
    return std::optional(rows[0].str(0));
}

Result<> trim_captchas(Tx& tx, TimeMs now) {
    TRY(tx.execute("DELETE FROM captcha WHERE expires_at <= $1", {now}));
    return {};
}

Result<std::int64_t> count_captchas(Tx& tx) { return TRY(tx.query("SELECT COUNT(*) FROM captcha"))[0].integer(0); }

}  // namespace kith::repo
