// Accounts that members recommend (Mastodon: methods/collections; entities/Collection, CollectionItem).
#include "base/html/escape.hpp"
#include "base/text/strings.hpp"
#include "config/limits/collections.hpp"
#include "node/api/mastodon/account.hpp"
#include "node/api/mastodon/collection.hpp"
#include "node/api/mastodon/paging.hpp"
#include "node/api/mastodon/routes.hpp"
#include "node/community/accounts.hpp"
#include "node/http/exchange.hpp"

#include <algorithm>
#include <array>

namespace kith::mastodon {

using community::CollectionView;
using json::Writer;
using model::CollectionItemState;

void write_collection_item(Writer& w, const model::CollectionItem& item) {
    constexpr std::array states{std::pair(CollectionItemState::pending, "pending"),
                                std::pair(CollectionItemState::accepted, "accepted"),
                                std::pair(CollectionItemState::rejected, "rejected"),
                                std::pair(CollectionItemState::revoked, "revoked")};
    w.object().member("id", std::to_string(item.id)).member("account_id", std::to_string(item.actor_id));
    for (const auto& [state, name] : states)
        if (state == item.state) w.member("state", name);
    w.member("created_at", format_iso8601(item.created_at)).end();
}

void write_collection(Writer& w, const community::Context& context, const CollectionView& view) {
    const auto& c = view.collection;
    w.object().member("id", std::to_string(c.id)).member("account_id", std::to_string(c.owner_id));
    w.member("uri", context.urls.collection(c.id)).member("url", context.urls.collection(c.id)).member("name", c.name);
    // The entity says HTML.
    w.member("description", html::escape(c.description)).key("language");
    if (c.language.empty())
        w.null();
    else
        w.value(c.language);
    w.member("local", true).member("sensitive", c.sensitive).member("discoverable", c.discoverable).key("tag");
    if (c.tag_id)
        w.object().member("name", c.tag).member("url", context.urls.tag(text::percent_encode(c.tag))).end();
    else
        w.null();
    w.member("item_count", view.items.size()).key("items").array();
    for (const auto& item : view.items) write_collection_item(w, item);
    w.end().member("created_at", format_iso8601(c.created_at)).member("updated_at", format_iso8601(c.updated_at)).end();
}

namespace {

using http::Exchange;

constexpr std::string_view read_collections = "read:collections";
constexpr std::string_view write_collections = "write:collections";

// WrappedCollection.
Result<> answer(const ApiContext& api, Exchange& exchange, const CollectionView& view) {
    Writer w;
    w.object().key("collection");
    write_collection(w, api.community, view);
    w.end();
    return exchange.json(200, w.take());
}

struct Slice {
    int limit = 0, offset = 0;
};
Slice slice_of(const http::Params& params) {
    return {limit_of(params, accounts_per_page),
            int(std::clamp<std::int64_t>(params.integer("offset").value_or(0), 0, limits::search_offset_max))};
}

// Collections, with what their rows of faces need (entities/CollectionsWithAccountPreviews). One more than
// the page was read, to know whether there are more.
Result<> answer(const ApiContext& api, Exchange& exchange, std::vector<CollectionView> views, const Slice& slice) {
    const bool more = views.size() > std::size_t(slice.limit);
    if (more) views.resize(std::size_t(slice.limit));
    set_offset_link(exchange, api.community.urls, slice.limit, slice.offset, more);
    Writer w;
    w.object().key("collections").array();
    for (const auto& view : views) write_collection(w, api.community, view);
    w.end().key("partial_accounts").array();
    for (const auto& actor : TRY(community::faces(api.community, views, limits::collection_faces_max)))
        write_partial_account(w, api.community, actor);
    w.end().end();
    return exchange.json(200, w.take());
}

Result<community::CollectionChange> change_asked(Exchange& exchange) {
    const auto& params = *TRY(exchange.params());
    community::CollectionChange change;
    change.name = params.text("name");
    change.description = params.text("description");
    change.language = params.text("language");
    change.tag = params.text("tag_name");
    change.sensitive = params.flag("sensitive");
    change.discoverable = params.flag("discoverable");
    return change;
}

Result<> create(const ApiContext& api, Exchange& exchange) {
    const auto me = TRY(acting_account(api, exchange, {write_collections}));
    std::vector<Id> accounts;
    for (const auto text : TRY(exchange.params())->list("account_ids")) {
        const auto id = parse_id(text);
        if (!id) return fail(Code::unprocessable, "Validation failed: Account could not be found");
        if (std::find(accounts.begin(), accounts.end(), *id) == accounts.end()) accounts.push_back(*id);
    }
    return answer(api, exchange,
                  TRY(community::create_collection(api.community, me, TRY(change_asked(exchange)), accounts)));
}

Result<> change(const ApiContext& api, Exchange& exchange) {
    const auto me = TRY(acting_account(api, exchange, {write_collections}));
    return answer(api, exchange,
                  TRY(community::change_collection(api.community, me, TRY(exchange.id_param()), TRY(change_asked(exchange)))));
}

Result<> remove(const ApiContext& api, Exchange& exchange) {
    const auto me = TRY(acting_account(api, exchange, {write_collections}));
    TRY(community::delete_collection(api.community, me, TRY(exchange.id_param())));
    return exchange.json(200, "{}");
}

// CollectionWithAccounts.
Result<> show(const ApiContext& api, Exchange& exchange) {
    const auto viewer = TRY(viewer_of(api, exchange, {read_collections}));
    const auto view = TRY(community::collection(api.community, viewer, TRY(exchange.id_param())));
    Writer w;
    w.object().key("accounts").array();
    for (const auto& actor : TRY(community::faces(api.community, std::span(&view, 1), view.items.size())))
        write_account(w, api.community, actor);
    w.end().key("collection");
    write_collection(w, api.community, view);
    w.end();
    return exchange.json(200, w.take());
}

Result<> of_account(const ApiContext& api, Exchange& exchange) {
    const auto viewer = TRY(viewer_of(api, exchange, {read_collections}));
    const auto owner = TRY(community::actor_by_id(api.community, TRY(exchange.id_param())));
    const auto slice = slice_of(*TRY(exchange.params()));
    return answer(api, exchange, TRY(community::collections_of(api.community, viewer, owner.id, slice.limit + 1, slice.offset)), slice);
}

Result<> with_account(const ApiContext& api, Exchange& exchange) {
    const auto me = TRY(acting_account(api, exchange, {read_collections}));
    const auto account = TRY(community::actor_by_id(api.community, TRY(exchange.id_param())));
    const auto slice = slice_of(*TRY(exchange.params()));
    return answer(api, exchange, TRY(community::collections_with(api.community, me, account.id, slice.limit + 1, slice.offset)), slice);
}

// WrappedCollectionItem.
Result<> add_item(const ApiContext& api, Exchange& exchange) {
    const auto me = TRY(acting_account(api, exchange, {write_collections}));
    const auto collection = TRY(exchange.id_param("collection_id"));
    const auto& params = *TRY(exchange.params());
    if (params.get_or("account_id", "").empty()) return fail(Code::unprocessable, "`account_id` parameter is missing");
    const auto item =
        TRY(community::add_to_collection(api.community, me, collection, params.id("account_id").value_or(0)));
    Writer w;
    w.object().key("collection_item");
    write_collection_item(w, item);
    w.end();
    return exchange.json(200, w.take());
}

using ItemChange = Result<> (*)(community::Context&, Id, Id, Id);

template <ItemChange act>
Result<> change_item(const ApiContext& api, Exchange& exchange) {
    const auto me = TRY(acting_account(api, exchange, {write_collections}));
    TRY(act(api.community, me, TRY(exchange.id_param("collection_id")), TRY(exchange.id_param())));
    return exchange.json(200, "{}");
}

}  // namespace

void add_collection_routes(http::Router& router, const ApiContext& api) {
    add_endpoints(router, api,
                  {{"POST", "/api/v1/collections", create},
                   {"GET", "/api/v1/collections/:id", show},
                   {"PATCH", "/api/v1/collections/:id", change},
                   {"PUT", "/api/v1/collections/:id", change},
                   {"DELETE", "/api/v1/collections/:id", remove},
                   {"GET", "/api/v1/accounts/:id/collections", of_account},
                   {"GET", "/api/v1/accounts/:id/in_collections", with_account},
                   {"POST", "/api/v1/collections/:collection_id/items", add_item},
                   {"DELETE", "/api/v1/collections/:collection_id/items/:id",
                    change_item<community::remove_from_collection>},
                   {"POST", "/api/v1/collections/:collection_id/items/:id/revoke",
                    change_item<community::revoke_from_collection>}});
}

}  // namespace kith::mastodon
