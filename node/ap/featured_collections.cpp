// Collections of accounts as other servers read them (FEP-7aa9, DRAFT): the collection, and for each account
// in it what proves that it agreed. They are served, and not sent anywhere.
#include "base/json/writer.hpp"
#include "base/text/strings.hpp"
#include "federation/vocab/contexts.hpp"
#include "node/ap/answers.hpp"
#include "node/ap/asker.hpp"
#include "node/ap/handlers.hpp"
#include "node/ap/negotiation.hpp"
#include "node/community/accounts.hpp"
#include "node/community/collections.hpp"

#include <algorithm>
#include <unordered_map>

namespace kith::ap {

using community::CollectionView;
using json::Writer;
using model::CollectionItem;
using model::CollectionItemState;

namespace {

struct Seen {
    CollectionView view;
    Asker asker;

    Sharing sharing() const { return asker.sender ? Sharing::asker_only : Sharing::everyone; }
};

// Only what was agreed to is shown; that the owner asks, by their key, makes no difference.
Result<Seen> seen_collection(ApContext& context, http::Exchange& exchange) {
    vary(exchange);
    const auto id = TRY(exchange.id_param());
    auto asker = TRY(asker_of(context, exchange));
    auto view = TRY(community::collection(context.community, asker.viewer(), id));
    std::erase_if(view.items, [](const CollectionItem& item) { return item.state != CollectionItemState::accepted; });
    return Seen{std::move(view), std::move(asker)};
}

std::string part_of(const ApContext& context, Id collection, std::string_view part, Id item) {
    return context.community.urls.collection(collection) + "/" + std::string(part) + "/" + std::to_string(item);
}

void write_item(Writer& w, const ApContext& context, const CollectionItem& item, const model::Actor& actor) {
    w.object().member("type", "FeaturedItem").member("id", part_of(context, item.collection_id, "items", item.id));
    w.member("featuredObject", actor.ap_id).member("featuredObjectType", type_name(actor.kind));
    w.member("featureAuthorization", part_of(context, item.collection_id, "authorizations", item.id));
    w.member("published", format_iso8601(item.created_at)).end();
}

Result<std::string> document(const ApContext& context, const CollectionView& view) {
    const auto& c = view.collection;
    std::unordered_map<Id, model::Actor> actors;
    for (auto& actor : TRY(community::faces(context.community, std::span(&view, 1), view.items.size())))
        actors.emplace(actor.id, std::move(actor));
    const auto owner = actors.find(c.owner_id);
    if (owner == actors.end()) return not_found();
    const auto url = context.community.urls.collection(c.id);
    Writer w;
    w.object().key("@context").raw(vocab::featured_collection_context);
    w.member("type", "FeaturedCollection").member("id", url).member("url", url).member("name", c.name);
    w.member_unless_empty("summary", c.description);
    if (!c.language.empty() && !c.description.empty())
        w.key("summaryMap").object().member(c.language, c.description).end();
    w.member("attributedTo", owner->second.ap_id).member("sensitive", c.sensitive);
    w.member("discoverable", c.discoverable);
    if (c.tag_id)
        w.key("topic")
            .object()
            .member("type", "Hashtag")
            .member("name", "#" + c.tag).member("href", context.community.urls.tag(text::percent_encode(c.tag))).end();
    w.member("published", format_iso8601(c.created_at)).member("updated", format_iso8601(c.updated_at));
    w.member("totalItems", view.items.size()).key("orderedItems").array();
    for (const auto& item : view.items)
        if (const auto actor = actors.find(item.actor_id); actor != actors.end()) write_item(w, context, item, actor->second);
    w.end().end();
    return w.take();
}

}  // namespace

Result<> collection(ApContext& context, http::Exchange& exchange) {
    if (context.pages.collection && form_of(exchange.head().joined_header("accept")) == Form::page) {
        vary(exchange);
        return context.pages.collection(exchange);
    }
    const auto seen = TRY(seen_collection(context, exchange));
    return answer_activity(exchange, TRY(document(context, seen.view)), seen.sharing());
}

// Gone with the item: who left or was taken out has not agreed any more.
Result<> feature_authorization(ApContext& context, http::Exchange& exchange) {
    const auto seen = TRY(seen_collection(context, exchange));
    const auto id = TRY(exchange.id_param("item_id"));
    const auto& items = seen.view.items;
    const auto item = std::find_if(items.begin(), items.end(), [id](const CollectionItem& each) { return each.id == id; });
    if (item == items.end()) return not_found();
    const auto actor = TRY(community::actor_by_id(context.community, item->actor_id));
    const auto in = seen.view.collection.id;
    Writer w;
    w.object().key("@context").raw(vocab::feature_authorization_context);
    w.member("type", "FeatureAuthorization").member("id", part_of(context, in, "authorizations", id));
    w.member("attributedTo", actor.ap_id).member("interactingObject", context.community.urls.collection(in));
    w.member("interactionTarget", actor.ap_id).end();
    return answer_activity(exchange, w.take(), seen.sharing());
}

}  // namespace kith::ap
