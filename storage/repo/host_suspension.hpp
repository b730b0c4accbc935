#pragma once
#include "base/core/clock.hpp"
#include "base/core/result.hpp"
#include "storage/sql/db.hpp"

// What a suspended host left here (security checklist, line 18): its actors, and with them their
// posts, reactions and follows, are hidden by the one predicate as if each were suspended.
namespace kith::repo {

struct HostSuspensions {
    std::int64_t hidden = 0;  // actors that are suspended from now on
    std::int64_t shown = 0;   // actors that are back
};

// Makes the suspended and silenced actors agree with the domain blocks: called in the transaction that changes
// one. A block holds for the host, every port of it and everything below it. Actors that somebody
// suspended by themselves stay so, whatever happens to their host.
Result<HostSuspensions> follow_domain_blocks(sql::Tx&, TimeMs now);

}  // namespace kith::repo
