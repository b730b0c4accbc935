#pragma once
#include "base/core/ids.hpp"

#include <optional>
#include <string>

namespace kith::model {

// Numbers are stored; a released one never changes its meaning.
enum class NodeActKind {
    add_admin = 0,
    ban = 1,
    block_host = 2,
    allow_host = 3,
    purge_person = 4,
    purge_group = 5,
    purge_post = 6,
    purge_comment = 7,
    remove_group = 8,
    hide_group = 9,
};

// What somebody of the node's team did, in the open: about a person, a group, or a host.
struct NodeAct {
    Id id = 0;
    NodeActKind kind = NodeActKind::ban;
    bool reverts = false;  // it takes such an act back
    Id moderator_id = 0;
    std::optional<Id> target_id;
    std::string host;
    std::string reason;
    std::optional<TimeMs> expires_at;
    TimeMs at = 0;
};

// Somebody may do nothing on this node; with_posts: nothing of theirs is shown either.
struct PersonBan {
    Id actor_id = 0;
    bool with_posts = false;
    std::optional<TimeMs> expires_at;
    TimeMs at = 0;
};

struct Tagline {
    Id id = 0;
    std::string content;  // markdown
    TimeMs published_at = 0;
    std::optional<TimeMs> updated_at;
};

}  // namespace kith::model
