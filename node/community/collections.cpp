#include "node/community/collections.hpp"

#include "base/text/fold.hpp"
#include "base/text/strings.hpp"
#include "base/text/utf8.hpp"
#include "config/limits/collections.hpp"
#include "node/community/notifications.hpp"
#include "node/community/text_scan.hpp"
#include "storage/repo/actors.hpp"
#include "storage/repo/collections.hpp"
#include "storage/repo/posts.hpp"
#include "storage/repo/relations.hpp"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

namespace kith::community {

using model::Collection;
using model::CollectionItem;
using model::CollectionItemState;
using model::NotificationKind;
using sql::Tx;

namespace {

Failure invalid(std::string what) {
    return fail(Code::unprocessable, "Validation failed: " + std::move(what));
}

Failure not_found() { return fail(Code::not_found, "Record not found"); }

Failure too_many_accounts() {
    return invalid("Collection items are too many (maximum is " + std::to_string(limits::collection_items_max) + ")");
}

std::string too_long(std::size_t most) { return " is too long (maximum is " + std::to_string(most) + " characters)"; }

Result<Collection> seen(Tx& tx, std::optional<Id> viewer, Id id) {
    auto found = TRY(repo::find_collection(tx, viewer, id));
    if (!found) return not_found();
    return std::move(*found);
}

Result<Collection> own(Tx& tx, Id owner, Id id) {
    auto found = TRY(seen(tx, owner, id));
    if (found.owner_id != owner) return fail(Code::forbidden, "This action is not allowed");
    return found;
}

// What is still in it.
Result<CollectionItem> item_of(Tx& tx, Id collection, Id id) {
    const auto item = TRY(repo::find_collection_item(tx, collection, id));
    if (!item || item->state > CollectionItemState::accepted) return not_found();
    return *item;
}

Result<> set_tag(Tx& tx, const Context& context, Collection& c, std::string_view name) {
    if (name.starts_with('#')) name.remove_prefix(1);
    c.tag_id.reset();
    if (name.empty()) return {};
    if (!is_hashtag(name)) return invalid("Tag name is invalid");
    c.tag_id = TRY(repo::tag_id(tx, context.ids.next(), text::fold(name), name));
    return {};
}

Result<> apply(Tx& tx, const Context& context, Collection& c, const CollectionChange& change) {
    if (change.name) c.name = text::trim(*change.name);
    if (change.description) c.description = text::trim(*change.description);
    if (change.language) c.language = *change.language;
    if (change.sensitive) c.sensitive = *change.sensitive;
    if (change.discoverable) c.discoverable = *change.discoverable;
    if (c.name.empty()) return invalid("Name can't be blank");
    if (utf8::length(c.name) > limits::collection_name_characters_max)
        return invalid("Name" + too_long(limits::collection_name_characters_max));
    if (utf8::length(c.description) > limits::collection_description_characters_max)
        return invalid("Description" + too_long(limits::collection_description_characters_max));
    if (!c.language.empty() && !text::is_language_tag(c.language)) return invalid("Language is invalid");
    if (change.tag) TRY(set_tag(tx, context, c, text::trim(*change.tag)));
    c.updated_at = context.clock.now_ms();
    return {};
}

// What is shown of collections that the viewer sees.
Result<std::vector<CollectionView>> views(Tx& tx, std::optional<Id> viewer, std::vector<Collection> collections) {
    std::vector<Id> ids;
    for (const auto& each : collections) ids.push_back(each.id);
    std::unordered_map<Id, std::size_t> places;
    std::vector<CollectionView> out;
    for (auto& each : collections) {
        places.emplace(each.id, out.size());
        out.push_back({std::move(each), {}});
    }
    for (const auto& item : TRY(repo::collection_items(tx, viewer, ids))) {
        auto& view = out[places.at(item.collection_id)];
        if (item.state == CollectionItemState::accepted || viewer == view.collection.owner_id) view.items.push_back(item);
    }
    return out;
}

Result<CollectionView> view(Tx& tx, std::optional<Id> viewer, Collection c) {
    return std::move(TRY(views(tx, viewer, {std::move(c)})).front());
}

Result<CollectionItem> add(Tx& tx, const Context& context, const Collection& c, Id account) {
    const auto actor = TRY(repo::find_actor(tx, account));
    if (!actor || actor->deleted_at || actor->suspended_at) return invalid("Account could not be found");
    if (feature_approval(*actor) != FeatureApproval::automatic || TRY(repo::either_blocks(tx, c.owner_id, account)))
        return invalid("Account does not agree to be in collections");
    if (TRY(repo::count_collection_items(tx, c.id)) >= limits::collection_items_max) return too_many_accounts();
    const CollectionItem item{.id = context.ids.next(),
                              .collection_id = c.id,
                              .actor_id = account,
                              .state = CollectionItemState::accepted,
                              .created_at = context.clock.now_ms()};
    if (!TRY(repo::add_collection_item(tx, item))) return invalid("Account is there already, or has left the collection");
    TRY(notify(tx, context, account, NotificationKind::added_to_collection, c.owner_id, {}, c.id));
    return item;
}

Result<> tell_of_change(Tx& tx, const Context& context, const Collection& before, const Collection& after) {
    if (before.name == after.name && before.description == after.description && before.tag_id == after.tag_id &&
        before.sensitive == after.sensitive)
        return {};
    for (const auto& item : TRY(repo::collection_items(tx, after.owner_id, std::span(&after.id, 1))))
        if (item.state == CollectionItemState::accepted)
            TRY(notify(tx, context, item.actor_id, NotificationKind::collection_update, after.owner_id, {}, after.id));
    return {};
}

}  // namespace

FeatureApproval feature_approval(const model::Actor& actor) {
    if (!actor.local) return FeatureApproval::missing;
    return actor.discoverable.value_or(false) ? FeatureApproval::automatic : FeatureApproval::denied;
}

Result<CollectionView> create_collection(Context& context, Id owner, const CollectionChange& change,
                                         std::span<const Id> accounts) {
    if (accounts.size() > std::size_t(limits::collection_items_max)) return too_many_accounts();
    return context.db.write([&](Tx& tx) -> Result<CollectionView> {
        if (TRY(repo::count_collections(tx, owner)) >= limits::collections_max)
            return invalid("You have reached the maximum number of collections");
        Collection c{.id = context.ids.next(), .owner_id = owner, .name = "", .description = "", .language = "", .tag = ""};
        c.created_at = context.clock.now_ms();
        TRY(apply(tx, context, c, change));
        TRY(repo::insert_collection(tx, c));
        for (const auto account : accounts) TRY(add(tx, context, c, account));
        return view(tx, owner, TRY(seen(tx, owner, c.id)));
    });
}

Result<CollectionView> change_collection(Context& context, Id owner, Id id, const CollectionChange& change) {
    return context.db.write([&](Tx& tx) -> Result<CollectionView> {
        const auto before = TRY(own(tx, owner, id));
        auto c = before;
        TRY(apply(tx, context, c, change));
        TRY(repo::update_collection(tx, c));
        TRY(tell_of_change(tx, context, before, c));
        return view(tx, owner, TRY(seen(tx, owner, c.id)));
    });
}

Result<> delete_collection(Context& context, Id owner, Id id) {
    return context.db.write([&](Tx& tx) -> Result<> { return repo::delete_collection(tx, TRY(own(tx, owner, id)).id); });
}

Result<CollectionView> collection(Context& context, const Viewer& viewer, Id id) {
    return context.db.read([&](Tx& tx) -> Result<CollectionView> {
        return view(tx, viewer.actor_id, TRY(seen(tx, viewer.actor_id, id)));
    });
}

Result<std::optional<CollectionView>> load_collection(Tx& tx, const Viewer& viewer, Id id) {
    auto found = TRY(repo::find_collection(tx, viewer.actor_id, id));
    if (!found) return std::optional<CollectionView>{};
    return std::optional(TRY(view(tx, viewer.actor_id, std::move(*found))));
}

std::vector<CollectionView> collections_linked(const Context& context, const Viewer& viewer, std::string_view html) {
    const auto begin = "href=\"" + context.urls.base() + "/collections/";
    std::vector<Id> ids;
    for (auto at = html.find(begin); at != html.npos; at = html.find(begin, at + begin.size())) {
        const auto rest = html.substr(at + begin.size());
        const auto id = parse_id(rest.substr(0, rest.find('"')));
        if (id && ids.size() < limits::linked_collections_max && std::find(ids.begin(), ids.end(), *id) == ids.end())
            ids.push_back(*id);
    }
    std::vector<CollectionView> out;
    if (ids.empty()) return out;
    const auto read = context.db.read([&](Tx& tx) -> Result<> {
        for (const auto id : ids)
            if (auto found = TRY(load_collection(tx, viewer, id))) out.push_back(std::move(*found));
        return {};
    });
    return read ? out : std::vector<CollectionView>{};
}

Result<std::vector<CollectionView>> collections_of(Context& context, const Viewer& viewer, Id owner, int limit, int offset) {
    return context.db.read([&](Tx& tx) -> Result<std::vector<CollectionView>> {
        return views(tx, viewer.actor_id,
                     TRY(repo::collections(tx, viewer.actor_id, {.owner = owner, .limit = limit, .offset = offset})));
    });
}

Result<std::vector<CollectionView>> collections_with(Context& context, Id viewer, Id account, int limit, int offset) {
    return context.db.read([&](Tx& tx) -> Result<std::vector<CollectionView>> {
        return views(tx, viewer,
                     TRY(repo::collections(tx, viewer, {.with = account,
                                                        .discoverable_only = viewer != account,
                                                        .limit = limit,
                                                        .offset = offset})));
    });
}

Result<std::vector<model::Actor>> faces(Context& context, std::span<const CollectionView> shown, std::size_t each) {
    std::vector<Id> ids;
    std::unordered_set<Id> known;
    const auto want = [&](Id id) {
        if (known.insert(id).second) ids.push_back(id);
    };
    for (const auto& view : shown) {
        want(view.collection.owner_id);
        for (std::size_t i = 0; i < std::min(each, view.items.size()); ++i) want(view.items[i].actor_id);
    }
    auto found = TRY(context.db.read([&](Tx& tx) { return repo::actors_by_ids(tx, ids); }));
    std::unordered_map<Id, std::size_t> places;
    for (std::size_t i = 0; i < ids.size(); ++i) places.emplace(ids[i], i);
    std::sort(found.begin(), found.end(),
              [&](const auto& a, const auto& b) { return places.at(a.id) < places.at(b.id); });
    return found;
}

Result<CollectionItem> add_to_collection(Context& context, Id owner, Id id, Id account) {
    return context.db.write([&](Tx& tx) -> Result<CollectionItem> {
        auto c = TRY(own(tx, owner, id));
        const auto item = TRY(add(tx, context, c, account));
        c.updated_at = item.created_at;
        TRY(repo::update_collection(tx, c));
        return item;
    });
}

Result<> remove_from_collection(Context& context, Id owner, Id id, Id item_id) {
    return context.db.write([&](Tx& tx) -> Result<> {
        auto c = TRY(own(tx, owner, id));
        const auto item = TRY(item_of(tx, c.id, item_id));
        TRY(repo::remove_collection_item(tx, item.id));
        TRY(repo::withdraw_collection_notifications(tx, c.id, item.actor_id));
        c.updated_at = context.clock.now_ms();
        return repo::update_collection(tx, c);
    });
}

Result<> revoke_from_collection(Context& context, Id account, Id id, Id item_id) {
    return context.db.write([&](Tx& tx) -> Result<> {
        const auto c = TRY(seen(tx, account, id));
        const auto item = TRY(item_of(tx, c.id, item_id));
        if (item.actor_id != account) return fail(Code::forbidden, "This action is not allowed");
        TRY(repo::set_collection_item_state(tx, item.id, CollectionItemState::revoked));
        return repo::withdraw_collection_notifications(tx, c.id, account);
    });
}

}  // namespace kith::community
