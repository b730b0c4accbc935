// Threads (declared in posts.hpp).
#include "config/limits/community.hpp"
#include "node/community/filter_views.hpp"
#include "node/community/posts.hpp"
#include "node/community/visibility.hpp"
#include "storage/repo/thread_links.hpp"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

namespace kith::community {

using sql::Tx;

namespace {

// A thread as whoever looks may see it. What they may not see, or what is gone, only holds the others together.
struct Shape {
    std::unordered_set<Id> seen;
    std::unordered_map<Id, Id> parents;
    std::unordered_map<Id, std::vector<Id>> children;
};

Result<Shape> shape_of(Tx& tx, const Viewer& viewer, Id thread) {
    Shape out;
    for (const auto& link : TRY(repo::thread_links(tx, viewer.actor_id, thread, limits::thread_rows_max))) {
        if (link.seen) out.seen.insert(link.post_id);
        if (!link.parent_id) continue;
        out.parents.emplace(link.post_id, *link.parent_id);
        out.children[*link.parent_id].push_back(link.post_id);
    }
    return out;
}

// From the first one down. Each once, whatever circle the stored parents may make.
std::vector<Id> ancestors_of(Id post, const Shape& shape) {
    std::vector<Id> out;
    std::unordered_set<Id> passed{post};
    for (auto at = shape.parents.find(post); at != shape.parents.end(); at = shape.parents.find(at->second)) {
        if (!passed.insert(at->second).second) break;
        if (shape.seen.contains(at->second)) out.push_back(at->second);
    }
    std::reverse(out.begin(), out.end());
    return out;
}

// Depth first, siblings by id, without recursion: a thread may be thousands deep. Each once,
// whatever circle the stored parents may make.
std::vector<Id> descendants_of(Id root, const Shape& shape) {
    std::vector<Id> out, stack;
    std::unordered_set<Id> passed{root};
    auto push_children = [&](Id of) {
        if (auto found = shape.children.find(of); found != shape.children.end())
            stack.insert(stack.end(), found->second.rbegin(), found->second.rend());
    };
    push_children(root);
    while (!stack.empty()) {
        auto id = stack.back();
        stack.pop_back();
        if (!passed.insert(id).second) continue;
        if (shape.seen.contains(id)) out.push_back(id);
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
        const auto shape = TRY(shape_of(tx, viewer, post.thread_id));
        auto above = ancestors_of(post_id, shape);
        auto below = descendants_of(post_id, shape);
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
