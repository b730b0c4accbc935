#pragma once
#include "base/core/result.hpp"
#include "federation/vocab/objects.hpp"

#include <string>
#include <string_view>

// The tolerant reader: one-or-many, embedded or named, in every spelling that peers use. What is
// not understood is skipped; what would be dangerous to guess is refused with Code::invalid and the
// reason. @context is not looked at, members with a prefix are not known. Pure: no fetches.
namespace kith::vocab {

// `type` must be there, `actor` and `id` must be single URLs (architecture: phase `parsed`), and so
// must the object's id where it has one; transient objects inside may lack theirs. Refused are more
// recipients, tags or objects than limits allow; attachments and poll options beyond are left out.
Result<Activity> read_activity(json::View);
// The same for an activity inside another (Undo, Accept, Announce), which may lack an id.
Result<Activity> read_embedded_activity(json::View);
// `id` must be a URL and `type` one of the five. A stub, with no more than a key, is one too.
Result<Actor> read_actor(json::View);
// attributedTo must name exactly one actor by URL (PeerTube's [Person, Group] counts as the
// Person). `id` may be absent, not something else than a URL.
Result<Post> read_post(json::View);

// `id` must be a URL and each part name exactly one thing; what is embedded counts by its id only.
Result<QuoteAuthorization> read_quote_authorization(json::View);

// The type names of an object (one-or-many); prefixed ones are skipped.
bool has_type(json::View object, std::string_view name);
bool is_actor_type(json::View object);
bool is_post_type(json::View object);
bool is_activity_type(json::View object);

// An id in the one form in which ids are compared: an http or https URL, its scheme and host in
// their normal spelling (base/text/url.hpp), every other byte as it came. "" where it is none:
// numbers, local ids and other schemes name nobody.
std::string normalize_id(std::string_view id);
// The id of a value that is an id or an embedded object, also as an array of one; "" where there is
// none, and where there are several: to take the first of two authors would be a guess.
std::string id_of(json::View);
// All ids of a one-or-many property, in order, without repeats; public in any spelling is
// normalised.
std::vector<std::string> ids_of(json::View);
bool is_public(std::string_view id);

// A collection or one page of it. A first page that is embedded counts as the collection's own
// items and next page.
struct CollectionPage {
    std::string id, first, next;
    std::optional<std::int64_t> total_items;
    std::vector<json::View> items;  // items or orderedItems; views the document
};
// Code::invalid for another type, and where `id` is there and no URL.
Result<CollectionPage> read_collection(json::View);

}  // namespace kith::vocab
