#pragma once
#include "node/insight/snapshot.hpp"

#include <utility>

// Who answers whom. A reply edge u -> v: u replied to something of v's, u is not v, both are human
// and neither opted out. Likes and boosts are no edges.
namespace kith::insight {

enum class GraphOf { members, members_and_operators };

struct ReplyEdge {
    Index from = no_index;
    Index to = no_index;
    std::int64_t replies = 0;
};

// Two who have answered each other; a < b.
struct Dyad {
    Index a = no_index;
    Index b = no_index;
    std::int64_t replies = 0;  // both ways together
};

struct ReplyGraph {
    std::vector<Index> nodes;      // everyone of the kind who is here at the window's end, sorted
    std::vector<ReplyEdge> edges;  // distinct, sorted by (from, to)
};

// The replies of a window among those who are members at its end (operators: at the snapshot's).
ReplyGraph reply_graph(const Snapshot&, Window, GraphOf);

// M15. Most replies first.
std::vector<Dyad> mutual_dyads(const ReplyGraph&);

// M15: directed edges that are returned, of all; `of` = 0 where there is no edge.
struct Reciprocity {
    std::int64_t reciprocated = 0;
    std::int64_t of = 0;
};
Reciprocity reciprocity(const ReplyGraph&);

std::int64_t undirected_edges(const ReplyGraph&);

// M16: members without any edge. Operators are never counted as isolated.
std::vector<Index> isolated_members(const Snapshot&, const ReplyGraph&);

// The graph's parts, edges taken as undirected: each sorted, largest first.
std::vector<std::vector<Index>> components(const ReplyGraph&);

}  // namespace kith::insight
