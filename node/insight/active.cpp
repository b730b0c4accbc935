#include "node/insight/active.hpp"

namespace kith::insight {

std::vector<Index> active_people(const Snapshot& snapshot, Window window, Counted counted) {
    std::vector<bool> active(snapshot.people().size(), false);
    for (const Post& post : snapshot.posts_in(window))
        if (!post.deleted) active[post.author] = true;
    for (const Act& reaction : snapshot.reactions_in(window)) active[reaction.person] = true;

    std::vector<Index> found;
    for (Index i = 0; i < active.size(); ++i) {
        if (!active[i]) continue;
        const Person& person = snapshot.people()[i];
        const bool member =
            person.population == Population::member && member_during(person.actor, window);
        // Who joined only after the window was a visitor in it.
        const bool visitor = !member && (person.population == Population::visitor ||
                                         person.population == Population::member);
        if (member || (visitor && counted == Counted::members_and_visitors)) found.push_back(i);
    }
    return found;
}

ActiveCounts active_counts(const Snapshot& snapshot, TimeMs end, Counted counted) {
    const auto count = [&](int days) {
        return std::int64_t(active_people(snapshot, last_days(end, days), counted).size());
    };
    return {count(1), count(7), count(default_window_days)};
}

}  // namespace kith::insight
