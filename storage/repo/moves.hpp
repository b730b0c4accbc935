#pragma once
#include "base/core/result.hpp"
#include "storage/model/relation.hpp"
#include "storage/sql/db.hpp"

#include <optional>
#include <string>
#include <vector>

// Accounts that moved (FEP-7628).
namespace kith::repo {

struct MoveRow {
    Id actor_id = 0, target_id = 0;
    std::string ap_id;  // of the Move
    TimeMs at = 0;
};
Result<> put_move(sql::Tx&, const MoveRow&);  // the last one of an account
Result<std::optional<MoveRow>> find_move(sql::Tx&, Id actor);
// Follows of an actor by people here, pending ones too, oldest first.
Result<std::vector<model::Follow>> local_follows_of(sql::Tx&, Id followed, int limit);

}  // namespace kith::repo
