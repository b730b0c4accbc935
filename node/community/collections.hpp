#pragma once
#include "node/community/context.hpp"
#include "node/community/visibility.hpp"
#include "storage/model/actor.hpp"
#include "storage/model/collection.hpp"

#include <optional>
#include <span>
#include <string>
#include <vector>

// Accounts that members recommend, and what those say to it (Mastodon: client/collections).
namespace kith::community {

// Whether an account agrees to be collected. Here it is said with `discoverable`, for everybody alike. Of
// accounts elsewhere nothing is known, and who was not asked is not collected.
enum class FeatureApproval { automatic, denied, missing };
FeatureApproval feature_approval(const model::Actor&);

// A collection as somebody sees it: only its owner sees whose answer is missing, and nobody those whom
// they block, or who block them.
struct CollectionView {
    model::Collection collection;
    std::vector<model::CollectionItem> items;  // in the order in which they came
};

struct CollectionChange {
    std::optional<std::string> name, description, language;
    std::optional<std::string> tag;  // with or without its #; "" = none
    std::optional<bool> sensitive, discoverable;
};

// All or nothing. Code::unprocessable: no name, a text too long, what is no hashtag or no language, one
// collection too many, and accounts that are unknown, too many, or do not agree.
Result<CollectionView> create_collection(Context&, Id owner, const CollectionChange&, std::span<const Id> accounts);
// Code::forbidden for somebody else's. Who is in it is told of a new name, description, tag or warning.
Result<CollectionView> change_collection(Context&, Id owner, Id collection, const CollectionChange&);
Result<> delete_collection(Context&, Id owner, Id collection);

// Code::not_found: also what belongs to somebody who is gone or suspended, or blocks the viewer.
Result<CollectionView> collection(Context&, const Viewer&, Id collection);
Result<std::optional<CollectionView>> load_collection(sql::Tx&, const Viewer&, Id collection);
// Those of this node to whose URL a text links, in its order, as far as the viewer sees them.
std::vector<CollectionView> collections_linked(const Context&, const Viewer&, std::string_view html);
// Newest first.
Result<std::vector<CollectionView>> collections_of(Context&, const Viewer&, Id owner, int limit, int offset);
// Those that have accepted the account; others than itself are shown only what may be found.
Result<std::vector<CollectionView>> collections_with(Context&, Id viewer, Id account, int limit, int offset);
// The owners and the first accounts in each, `each` at most; every account once.
Result<std::vector<model::Actor>> faces(Context&, std::span<const CollectionView>, std::size_t each);

// The account agrees by its settings, so that it is in it at once, and is told. Code::forbidden for somebody
// else's collection; Code::unprocessable: too many, there already, not agreed (any more), or blocked.
Result<model::CollectionItem> add_to_collection(Context&, Id owner, Id collection, Id account);
Result<> remove_from_collection(Context&, Id owner, Id collection, Id item);
// The account takes itself out, for good. Code::forbidden for others' items.
Result<> revoke_from_collection(Context&, Id account, Id collection, Id item);

}  // namespace kith::community
