#pragma once
#include "base/core/clock.hpp"
#include "base/core/ids.hpp"
#include "base/core/result.hpp"
#include "storage/model/relation.hpp"
#include "storage/sql/db.hpp"

#include <optional>
#include <string_view>
#include <vector>

// What members want to be told by mail. Who never said so is told nothing.
namespace kith::repo {

struct MailWish {
    Id actor_id = 0;
    std::int64_t kinds = 0;        // a bit for each model::NotificationKind
    TimeMs digest_every_ms = 0;    // 0: no digest
    std::optional<TimeMs> notices_due, digest_due;
    Id told_until = 0;             // the newest notification that a letter told
    TimeMs digest_since = 0;       // what the next digest begins with

    static constexpr std::int64_t bit(model::NotificationKind kind) { return std::int64_t(1) << int(kind); }
};

Result<std::optional<MailWish>> find_mail_wish(sql::Tx&, Id actor);
Result<> put_mail_wish(sql::Tx&, const MailWish&);
Result<> remove_mail_wish(sql::Tx&, Id actor);
// Notes that there is something to tell, where it is wished for and no letter is due already.
Result<> want_notices(sql::Tx&, Id actor, model::NotificationKind, TimeMs due);
// Those for whom a letter is due.
Result<std::vector<MailWish>> due_mail_wishes(sql::Tx&, TimeMs now, int limit);

Result<> add_mail_stop(sql::Tx&, std::string_view token_hash, Id actor, TimeMs expires_at);
Result<std::optional<Id>> actor_of_mail_stop(sql::Tx&, std::string_view token_hash, TimeMs now);
Result<> trim_mail_stops(sql::Tx&, TimeMs now);

}  // namespace kith::repo
