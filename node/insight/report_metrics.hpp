#pragma once
#include "node/insight/envelope.hpp"
#include "node/insight/responses.hpp"

namespace kith::insight {

// Every metric of the report, in the catalogue's order, as `view` may see it. Everyone gets no
// variant that gives another number away (weekly joins and funnel steps stand in the report's
// table, which sees to that; an estimate times n is the count it stands beside), and nothing of the
// queue.
std::vector<Metric> make_metrics(const Snapshot&, const Responses&, View);

}  // namespace kith::insight
