#pragma once
#include "base/core/result.hpp"
#include "storage/repo/relations.hpp"
#include "storage/sql/db.hpp"

#include <optional>
#include <string>
#include <vector>

// The rows timelines are made of. All pages are given newest first.
namespace kith::repo {

struct TimelineRow {
    Id id = 0;  // what the timeline pages by
    Id post_id = 0;
    std::optional<Id> boost_id, group_id;
};

// Of rows put together from several pages, newest first: as many as the window takes, from the end that
// it reads from.
void cut_to(std::vector<TimelineRow>&, const Window&);

// Gives every local follower of `author` who was seen since `seen_since` a home row. A reply goes
// only to those who follow its parent's author too (or are that author, or it answers itself); a
// direct post only to followers in its audience; a post in a language only to those who want it. At most `limit` rows, for follows whose id is
// above `after`; returns the last follow reached, or nothing when all are served.
struct FanOut {
    Id entry_id = 0, post_id = 0;
    std::optional<Id> boost_id;
    Id author_id = 0;
    std::optional<Id> parent_author_id;
    bool audience_only = false;
    TimeMs seen_since = 0;
    std::string language{};  // "" where all shall have it
};
Result<std::optional<Id>> fan_out(sql::Tx&, const FanOut&, Id after, int limit);
Result<> add_home_entry(sql::Tx&, Id owner, const TimelineRow&);
Result<> remove_home_entries_from(sql::Tx&, Id owner, Id author);  // unfollow, block
Result<> clear_home(sql::Tx&, Id owner);
Result<> trim_home(sql::Tx&, Id owner, int keep);
Result<std::vector<Id>> long_homes(sql::Tx&, int over, int limit);
Result<std::vector<TimelineRow>> home_page(sql::Tx&, Id owner, const Window&);
// Posts and boosts of followed people by pull: to rebuild, and below the last home row.
Result<std::vector<TimelineRow>> home_by_pull(sql::Tx&, Id owner, const Window&);

// Direct posts that the owner wrote or is named in.
Result<std::vector<TimelineRow>> direct_page(sql::Tx&, Id owner, const Window&);

Result<std::vector<TimelineRow>> group_page(sql::Tx&, Id group, const Window&);
// Everything that was posted to it, comments too.
Result<std::vector<TimelineRow>> group_posts_page(sql::Tx&, Id group, const Window&);

enum class Origin { any, local, remote };
Result<std::vector<TimelineRow>> public_page(sql::Tx&, std::optional<Id> viewer, Origin,
                                             bool only_media, const Window&);
Result<std::vector<TimelineRow>> tag_page(sql::Tx&, std::optional<Id> viewer, Id tag, Origin,
                                          bool only_media, const Window&);
Result<std::vector<TimelineRow>> link_page(sql::Tx&, std::optional<Id> viewer, Id link, const Window&);

struct AccountPageFilter {
    bool exclude_replies = false, exclude_boosts = false, only_media = false;
    std::optional<Id> tag;
};
Result<std::vector<TimelineRow>> account_page(sql::Tx&, std::optional<Id> viewer, Id actor,
                                              const AccountPageFilter&, const Window&);

}  // namespace kith::repo
