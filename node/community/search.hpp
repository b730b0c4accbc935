#pragma once
#include "node/community/context.hpp"
#include "node/community/visibility.hpp"
#include "storage/model/actor.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace kith::community {

struct AccountSearch {
    std::string query;       // the beginning of a name, "@name" or "name@host"
    bool following = false;  // only those whom the viewer follows
    int limit = 20;
    int offset = 0;
};
// Accounts known here, most followed first; the one whose name is exactly the query comes first.
// Leaves out whom the viewer blocks or mutes, and who blocks the viewer.
Result<std::vector<model::Actor>> search_accounts(Context&, const Viewer&, const AccountSearch&);

// Hashtags in use here that begin with the query ('#' may stand before it), as displayed.
Result<std::vector<std::string>> search_tags(Context&, std::string_view query, int limit,
                                             int offset);

}  // namespace kith::community
