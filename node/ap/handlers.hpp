#pragma once
#include "node/ap/routes.hpp"

// One function a route; routes.cpp says which.
namespace kith::ap {

// ---- inbox.cpp (ActivityPub 7)
Result<> shared_inbox(ApContext&, http::Exchange&);
Result<> actor_inbox(ApContext&, http::Exchange&);   // 404 where nobody has that name

// ---- actors.cpp (ActivityPub 4, 5.3, 5.4; FEP-1b12; FEP-2677)
Result<> root(ApContext&, http::Exchange&);
Result<> instance_actor(ApContext&, http::Exchange&);
Result<> emoji(ApContext&, http::Exchange&);
Result<> person(ApContext&, http::Exchange&);
Result<> group(ApContext&, http::Exchange&);
Result<> followers(ApContext&, http::Exchange&);     // totals, not names
Result<> followers_synchronization(ApContext&, http::Exchange&);   // FEP-8fcf: followers_sync.cpp
Result<> following(ApContext&, http::Exchange&);
Result<> featured(ApContext&, http::Exchange&);      // pinned posts, whole
Result<> featured_tags(ApContext&, http::Exchange&);      // pinned posts, whole
Result<> moderators(ApContext&, http::Exchange&);
Result<> moving(ApContext&, http::Exchange&);             // what is in a group that moves, for its new host: moving.cpp
Result<> group_tag(ApContext&, http::Exchange&);       // a label for threads (Lemmy)
Result<> groups_of_feed(ApContext&, http::Exchange&);  // `following` of a Feed (Lemmy)
Result<> empty_collection(ApContext&, http::Exchange&);   // of the instance actor

// ---- outbox.cpp (ActivityPub 5.1)
Result<> outbox(ApContext&, http::Exchange&);

// ---- objects.cpp, activities.cpp (ActivityPub 3.2, 5.7, 5.8, 6.4; FEP-7888, FEP-f228)
Result<> post(ApContext&, http::Exchange&);
Result<> quote_authorization(ApContext&, http::Exchange&);   // FEP-044f (DRAFT)
Result<> replies(ApContext&, http::Exchange&);
Result<> likes(ApContext&, http::Exchange&);
Result<> shares(ApContext&, http::Exchange&);
Result<> attendees(ApContext&, http::Exchange&);   // of an event, totals, not names (FEP-8a8e)
Result<> thread(ApContext&, http::Exchange&);
Result<> activity(ApContext&, http::Exchange&);

// ---- featured_collections.cpp (FEP-7aa9, DRAFT)
Result<> collection(ApContext&, http::Exchange&);
Result<> feature_authorization(ApContext&, http::Exchange&);

// ---- webfinger.cpp, nodeinfo.cpp (RFC 7033, RFC 6415, NodeInfo 2.0 and 2.1)
Result<> webfinger(ApContext&, http::Exchange&);
Result<> host_meta(ApContext&, http::Exchange&);
Result<> nodeinfo_links(ApContext&, http::Exchange&);
Result<> nodeinfo(ApContext&, http::Exchange&);

}  // namespace kith::ap
