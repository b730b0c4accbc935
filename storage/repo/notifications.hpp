#pragma once
#include "base/core/result.hpp"
#include "storage/model/relation.hpp"
#include "storage/repo/relations.hpp"
#include "storage/sql/db.hpp"

#include <optional>
#include <vector>

namespace kith::repo {

Result<bool> add_notification(sql::Tx&, const model::Notification&);  // false where it was there
Result<std::optional<model::Notification>> find_notification(sql::Tx&, Id owner, Id id);
// `kinds`: a JSON array of kinds to give; `from`: only those. Leaves out what mutes and blocks
// hide.
Result<std::vector<model::Notification>> notifications_page(sql::Tx&, Id owner,
                                                            std::string_view kinds,
                                                            std::optional<Id> from, TimeMs now,
                                                            const Window&);
Result<bool> remove_notification(sql::Tx&, Id owner, Id id);  // false: it is not the owner's
Result<> clear_notifications(sql::Tx&, Id owner);
// What is undone takes its notification back.
Result<> withdraw_notification(sql::Tx&, Id owner, model::NotificationKind, Id from,
                               std::optional<Id> post);
Result<> withdraw_notifications_between(sql::Tx&, Id owner, Id from);

}  // namespace kith::repo
