#pragma once
#include "node/insight/snapshot.hpp"

// Whose community it is: how much of it members make themselves, and on how few of them it rests.
namespace kith::insight {

struct Contributor {
    Index person = no_index;
    std::int64_t contributions = 0;
};

// The members of M who contributed within the window, the most active first.
std::vector<Contributor> contributors(const Snapshot&, Window);

// M23: member contributions of those by members and operators. `of` = 0 where there is none.
struct MemberShare {
    std::int64_t by_members = 0;
    std::int64_t of = 0;
};
MemberShare member_share(const Snapshot&, Window);

// M25, the contributor absence factor (CHAOSS): the smallest number of people who together made
// more than half of the contributions. Nothing where there are none. Any order of `counts`.
std::optional<std::int64_t> contributor_absence_factor(std::vector<std::int64_t> counts);

}  // namespace kith::insight
