#pragma once
#include "base/core/result.hpp"
#include "storage/model/actor.hpp"
#include "storage/model/group_profile.hpp"
#include "storage/sql/db.hpp"

#include <optional>
#include <span>
#include <string_view>
#include <vector>

// Collections of groups: each is an actor with entries.
namespace kith::repo {

Result<> put_multi(sql::Tx&, const model::MultiCommunity&);
Result<std::optional<model::MultiCommunity>> find_multi(sql::Tx&, Id actor);
Result<std::int64_t> count_multis_by(sql::Tx&, Id creator);  // that are not deleted

Result<bool> add_multi_entry(sql::Tx&, Id multi, Id group, std::int64_t position);  // false where it is there
Result<bool> remove_multi_entry(sql::Tx&, Id multi, Id group);
Result<std::int64_t> count_multi_entries(sql::Tx&, Id multi);
// In their order; without groups that are gone.
Result<std::vector<model::Actor>> multi_groups(sql::Tx&, Id multi);

enum class MultiOrder { new_, old, name, name_back, communities, subscribers };
struct MultiQuery {
    bool local = false;
    std::optional<Id> follower_id, creator_id;
    std::string_view words;  // in name or title, in lower case
    MultiOrder order = MultiOrder::new_;
    int limit = 20, offset = 0;
};
Result<std::vector<Id>> multis_page(sql::Tx&, const MultiQuery&);

struct MultiNumbers {
    std::int64_t communities = 0, followers = 0, followers_here = 0;
};
Result<MultiNumbers> multi_numbers(sql::Tx&, Id multi);

}  // namespace kith::repo
