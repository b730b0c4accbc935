#pragma once
#include "base/core/result.hpp"
#include "storage/model/collection.hpp"
#include "storage/sql/db.hpp"

#include <optional>
#include <span>
#include <vector>

// Collections of accounts, and who is in them.
namespace kith::repo {

Result<> insert_collection(sql::Tx&, const model::Collection&);
Result<> update_collection(sql::Tx&, const model::Collection&);  // all but id, owner and created_at
Result<> delete_collection(sql::Tx&, Id);

// What `viewer` may see: not what belongs to somebody who is gone or suspended, or who blocks them.
Result<std::optional<model::Collection>> find_collection(sql::Tx&, std::optional<Id> viewer, Id);
struct CollectionRows {
    Id owner = 0;   // of this one, or ...
    Id with = 0;    // ... with this one in it, accepted
    bool discoverable_only = false;
    int limit = 0, offset = 0;
};
// Newest first.
Result<std::vector<model::Collection>> collections(sql::Tx&, std::optional<Id> viewer, const CollectionRows&);
Result<std::int64_t> count_collections(sql::Tx&, Id owner);

// False where the account has an item there already, in whatever state.
Result<bool> add_collection_item(sql::Tx&, const model::CollectionItem&);
Result<std::optional<model::CollectionItem>> find_collection_item(sql::Tx&, Id collection, Id item);
Result<> set_collection_item_state(sql::Tx&, Id item, model::CollectionItemState);
Result<> remove_collection_item(sql::Tx&, Id item);
// Pending and accepted ones, in the order they were added; without accounts that are gone or suspended,
// or that the viewer blocks or is blocked by.
Result<std::vector<model::CollectionItem>> collection_items(sql::Tx&, std::optional<Id> viewer,
                                                            std::span<const Id> collections);
Result<std::int64_t> count_collection_items(sql::Tx&, Id collection);  // pending and accepted
// A block: `actor` is revoked from what `other` collected, and `other` leaves what `actor` collected.
Result<> part_in_collections(sql::Tx&, Id actor, Id other);

Result<> withdraw_collection_notifications(sql::Tx&, Id collection, Id owner);

Result<> add_reported_collections(sql::Tx&, Id report, std::span<const Id> collections);
Result<std::vector<model::Collection>> reported_collections(sql::Tx&, Id report);  // oldest first

}  // namespace kith::repo
