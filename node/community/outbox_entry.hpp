#pragma once
#include "base/json/view.hpp"
#include "federation/vocab/objects.hpp"
#include "node/community/context.hpp"
#include "storage/model/actor.hpp"

#include <optional>
#include <string>

namespace kith::community {

// What an item of an outbox is about: an activity or post by its id only, or embedded.
struct OutboxEntry {
    std::string id;      // its own
    std::string object;  // the post it brings or boosts; "" where it has to be fetched to know
    bool is_create = false, is_announce = false;
    std::optional<TimeMs> published;
};
OutboxEntry outbox_entry(json::View item);

// Whether a post is here, or was.
Result<bool> post_is_known(sql::Tx&, const std::string& ap_id);
// Whether what it brings is here already, was deleted, or is of no interest (a Like, a Follow …).
Result<bool> is_known(sql::Tx&, const model::Actor&, const OutboxEntry&);

// A post that stands in an outbox by itself, as the Create that it must have come with.
std::string create_around(const model::Actor&, json::View post);
// A Create that names its object only, with the object as its origin serves it.
std::string with_object(json::View create, json::View object);

}  // namespace kith::community
