#include "node/insight/shares.hpp"

#include <algorithm>
#include <functional>
#include <numeric>
#include <tuple>

namespace kith::insight {

std::vector<Contributor> contributors(const Snapshot& snapshot, Window window) {
    std::vector<std::int64_t> counts(snapshot.people().size(), 0);
    for (const Post& post : snapshot.posts_in(window)) counts[post.author] += !post.deleted;
    std::vector<Contributor> found;
    for (Index i = 0; i < counts.size(); ++i) {
        const Person& person = snapshot.people()[i];
        if (counts[i] > 0 && person.population == Population::member &&
            member_during(person.actor, window))
            found.push_back({i, counts[i]});
    }
    std::sort(found.begin(), found.end(), [](const Contributor& a, const Contributor& b) {
        return std::tie(b.contributions, a.person) < std::tie(a.contributions, b.person);
    });
    return found;
}

MemberShare member_share(const Snapshot& snapshot, Window window) {
    MemberShare share;
    for (const Contributor& c : contributors(snapshot, window)) share.by_members += c.contributions;
    share.of = share.by_members;
    for (const Post& post : snapshot.posts_in(window))
        share.of += !post.deleted && snapshot.author(post).population == Population::operator_;
    return share;
}

std::optional<std::int64_t> contributor_absence_factor(std::vector<std::int64_t> counts) {
    const auto all = std::accumulate(counts.begin(), counts.end(), std::int64_t{0});
    if (all <= 0) return std::nullopt;
    std::sort(counts.begin(), counts.end(), std::greater<>());
    std::int64_t people = 0;
    std::int64_t sum = 0;
    while (2 * sum <= all) sum += counts[std::size_t(people++)];
    return people;
}

}  // namespace kith::insight
