#include "federation/discovery/resolver.hpp"

#include "base/text/fold.hpp"
#include "base/text/strings.hpp"
#include "config/limits/client.hpp"
#include "config/limits/discovery.hpp"
#include "federation/keys/actor_store.hpp"
#include "federation/vocab/reader.hpp"
#include "storage/repo/actors.hpp"
#include "storage/repo/posts.hpp"

#include <algorithm>

namespace kith::discovery {

using model::Actor;
using sql::Tx;

namespace {

Failure nothing_there(std::string_view asked) { return fail(Code::not_found, "Record not found", std::string(asked)); }

bool is_url(std::string_view text) { return text::starts_with_i(text, "https://") || text::starts_with_i(text, "http://"); }

// Our pages of people are not their ids: "/@alice", and "/@alice/123" of a post.
std::string id_of_page(const Urls& urls, std::string_view url) {
    auto path = urls.path_of(url);
    if (!path.starts_with("/@")) return std::string(url);
    path.remove_prefix(2);
    const auto slash = path.find('/');
    if (slash == path.npos) return urls.person(path);
    const auto post = parse_id(path.substr(slash + 1));
    return post ? urls.post(*post) : std::string(url);
}

// Parents and authors, within one look-up's time and number of fetches.
class BoundedSource final : public DocumentSource {
public:
    using Fetch = std::function<Result<keys::FetchedDocument>(std::string_view)>;
    explicit BoundedSource(Fetch fetch) : fetch_(std::move(fetch)) {}

