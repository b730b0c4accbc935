#pragma once
// What is forgotten of a person who is gone for good.
#include "storage/sql/db.hpp"

#include <vector>

namespace kith::repo {

// What signing in and writing letters took: address, password, second factor, sign-up. The account stays, so that its name is
// not given away again.
Result<> forget_account(sql::Tx&, Id user);

// What somebody kept for themselves alone, or was told: bookmarks, notes, lists, filters, mutes, home, notifications, marks.
Result<> forget_own(sql::Tx&, Id actor);

// Posts of theirs that are not deleted yet, oldest first.
Result<std::vector<Id>> posts_left_of(sql::Tx&, Id actor, int limit);

}  // namespace kith::repo
