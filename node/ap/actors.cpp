#include "federation/delivery/documents.hpp"
#include "federation/vocab/writer.hpp"
#include "base/json/writer.hpp"
#include "base/text/strings.hpp"
#include "base/text/url.hpp"
#include "node/community/featured_tags.hpp"
#include "node/ap/answers.hpp"
#include "node/ap/asker.hpp"
#include "node/ap/collections.hpp"
#include "node/ap/group_readers.hpp"
#include "node/ap/handlers.hpp"
#include "node/ap/local_actors.hpp"
#include "node/ap/negotiation.hpp"
#include "node/community/accounts.hpp"
#include "node/community/group_tags.hpp"
#include "node/community/groups.hpp"
#include "node/community/multi_communities.hpp"
#include "storage/repo/actors.hpp"
#include "storage/repo/followers_sync.hpp"
#include "storage/repo/posts.hpp"

#include <algorithm>

namespace kith::ap {

using model::Actor;
using sql::Tx;

namespace {

// Of a suspended account only what is needed to verify what it says is shown.
void hide_profile(vocab::Actor& document) {
    document.name = document.summary = document.summary_source = {};
    document.icon = document.image = {};
    document.fields.clear();
}

vocab::Actor stub_of(const vocab::Actor& document) {
    vocab::Actor stub;
    stub.id = document.id;
    stub.type = document.type;
    stub.preferred_username = document.preferred_username;
    stub.inbox = document.inbox;
    stub.keys = document.keys;
    return stub;
}

Result<> answer_actor(ApContext& context, http::Exchange& exchange, const Actor& actor) {
    if (actor.deleted_at) return answer_tombstone(exchange, actor.ap_id, type_name(actor.kind), *actor.deleted_at);
    auto document = TRY(context.community.db.read([&](Tx& tx) {
        return delivery::actor_document(tx, context.community.urls, context.community.config, actor);
    }));
    if (document.suspended) hide_profile(document);
    const bool secure = context.community.config.federation.asks_who_reads() &&
                        actor.kind != model::ActorKind::application;
    if (!secure) return answer_activity(exchange, vocab::write_actor(document), Sharing::everyone);
    // With authorized fetch the profile is for those who sign. What is needed to verify a signature
    // goes to everybody: to read ours, somebody might have to be verified by us first.
    const bool is_signed = !exchange.head().joined_header("signature").empty();
    if (is_signed) TRY(asker_of(context, exchange));
    return answer_activity(exchange, vocab::write_actor(is_signed ? document : stub_of(document)),
                           Sharing::asker_only);
}

bool wants_page(const http::Exchange& exchange) {
    return form_of(exchange.head().joined_header("accept")) == Form::page;
}

// The person's or group's page, where there is one that is not this URL itself.
Result<bool> answered_page(http::Exchange& exchange, const PageHook& hook, const Actor& actor) {
    if (!wants_page(exchange)) return false;
    vary(exchange);
    if (hook) {
        TRY(hook(exchange));
        return true;
    }
    if (actor.url == actor.ap_id) return false;
    TRY(exchange.redirect(actor.url));
    return true;
}

Result<> actor_document_or_page(ApContext& context, http::Exchange& exchange, const PageHook& hook) {
    const auto actor = TRY(named_actor(context, exchange));
    if (TRY(answered_page(exchange, hook, actor))) return {};
    return answer_actor(context, exchange, actor);
}

// The posts an actor has pinned that the viewer may see, in the order of pinning.
Result<std::vector<std::string>> pinned_documents(Tx& tx, const Urls& urls, std::optional<Id> viewer, Id actor) {
    const auto ids = TRY(repo::pinned_by(tx, actor));
    const auto posts = TRY(repo::visible_posts(tx, viewer, ids));
    std::vector<std::string> out;
    for (const auto id : ids) {
        const auto found = std::find_if(posts.begin(), posts.end(), [id](const auto& p) { return p.id == id; });
        if (found == posts.end()) continue;
        json::Writer w;
        vocab::write_post(w, TRY(delivery::post_document(tx, urls, *found)), vocab::Context::without);
        out.push_back(w.take());
    }
    return out;
}

}  // namespace

Result<> root(ApContext& context, http::Exchange& exchange) {
    vary(exchange);
    if (asks_for_activity(exchange.head().joined_header("accept"))) return instance_actor(context, exchange);
    if (context.pages.root) return context.pages.root(exchange);
    return not_found();
}

Result<> instance_actor(ApContext& context, http::Exchange& exchange) {
    return answer_actor(context, exchange, TRY(community::instance_actor(context.community)));
}

Result<> person(ApContext& context, http::Exchange& exchange) {
    return actor_document_or_page(context, exchange, context.pages.person);
}

Result<> group(ApContext& context, http::Exchange& exchange) {
    return actor_document_or_page(context, exchange, context.pages.group);
}

// `?is_follower=` of a group that lets people in: 200 where that actor is a member. Only servers with
// members are answered, so that nobody else learns who they are (groups.md 1.1).
Result<> answer_is_follower(ApContext& context, http::Exchange& exchange, const Actor& group, const std::string& asked) {
    const auto asker = TRY(asker_of(context, exchange));
    if (!group.is_group() || !group.locked || !asker.sender) return not_found();
    const bool member = TRY(context.community.db.read([&](Tx& tx) -> Result<bool> {
        if (!TRY(repo::follower_at(tx, group.id, asker.sender->host))) return false;
        if (const auto actor = TRY(repo::find_actor_by_ap_id(tx, asked))) return is_member(tx, group.id, *actor);
        // A server's own actor need not have come here before: then its people stand for it, as Lemmy has it.
        const auto url = Url::parse(asked);
        return url && TRY(repo::follower_at(tx, group.id, url->host_port()));
    }));
    if (!member) return not_found();
    return answer_activity(exchange, group_followers(group.followers_url, 1), Sharing::asker_only);
}

Result<> followers(ApContext& context, http::Exchange& exchange) {
    const auto actor = TRY(local_actor(context, exchange));
    const auto& params = *TRY(exchange.params());
    if (const auto asked = params.text("is_follower")) return answer_is_follower(context, exchange, actor, std::string(*asked));
    const auto total = actor.followers_count;
    return answer_activity(exchange,
                           actor.is_group() ? group_followers(actor.followers_url, total) : totals_only(actor.followers_url, total),
                           Sharing::everyone);
}

Result<> following(ApContext& context, http::Exchange& exchange) {
    const auto actor = TRY(local_actor(context, exchange));
    return answer_activity(exchange, totals_only(actor.following_url, actor.following_count), Sharing::everyone);
}

Result<> featured(ApContext& context, http::Exchange& exchange) {
    const auto actor = TRY(local_actor(context, exchange));
    const auto viewer = TRY(viewer_of(context, actor, TRY(asker_of(context, exchange))));
    auto posts = TRY(context.community.db.read([&](Tx& tx) {
        return pinned_documents(tx, context.community.urls, viewer.actor_id, actor.id);
    }));
    return answer_activity(exchange, object_collection(actor.featured_url, std::move(posts)),
                           viewer.actor_id ? Sharing::asker_only : Sharing::everyone);
}

// The hashtags that a person shows on the profile (Mastodon: `featuredTags`).
Result<> featured_tags(ApContext& context, http::Exchange& exchange) {
    const auto actor = TRY(local_actor(context, exchange));
    std::vector<std::string> items;
    for (const auto& tag : TRY(community::featured_tags(context.community, actor.id))) {
        json::Writer w;
        w.object().member("type", "Hashtag");
        w.member("href", context.community.urls.tag(text::percent_encode(tag.display)));
        w.member("name", "#" + tag.display).end();
        items.push_back(w.take());
    }
    return answer_activity(exchange, object_collection(actor.ap_id + "/tags", std::move(items)),
                           Sharing::everyone);
}

Result<> moderators(ApContext& context, http::Exchange& exchange) {
    const auto group = TRY(local_actor(context, exchange));
    std::vector<std::string> ids;
    for (const auto& moderator : TRY(community::moderators(context.community, group.id))) ids.push_back(moderator.ap_id);
    return answer_activity(exchange, id_collection(group.moderators_url, ids, Order::meant), Sharing::everyone);
}

Result<> group_tag(ApContext& context, http::Exchange& exchange) {
    const auto group = TRY(local_actor(context, exchange));
    const auto tag = TRY(community::group_tag_by_name(context.community, group.id, exchange.param("tag")));
    return answer_activity(exchange, vocab::write_group_tag_document(delivery::tag_document(tag)), Sharing::everyone);
}

Result<> groups_of_feed(ApContext& context, http::Exchange& exchange) {
    const auto feed = TRY(local_actor(context, exchange));
    std::vector<std::string> ids;
    for (const auto& group : TRY(community::groups_of_multi(context.community, community::Viewer::nobody(), feed.id))) ids.push_back(group.ap_id);
    return answer_activity(exchange, id_collection(feed.following_url, ids, Order::none), Sharing::everyone);
}

Result<> empty_collection(ApContext& context, http::Exchange& exchange) {
    return answer_activity(exchange, id_collection(context.community.urls.base() + std::string(exchange.path()), {}, Order::meant),
                           Sharing::everyone);
}

}  // namespace kith::ap
