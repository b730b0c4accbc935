#pragma once
#include "base/core/ids.hpp"

#include <optional>
#include <string>

namespace kith::model {

// A set of accounts that a member recommends.
struct Collection {
    Id id = 0;
    Id owner_id = 0;
    std::string name;
    std::string description;    // plain text
    std::string language;       // "" where it is not said
    std::optional<Id> tag_id;
    std::string tag;            // as displayed; comes with tag_id
    bool sensitive = false;
    bool discoverable = true;   // else it is shown to who has its URL, and on its owner's profile
    TimeMs created_at = 0, updated_at = 0;
};

// Numbers are stored. Of what was rejected or revoked the row stays: nobody is asked twice.
enum class CollectionItemState { pending = 0, accepted = 1, rejected = 2, revoked = 3 };

struct CollectionItem {
    Id id = 0;
    Id collection_id = 0;
    Id actor_id = 0;
    CollectionItemState state = CollectionItemState::pending;
    TimeMs created_at = 0;
};

}  // namespace kith::model
