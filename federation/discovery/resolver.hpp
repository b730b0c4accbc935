#pragma once
#include "base/core/clock.hpp"
#include "base/core/ids.hpp"
#include "config/config.hpp"
#include "config/urls.hpp"
#include "federation/discovery/object_store.hpp"
#include "federation/discovery/webfinger.hpp"
#include "federation/keys/key_cache.hpp"
#include "storage/model/actor.hpp"
#include "storage/sql/db.hpp"

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>

namespace kith::discovery {

// What the resolver works with; all outlive it.
struct ResolverParts {
    sql::Db& db;
    client::Transport& transport;
    const Clock& clock;
    IdGenerator& ids;
    const Config& config;
    const Urls& urls;
    keys::KeyCache& keys;
    ObjectStore& objects;
    std::function<Result<bool>(const std::string& host)> suspended;   // is this host blocked here?
};

// Finds actors and posts of the whole Fediverse by what people type: handles and URLs. What is known
// here is given from the database; the rest is fetched from its origin, checked and stored. Everything
// waits for the network, at most limits::resolve_timeout_ms. Thread-safe.
class Resolver {
public:
    explicit Resolver(ResolverParts parts) : parts_(std::move(parts)), webfinger_(parts_.transport, parts_.config) {}

    // By "@name@host", "name@host", an actor's id or its page. The document is read anew after
    // limits::actor_fresh_ms; where that fails the record that was kept still counts. A new actor is
    // taken only where WebFinger gives its preferredUsername@host the same id.
    // Code::not_found, gone; forbidden for suspended hosts; unavailable, timeout; invalid, upstream.
    Result<model::Actor> resolve_actor(std::string_view handle_or_url);

    // The same, read from its origin now, and only then.
    Result<model::Actor> actor_as_of_now(std::string_view handle_or_url);

    // By a post's id or page. Gives its id here; who may see it is for the caller to ask.
    Result<Id> resolve_post(std::string_view url);

    // By a URL that may be either.
    using Found = std::variant<model::Actor, Id>;
    Result<Found> resolve_url(std::string_view url);

    // Makes known who is mentioned in a text that is about to be posted, so that the post reaches them:
    // "name@host" each. At most limits::mentions_resolved_max unknown ones, limits::mentions_timeout_ms
    // for all. What fails stays text.
    void resolve_mentions(std::span<const std::string> handles);

private:
    Result<model::Actor> by_handle(const Handle&, Deadline);
    Result<Found> by_url(const Url&, Deadline);
    Result<std::optional<Found>> known(std::string_view url) const;
    Result<std::optional<model::Actor>> known_handle(const Handle&) const;
    Result<model::Actor> renewed(model::Actor, Deadline);
    Result<keys::FetchedDocument> fetch(std::string_view id, Deadline) const;
    Result<model::Actor> take_actor(const keys::FetchedDocument&, Deadline);
    Result<model::Actor> store(const vocab::Actor&);
    Result<Id> take_post(const keys::FetchedDocument&, Deadline);
    Result<> refuse_suspended(const std::string& host) const;

    ResolverParts parts_;
    WebFinger webfinger_;
};

}  // namespace kith::discovery
