#pragma once
#include "node/community/context.hpp"
#include "node/insight/import.hpp"
#include "node/insight/records.hpp"

#include <string>
#include <vector>

namespace kith::insight {

// The stored stream of a local group as the records that metrics are computed from. Members of
// other servers are not named in lists unless their actor says `discoverable`.
Result<GroupHistory> load_history(community::Context&, Id group_id);

// Stores a recorded community into a group's stream: its people become actors of no server, so that
// nothing is ever sent to them. All in one transaction; an object that is there already counts
// once.
Result<std::int64_t> store_import(community::Context&, Id group_id,
                                  const std::vector<ImportedEvent>&);

}  // namespace kith::insight
