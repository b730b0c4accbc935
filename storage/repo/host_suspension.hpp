#pragma once
#include "base/core/clock.hpp"
#include "base/core/result.hpp"
#include "storage/sql/db.hpp"

#include <string>

// What a suspended host left here (security checklist, line 18): its actors, and with them their
// posts, reactions and follows, are hidden by the one predicate as if each were suspended.
namespace kith::repo {

struct HostSuspensions {
    std::int64_t hidden = 0;  // actors that are suspended from now on
    std::int64_t shown = 0;   // actors that are back
};

// Makes the marks of remote actors (suspended, silenced, media rejected) agree with what is said about
// their hosts: called in the transaction that changes it. A block holds for the host, every port of it and everything below it. Actors that somebody
// suspended by themselves stay so, whatever happens to their host.
Result<HostSuspensions> follow_domain_blocks(sql::Tx&, TimeMs now);

// Somebody is silenced by themselves, or is so no more; then what is said of their host counts.
Result<> set_limited(sql::Tx&, Id actor, bool limited, bool silenced);
Result<> set_sensitized(sql::Tx&, Id actor, bool);

// The same for one actor that has just become known.
Result<> mark_new_actor(sql::Tx&, Id actor, const std::string& host);

}  // namespace kith::repo
