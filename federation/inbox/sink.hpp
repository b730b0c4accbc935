#pragma once
#include "base/core/result.hpp"
#include "federation/vocab/objects.hpp"
#include "storage/model/federation.hpp"
#include "storage/sql/db.hpp"

#include <memory>
#include <string>
#include <vector>

namespace kith::inbox {

// An activity that passed phase 7: who signed it is its actor, its ids are of its actor's origin.
struct Inbound {
    const model::InboxActivity& row;
    const json::Document& document;
    const vocab::Activity& activity;   // views `document`
};

// A document that somebody else serves, fetched from its own origin and checked: its `id` is the
// one that was asked for.
struct Fetched {
    std::string id;
    std::string raw;   // the bytes as they came
    json::Document document;
};

// What phase 9 may use: fetches signed by the instance actor, within one budget for all that follows
// from one activity (limits: fetches, depth, time). No transaction may be open while it is used.
class Fetcher {
public:
    virtual ~Fetcher() = default;
    // Code::gone for 410 or a Tombstone, Code::not_found for 404; anything that may pass later is
    // Code::unavailable or Code::timeout, and the activity is tried again.
    virtual Result<Fetched> fetch(const std::string& id) = 0;
    virtual int fetches_left() const = 0;
};

// What phase 9 found out for phase 10. The sink makes and reads it; the pipeline only carries it.
struct Plan {
    virtual ~Plan() = default;
};

// The one door from federation into the domain. Implemented by node/community.
class ActivitySink {
public:
    virtual ~ActivitySink() = default;

    // 8 `authorized`: against what is stored (owner, pending Follow, block, moderators). Reads only.
    // An error refuses the activity: its safe_text is the reason that operators see.
    virtual Result<> authorize(const Inbound&) = 0;

    // 9 `resolved`: parent, mentions, the object of an Announce; fetches what is missing.
    // Code::unavailable and Code::timeout mean: again later; any other error refuses.
    virtual Result<std::unique_ptr<Plan>> resolve(const Inbound&, Fetcher&) = 0;

    // 10 `applied`: all effects, in the caller's transaction, which also closes the inbox row. May run
    // more than once (sql::Db::write). What the activity does not change any more is success.
    virtual Result<> apply(sql::Tx&, const Inbound&, const Plan&) = 0;
};

}  // namespace kith::inbox
