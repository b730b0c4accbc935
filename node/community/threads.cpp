// Threads (declared in posts.hpp).
#include "config/limits/community.hpp"
#include "node/community/filter_views.hpp"
#include "node/community/posts.hpp"
#include "node/community/visibility.hpp"
#include "storage/repo/posts.hpp"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

namespace kith::community {

using model::Post;
using sql::Tx;

namespace {

std::vector<Id> ancestors_of(const Post& post, const std::unordered_map<Id, const Post*>& by_id) {
    std::vector<Id> out;
    for (auto parent = post.in_reply_to_id; parent && out.size() < by_id.size();) {
        auto found = by_id.find(*parent);
        if (found == by_id.end())
            break;  // not visible to this viewer: what is above it is not shown either
        out.push_back(*parent);
        parent = found->second->in_reply_to_id;
    }
    std::reverse(out.begin(), out.end());
    return out;
}

// Depth first, siblings by id, without recursion: a thread may be thousands deep. Each once,
// whatever circle the stored parents may make.
std::vector<Id> descendants_of(Id root, const std::unordered_map<Id, std::vector<Id>>& children) {
    std::vector<Id> out, stack;
    std::unordered_set<Id> seen{root};
    auto push_children = [&](Id of) {
        if (auto found = children.find(of); found != children.end())
            stack.insert(stack.end(), found->second.rbegin(), found->second.rend());
    };
    push_children(root);
    while (!stack.empty()) {
        auto id = stack.back();
        stack.pop_back();
        if (!seen.insert(id).second) continue;
        out.push_back(id);
        push_children(id);
    }
    return out;
}

Result<std::vector<PostView>> load(Tx& tx, const Context& context, const Viewer& viewer,
                                   const std::vector<Id>& ids) {
    std::vector<Entry> entries;
    entries.reserve(ids.size());
    for (auto id : ids)
        entries.push_back({.id = id, .post_id = id, .boost_id = {}, .group_id = {}});
    auto views = TRY(load_views(tx, viewer, entries));
    std::erase_if(views, [now = context.clock.now_ms()](const PostView& view) {
        return hidden_by_filter(view, model::filter_thread, now);
    });
    return views;
}

}  // namespace

Result<ThreadView> thread_of(Context& context, const Viewer& viewer, Id post_id) {
    return context.db.read([&](Tx& tx) -> Result<ThreadView> {
        const auto post = TRY(seen_post(tx, viewer.actor_id, post_id));
        auto posts = TRY(
            repo::visible_thread(tx, viewer.actor_id, post.thread_id, limits::thread_rows_max));
        std::unordered_map<Id, const Post*> by_id;
        std::unordered_map<Id, std::vector<Id>> children;
        for (const auto& p : posts) {
            by_id.emplace(p.id, &p);
            if (p.in_reply_to_id) children[*p.in_reply_to_id].push_back(p.id);
        }
        auto above = ancestors_of(post, by_id);
        auto below = descendants_of(post_id, children);
        if (!viewer.actor_id) {
            if (above.size() > limits::thread_ancestors_for_nobody_max)
                above.erase(above.begin(), above.end() - limits::thread_ancestors_for_nobody_max);
            if (below.size() > limits::thread_descendants_for_nobody_max)
                below.resize(limits::thread_descendants_for_nobody_max);
        }
        ThreadView view;
        view.ancestors = TRY(load(tx, context, viewer, above));
        view.descendants = TRY(load(tx, context, viewer, below));
        return view;
    });
}

}  // namespace kith::community
