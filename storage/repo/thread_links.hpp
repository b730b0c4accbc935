#pragma once
#include "storage/sql/db.hpp"

#include <vector>

namespace kith::repo {

struct ThreadLink {
    Id post_id = 0, parent_id = 0;
};
// What answers what in a thread, oldest first, also where one of the two is gone or hidden: by it the others keep their place.
Result<std::vector<ThreadLink>> thread_links(sql::Tx&, Id thread, int limit);

}  // namespace kith::repo