    Result<keys::FetchedDocument> fetch(std::string_view id) override {
        if (left_ <= 0) return fail(Code::invalid, "too much would have to be fetched");
        --left_;
        return fetch_(id);
    }
    int fetches_left() const override { return left_; }

private:
    Fetch fetch_;
    int left_ = limits::resolve_fetches_max;
};

}  // namespace

Result<> Resolver::refuse_suspended(const std::string& host) const {
    if (TRY(parts_.suspended(host))) return fail(Code::forbidden, "This server is blocked here", host);
    return {};
}

Result<keys::FetchedDocument> Resolver::fetch(std::string_view id, Deadline deadline) const {
    TRY(refuse_suspended(TRY(Url::parse(id)).host_port()));
    return keys::fetch_document(parts_.transport, parts_.urls, id, TRY(deadline.left(limits::client_timeout_ms)));
}

Result<std::optional<Actor>> Resolver::known_handle(const Handle& handle) const {
    const auto& server = parts_.config.server;
    const bool here = handle.host == server.host || handle.host == server.account_domain;
    return parts_.db.read([&](Tx& tx) {
        return repo::find_actor_by_name(tx, text::fold(handle.name), here ? std::string_view() : handle.host);
    });
}

Result<std::optional<Resolver::Found>> Resolver::known(std::string_view url) const {
    return parts_.db.read([&](Tx& tx) -> Result<std::optional<Found>> {
        const auto id = id_of_page(parts_.urls, url);
        if (auto actor = TRY(repo::find_actor_by_ap_id(tx, id))) return std::optional<Found>(std::move(*actor));
        if (auto post = TRY(repo::find_post_by_url(tx, id))) return std::optional<Found>(post->id);
        return std::optional<Found>();
    });
}

// A record that has grown old is better than none: whatever fails but "gone" leaves it as it is.
Result<Actor> Resolver::renewed(Actor actor, Deadline deadline) {
    if (actor.deleted_at || actor.suspended_at) return nothing_there(actor.ap_id);
    if (actor.local || actor.fetched_at + limits::actor_fresh_ms > parts_.clock.now_ms()) return actor;
    auto document = fetch(actor.ap_id, deadline);
    if (!document) return document.error().code == Code::gone ? Result<Actor>(nothing_there(actor.ap_id)) : actor;
    auto read = vocab::read_actor(document->document.root());
    if (!read || read->id != actor.ap_id) return actor;
    return store(*read).value_or(std::move(actor));
}

Result<Actor> Resolver::store(const vocab::Actor& actor) {
    auto stored = parts_.db.write([ids = &parts_.ids, now = parts_.clock.now_ms(), actor](Tx& tx) {
        return keys::store_actor(tx, *ids, now, actor);
    });
    parts_.keys.forget(actor.id);
    return stored;
}

Result<Actor> Resolver::take_actor(const keys::FetchedDocument& fetched, Deadline deadline) {
    auto actor = TRY(vocab::read_actor(fetched.document.root()));
    const auto host = TRY(Url::parse(actor.id)).host_port();
    const auto named = TRY(webfinger_.resolve({actor.preferred_username, host}, deadline));
    if (std::find(named.actor_ids.begin(), named.actor_ids.end(), actor.id) == named.actor_ids.end())
        return fail(Code::upstream, "the account's host does not know it by its name", actor.id);
    return store(actor);
}

Result<Id> Resolver::take_post(const keys::FetchedDocument& fetched, Deadline deadline) {
    auto post = TRY(vocab::read_post(fetched.document.root()));
    if (!same_origin(TRY(Url::parse(post.attributed_to)), TRY(Url::parse(fetched.id))))
        return fail(Code::invalid, "the post is attributed to somebody of another origin", fetched.id);
    BoundedSource source([this, deadline](std::string_view id) { return fetch(id, deadline); });
    return parts_.objects.store_post(post, source);
}

Result<Actor> Resolver::by_handle(const Handle& handle, Deadline deadline) {
    if (auto actor = TRY(known_handle(handle))) return renewed(std::move(*actor), deadline);
    const auto& server = parts_.config.server;
    if (handle.host == server.host || handle.host == server.account_domain) return nothing_there(handle.text());
    TRY(refuse_suspended(handle.host));
    const auto found = TRY(webfinger_.resolve(handle, deadline));
    const auto& id = found.actor_ids.front();
    if (auto held = TRY(known(id)))
        if (auto* actor = std::get_if<Actor>(&*held)) return renewed(std::move(*actor), deadline);
    const auto document = TRY(fetch(id, deadline));
    auto actor = TRY(vocab::read_actor(document.document.root()));
    if (actor.id != id || !text::iequals(actor.preferred_username, found.subject.name))
        return fail(Code::upstream, "the account has another name than was asked for", handle.text() + " led to " + actor.id);
    return store(actor);
}

Result<Resolver::Found> Resolver::by_url(const Url& url, Deadline deadline) {
    auto held = TRY(known(url.str()));
    if (!held && parts_.urls.is_ours(url.str())) return nothing_there(url.str());
    if (!held) {
        const auto document = TRY(fetch(url.str(), deadline));
        held = TRY(known(document.id));   // the URL was its page
        if (!held && vocab::is_actor_type(document.document.root())) return TRY(take_actor(document, deadline));
        if (!held && vocab::is_post_type(document.document.root())) return TRY(take_post(document, deadline));
        if (!held) return nothing_there(url.str());
    }
    if (auto* actor = std::get_if<Actor>(&*held)) return TRY(renewed(std::move(*actor), deadline));
    return std::move(*held);
}

Result<Actor> Resolver::actor_as_of_now(std::string_view typed) {
    const auto actor = TRY(resolve_actor(typed));
    if (actor.local) return actor;
    const auto document = TRY(fetch(actor.ap_id, Deadline::in(limits::resolve_timeout_ms)));
    const auto read = TRY(vocab::read_actor(document.document.root()));
    if (read.id != actor.ap_id) return fail(Code::upstream, "the account is another one by now", actor.ap_id);
    return store(read);
}

Result<Resolver::Found> Resolver::resolve_url(std::string_view url) {
    return by_url(TRY(Url::parse(text::trim(url))), Deadline::in(limits::resolve_timeout_ms));
}

Result<Actor> Resolver::resolve_actor(std::string_view typed) {
    if (!is_url(text::trim(typed)))
        return by_handle(TRY(parse_handle(typed)), Deadline::in(limits::resolve_timeout_ms));
    auto found = TRY(resolve_url(typed));
    if (auto* actor = std::get_if<Actor>(&found)) return std::move(*actor);
    return nothing_there(typed);
}

Result<Id> Resolver::resolve_post(std::string_view url) {
    const auto found = TRY(resolve_url(url));
    if (const auto* id = std::get_if<Id>(&found)) return *id;
    return nothing_there(url);
}

void Resolver::resolve_mentions(std::span<const std::string> handles) {
    const auto deadline = Deadline::in(limits::mentions_timeout_ms);
    std::size_t asked = 0;
    for (const auto& text : handles) {
        const auto handle = parse_handle(text);
        if (!handle) continue;
        const auto held = known_handle(*handle);
        if (!held || *held) continue;
        if (++asked > limits::mentions_resolved_max || !deadline.left(1)) return;
        (void)by_handle(*handle, deadline);   // who cannot be found now stays text
    }
}

}  // namespace kith::discovery
