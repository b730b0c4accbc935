#pragma once
#include "base/core/result.hpp"
#include "federation/vocab/objects.hpp"

#include <string>
#include <string_view>

// The tolerant reader: every shape of federation.md 1.3 is taken; what is not understood is skipped;
// what would be dangerous to guess is refused with Code::invalid and the reason. Pure: no fetches.
namespace kith::vocab {

// `type`, `actor` and `id` must be there and be single URLs (architecture: phase `parsed`); transient
// objects inside may lack ids. More than limits allow of recipients, tags or attachments is refused.
Result<Activity> read_activity(json::View);
Result<Actor> read_actor(json::View);
// attributedTo must name exactly one actor by URL (PeerTube's [Person, Group] counts as the Person).
Result<Post> read_post(json::View);

// The type names of an object (one-or-many); prefixed ones are skipped.
bool has_type(json::View object, std::string_view name);
bool is_actor_type(json::View object);
bool is_post_type(json::View object);
bool is_activity_type(json::View object);

// The id of a value that is an id or an embedded object; "" where there is neither.
std::string id_of(json::View);
// All ids of a one-or-many property, in order, without repeats; public in any spelling is normalised.
std::vector<std::string> ids_of(json::View);
bool is_public(std::string_view id);

struct CollectionPage {
    std::string id, first, next;
    std::optional<std::int64_t> total_items;
    std::vector<json::View> items;   // items or orderedItems
};
Result<CollectionPage> read_collection(json::View);

}  // namespace kith::vocab
