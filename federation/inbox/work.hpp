#pragma once
#include "federation/inbox/door.hpp"
#include "federation/inbox/phase.hpp"
#include "federation/inbox/sink.hpp"
#include "storage/model/federation.hpp"

#include <memory>
#include <optional>
#include <string>
#include <variant>

namespace kith::inbox {

// An accepted activity on its way through phases 8 to 10. One thread at a time has it.
struct Work {
    model::InboxActivity row;
    Parsed parsed;
    std::unique_ptr<Plan> plan;
    int conflicts = 0;

    Work(model::InboxActivity r, Parsed p) : row(std::move(r)), parsed(std::move(p)) {}
    Inbound inbound() const { return {row, parsed.document, parsed.activity}; }
};

// An error and where it happened.
struct Setback {
    Phase phase;
    Error error;
};

// Phases 8 and 9: the sink's decision, and its plan in `work`. Nothing where it may be applied.
std::optional<Setback> prepare(ActivitySink&, Work&, Fetcher&);

// What becomes of an activity that met with a setback.
struct Refuse {};
struct Retry {  // soon, and nobody needs to know
    TimeMs at;
};
struct Postpone {  // on disk
    TimeMs at;
};
using Fate = std::variant<Refuse, Retry, Postpone>;

// A fetch that failed is tried again with growing pauses for limits::inbox_retry_for_ms; a race in
// the database a few times; an outage of the database until it is over; all else is refused. Pure.
Fate fate_of(const Work&, const Setback&, TimeMs now_ms);

}  // namespace kith::inbox
