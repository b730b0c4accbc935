#include "node/insight/unanswered.hpp"

#include <algorithm>
#include <tuple>

namespace kith::insight {
namespace {

enum class Watched { no, first_post, other };

Watched watched(const Snapshot& snapshot, const Post& post, Index index) {
    if (post.deleted || post.locked) return Watched::no;
    const bool root = post.root == index;
    if (!root && post.parent == no_index) return Watched::no;  // no thread to be answered in
    const Person& author = snapshot.author(post);
    const bool visitor = author.population == Population::visitor;
    if (!visitor && !author.here) return Watched::no;
    if (snapshot.posts_of(post.author).front() == index) return Watched::first_post;
    return root && author.here ? Watched::other : Watched::no;
}

}  // namespace

UnansweredQueue unanswered_queue(const Snapshot& snapshot, const Responses& responses,
                                 Window window) {
    UnansweredQueue queue;
    for (const Post& post : snapshot.posts_in(window)) {
        const auto index = Index(&post - snapshot.posts().data());
        const Watched kind = watched(snapshot, post, index);
        if (kind == Watched::no) continue;
        const bool first = kind == Watched::first_post;
        const TimeMs sla_ms = first ? first_post_sla_ms : other_post_sla_ms;
        const auto& response =
            post.root == index ? responses.in_thread[index] : responses.direct[index];
        if (response) {
            ++queue.answered;
            queue.answered_in_time += waited_ms(post.at, *response) <= sla_ms;
            continue;
        }
        const TimeMs age_ms = snapshot.as_of() - post.at;
        if (age_ms < (first ? first_post_grace_ms : other_post_grace_ms)) continue;
        queue.overdue += age_ms > sla_ms;
        queue.open.push_back({index, first, age_ms, age_ms > sla_ms});
    }
    std::sort(queue.open.begin(), queue.open.end(), [](const Unanswered& a, const Unanswered& b) {
        return std::tuple(!a.first_post, -a.age_ms, a.post) <
               std::tuple(!b.first_post, -b.age_ms, b.post);
    });
    return queue;
}

}  // namespace kith::insight
