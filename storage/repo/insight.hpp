#pragma once
#include "base/core/result.hpp"
#include "storage/model/actor.hpp"
#include "storage/sql/db.hpp"

#include <optional>
#include <string>
#include <vector>

// The stream of community operations (node/insight): what happened in a group, as far as federation
// and local posting told.
namespace kith::repo {

// Numbers are stored.
enum class OpsKind {
    joined = 0,
    left = 1,
    contributed = 2,
    deleted = 3,
    reacted = 4,
    unreacted = 5
};

struct OpsEvent {
    Id id = 0, group_id = 0, actor_id = 0;
    OpsKind kind = OpsKind::joined;
    std::optional<Id> object_id;
    std::string object_ap_id;
    std::optional<Id> parent_id;        // of a contribution: the object it replies to
    std::optional<Id> target_actor_id;  // where no parent object is known: whom it answers
    TimeMs at = 0, received_at = 0;
    std::string origin;  // "local", a host, or "import"
};

Result<> add_ops_event(sql::Tx&, const OpsEvent&);
Result<std::vector<OpsEvent>> ops_events_of(sql::Tx&, Id group);  // as they were received
Result<bool> has_ops_object(sql::Tx&, Id group, std::string_view object_ap_id);

struct OpsPerson {
    model::Actor actor;
    std::optional<model::GroupRole> role;  // a member, or one who was
    bool opted_out = false, flagged_bot = false;
};
Result<std::vector<OpsPerson>> ops_people(sql::Tx&,
                                          Id group);  // everybody in the stream or the group

// At once and for good: derived rows go, but for the bare fact that somebody's post got an answer.
Result<> opt_out(sql::Tx&, Id group, Id actor, TimeMs);
Result<bool> has_opted_out(sql::Tx&, Id group, Id actor);

}  // namespace kith::repo
