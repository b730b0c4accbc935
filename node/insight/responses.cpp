#include "node/insight/responses.hpp"

namespace kith::insight {

Responses first_responses(const Snapshot& snapshot) {
    const auto& posts = snapshot.posts();
    Responses found;
    found.in_thread.resize(posts.size());
    found.in_thread_by_member.resize(posts.size());
    found.direct.resize(posts.size());
    for (const Post& reply : posts) {  // in order of time: the first one stays
        const Population who = snapshot.author(reply).population;
        if (reply.deleted || !answers_count(who)) continue;
        const auto offer = [&](std::vector<std::optional<Response>>& to, Index post) {
            if (posts[post].author == reply.author || to[post]) return;
            to[post] = Response{reply.at, reply.author};
        };
        if (reply.parent != no_index) offer(found.direct, reply.parent);
        if (reply.root == no_index) continue;
        offer(found.in_thread, reply.root);
        if (who == Population::member) offer(found.in_thread_by_member, reply.root);
    }
    return found;
}

}  // namespace kith::insight
