#include "node/insight/responsiveness.hpp"

namespace kith::insight {

std::vector<RootWait> root_waits(const Snapshot& snapshot, const Responses& responses,
                                 Window window, AnsweredBy by) {
    const auto& answers =
        by == AnsweredBy::any_human ? responses.in_thread : responses.in_thread_by_member;
    std::vector<RootWait> waits;
    for (const Post& post : snapshot.posts_in(window)) {
        const auto index = Index(&post - snapshot.posts().data());
        const Person& author = snapshot.author(post);
        if (post.root != index || post.deleted || post.locked) continue;
        if (author.population != Population::member || !member_during(author.actor, window))
            continue;
        RootWait root{index, {snapshot.as_of() - post.at, false}, no_index};
        if (const auto& answer = answers[index])
            root = {index, {waited_ms(post.at, *answer), true}, answer->responder};
        waits.push_back(root);
    }
    return waits;
}

std::vector<Wait> waits_of(const std::vector<RootWait>& roots) {
    std::vector<Wait> waits;
    waits.reserve(roots.size());
    for (const RootWait& root : roots) waits.push_back(root.wait);
    return waits;
}

AnsweredWithin answered_within(const std::vector<RootWait>& roots, const Snapshot& snapshot,
                               TimeMs limit_ms) {
    AnsweredWithin result;
    for (const RootWait& root : roots) {
        if (snapshot.posts()[root.post].at + limit_ms > snapshot.as_of()) continue;
        ++result.mature;
        result.answered += root.wait.happened && root.wait.time_ms <= limit_ms;
    }
    return result;
}

OperatorAnswers operator_answers(const std::vector<RootWait>& roots, const Snapshot& snapshot) {
    OperatorAnswers result;
    for (const RootWait& root : roots) {
        if (!root.wait.happened) continue;
        ++result.answered;
        result.by_operators +=
            snapshot.people()[root.responder].population == Population::operator_;
    }
    return result;
}

}  // namespace kith::insight
