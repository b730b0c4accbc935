#pragma once
#include "storage/repo/relations.hpp"

#include <initializer_list>
#include <string>

namespace kith::repo {

// One SELECT in the two directions that a page can be read. The select's own parameters start at
// $4; $1 and $2 are the window's bounds, $3 its limit.
struct PageText {
    PageText(const std::string& select, const std::string& id_column)
        : newest_first(select + " AND " + id_column + " < $1 AND " + id_column + " > $2 ORDER BY " +
                       id_column + " DESC LIMIT $3"),
          oldest_first(select + " AND " + id_column + " < $1 AND " + id_column + " > $2 ORDER BY " +
                       id_column + " ASC LIMIT $3") {}
    const std::string newest_first, oldest_first;
};

// The rows of a window in the order they were read: oldest first where it is ascending.
Result<sql::Rows> page_rows(sql::Tx&, const PageText&, const Window&,
                            std::initializer_list<sql::Param> more);
// Where column 0 is the row's id and an actor follows: newest first either way.
Result<std::vector<FollowRow>> actor_page(sql::Tx&, const PageText&, const Window&,
                                          std::initializer_list<sql::Param> more);

}  // namespace kith::repo
