#include "node/insight/graph.hpp"

#include <algorithm>
#include <numeric>
#include <tuple>

namespace kith::insight {
namespace {

bool in_graph(const Person& person, TimeMs end, GraphOf kind) {
    switch (person.population) {
        case Population::member:
            return member_at(person.actor, end);
        case Population::operator_:
            return kind == GraphOf::members_and_operators;
        default:
            return false;
    }
}

const ReplyEdge* find_edge(const ReplyGraph& graph, Index from, Index to) {
    const auto place = std::lower_bound(graph.edges.begin(), graph.edges.end(), std::pair(from, to),
                                        [](const ReplyEdge& edge, const auto& wanted) {
                                            return std::pair(edge.from, edge.to) < wanted;
                                        });
    const bool found = place != graph.edges.end() && place->from == from && place->to == to;
    return found ? &*place : nullptr;
}

bool is_returned(const ReplyGraph& graph, const ReplyEdge& edge) {
    return find_edge(graph, edge.to, edge.from) != nullptr;
}

// Union-find over the graph's nodes, with path halving.
class Parts {
public:
    explicit Parts(std::size_t size) : parent_(size) {
        std::iota(parent_.begin(), parent_.end(), std::size_t{0});
    }
    std::size_t of(std::size_t node) {
        while (parent_[node] != node) node = parent_[node] = parent_[parent_[node]];
        return node;
    }
    void join(std::size_t a, std::size_t b) { parent_[of(a)] = of(b); }

private:
    std::vector<std::size_t> parent_;
};

}  // namespace

ReplyGraph reply_graph(const Snapshot& snapshot, Window window, GraphOf kind) {
    ReplyGraph graph;
    std::vector<bool> node(snapshot.people().size(), false);
    for (Index i = 0; i < node.size(); ++i) {
        node[i] = in_graph(snapshot.people()[i], window.end, kind);
        if (node[i]) graph.nodes.push_back(i);
    }
    for (const Post& post : snapshot.posts_in(window)) {
        if (post.deleted || post.answers == no_index || post.answers == post.author) continue;
        if (node[post.author] && node[post.answers])
            graph.edges.push_back({post.author, post.answers, 1});
    }
    std::sort(graph.edges.begin(), graph.edges.end(), [](const ReplyEdge& a, const ReplyEdge& b) {
        return std::tie(a.from, a.to) < std::tie(b.from, b.to);
    });
    std::size_t kept = 0;
    for (const ReplyEdge& edge : graph.edges) {
        if (kept > 0 && graph.edges[kept - 1].from == edge.from &&
            graph.edges[kept - 1].to == edge.to)
            ++graph.edges[kept - 1].replies;
        else
            graph.edges[kept++] = edge;
    }
    graph.edges.resize(kept);
    return graph;
}

std::vector<Dyad> mutual_dyads(const ReplyGraph& graph) {
    std::vector<Dyad> dyads;
    for (const ReplyEdge& edge : graph.edges) {
        if (edge.from > edge.to) continue;
        if (const ReplyEdge* back = find_edge(graph, edge.to, edge.from))
            dyads.push_back({edge.from, edge.to, edge.replies + back->replies});
    }
    std::sort(dyads.begin(), dyads.end(), [](const Dyad& x, const Dyad& y) {
        return std::tie(y.replies, x.a, x.b) < std::tie(x.replies, y.a, y.b);
    });
    return dyads;
}

Reciprocity reciprocity(const ReplyGraph& graph) {
    Reciprocity result;
    result.of = std::int64_t(graph.edges.size());
    for (const ReplyEdge& edge : graph.edges) result.reciprocated += is_returned(graph, edge);
    return result;
}

std::int64_t undirected_edges(const ReplyGraph& graph) {
    std::int64_t count = 0;
    for (const ReplyEdge& edge : graph.edges)
        count += edge.from < edge.to || !is_returned(graph, edge);
    return count;
}

std::vector<Index> isolated_members(const Snapshot& snapshot, const ReplyGraph& graph) {
    std::vector<bool> tied(snapshot.people().size(), false);
    for (const ReplyEdge& edge : graph.edges) tied[edge.from] = tied[edge.to] = true;
    std::vector<Index> isolated;
    for (const Index node : graph.nodes)
        if (!tied[node] && snapshot.people()[node].population == Population::member)
            isolated.push_back(node);
    return isolated;
}

std::vector<std::vector<Index>> components(const ReplyGraph& graph) {
    const auto place_of = [&](Index node) {
        return std::size_t(std::lower_bound(graph.nodes.begin(), graph.nodes.end(), node) -
                           graph.nodes.begin());
    };
    Parts parts(graph.nodes.size());
    for (const ReplyEdge& edge : graph.edges) parts.join(place_of(edge.from), place_of(edge.to));

    std::vector<std::vector<Index>> by_part(graph.nodes.size());
    for (std::size_t i = 0; i < graph.nodes.size(); ++i)
        by_part[parts.of(i)].push_back(graph.nodes[i]);
    std::erase_if(by_part, [](const auto& part) { return part.empty(); });
    std::sort(by_part.begin(), by_part.end(), [](const auto& a, const auto& b) {
        return a.size() != b.size() ? a.size() > b.size() : a < b;
    });
    return by_part;
}

}  // namespace kith::insight
