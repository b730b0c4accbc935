#pragma once
#include "storage/sql/db.hpp"

#include <optional>
#include <vector>

namespace kith::repo {

struct ThreadLink {
    Id post_id = 0;
    std::optional<Id> parent_id;
    bool seen = false;  // by the viewer
};
// What answers what in a thread, oldest first, also where one of the two is gone or hidden: by it the others keep their place.
Result<std::vector<ThreadLink>> thread_links(sql::Tx&, std::optional<Id> viewer, Id thread, int limit);

}  // namespace kith::repo
