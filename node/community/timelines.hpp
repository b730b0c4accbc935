#pragma once
#include "node/community/paging.hpp"
#include "node/community/posts.hpp"

#include <string>
#include <string_view>

namespace kith::community {

// Home: the home rows (fan-out on write) merged by id with the heads of the joined groups
// (architecture: Timelines). Rebuilt for who comes back after 14 days.
Result<Page<PostView>> home(Context&, Id actor_id, const PageRequest&);

// Letters, sent and received, each for itself (conversations show them by thread).
Result<Page<PostView>> direct_timeline(Context&, Id actor_id, const PageRequest&);

// Of a list of the actor's own; Code::not_found else.
Result<Page<PostView>> list_timeline(Context&, Id actor_id, Id list_id, const PageRequest&);

struct PublicFilter {
    bool local = false, remote = false, only_media = false;
};
Result<Page<PostView>> public_timeline(Context&, const Viewer&, const PublicFilter&,
                                       const PageRequest&);
struct TagFilter {
    std::string tag;
    std::vector<std::string> any, all, none;
    bool local = false, remote = false, only_media = false;
};
Result<Page<PostView>> tag_timeline(Context&, const Viewer&, const TagFilter&, const PageRequest&);
// Public posts that link to a page that is trending; Code::not_found for others.
Result<Page<PostView>> link_timeline(Context&, const Viewer&, std::string_view url, const PageRequest&);
struct AccountFilter {
    bool exclude_replies = false, exclude_boosts = false, only_media = false, pinned = false;
    std::string tagged;
};
// A group's account timeline is its entries.
Result<Page<PostView>> account_timeline(Context&, const Viewer&, Id actor_id, const AccountFilter&,
                                        const PageRequest&);

}  // namespace kith::community
