#include "node/ap/routes.hpp"

#include "node/ap/handlers.hpp"

namespace kith::ap {

void add_routes(http::Router& router, ApContext& context) {
    const auto add = [&](std::string_view method, std::string_view pattern, Result<> (*handler)(ApContext&, http::Exchange&)) {
        router.add(method, pattern, [&context, handler](http::Exchange& exchange) { return handler(context, exchange); });
    };
    add("POST", "/inbox", shared_inbox);
    add("POST", "/u/:name/inbox", actor_inbox);
    add("POST", "/c/:name/inbox", actor_inbox);

    add("GET", "/", root);
    add("GET", "/actor", instance_actor);
    add("GET", "/emoji/:shortcode", emoji);
    add("GET", "/u/:name", person);
    add("GET", "/c/:name", group);
    add("POST", "/m/:name/inbox", actor_inbox);
    add("GET", "/m/:name", person);
    add("GET", "/m/:name/outbox", outbox);
    add("GET", "/m/:name/followers", followers);
    add("GET", "/m/:name/following", groups_of_feed);
    add("GET", "/c/:name/tag/:tag", group_tag);
    for (const std::string prefix : {"/u/:name", "/c/:name"}) {
        add("GET", prefix + "/outbox", outbox);
        add("GET", prefix + "/followers", followers);
        add("GET", prefix + "/following", following);
        add("GET", prefix + "/featured", featured);
    }
    add("GET", "/u/:name/tags", featured_tags);
    add("GET", "/u/:name/followers_synchronization", followers_synchronization);
    add("GET", "/c/:name/moderators", moderators);
    add("GET", "/c/:name/moving/:part", moving);
    for (const std::string prefix : {"/actor/outbox", "/actor/followers", "/actor/following", "/actor/featured"})
        add("GET", prefix, empty_collection);
    add("POST", "/actor/inbox", shared_inbox);

    add("GET", "/post/:id", post);
    add("GET", "/post/:id/quote_authorizations/:quoting_id", quote_authorization);
    add("GET", "/post/:id/replies", replies);
    add("GET", "/post/:id/likes", likes);
    add("GET", "/post/:id/shares", shares);
    add("GET", "/post/:id/attendees", attendees);
    add("GET", "/post/:id/context", thread);
    add("GET", "/collections/:id", collection);
    add("GET", "/collections/:id/authorizations/:item_id", feature_authorization);
    add("GET", "/activity/:id", activity);
    add("GET", "/activity/:id/:part", activity);

    add("GET", "/.well-known/webfinger", webfinger);
    add("GET", "/.well-known/host-meta", host_meta);
    add("GET", "/.well-known/nodeinfo", nodeinfo_links);
    for (const std::string version : {"2.0", "2.1"}) {
        add("GET", "/nodeinfo/" + version, nodeinfo);
        add("GET", "/nodeinfo/" + version + ".json", nodeinfo);
    }
}

}  // namespace kith::ap
