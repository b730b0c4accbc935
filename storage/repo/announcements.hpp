#pragma once
#include "base/core/result.hpp"
#include "storage/model/announcement.hpp"
#include "storage/sql/db.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

// What the operators say to all members: rules and announcements, and what members make of these.
namespace kith::repo {

Result<> insert_rule(sql::Tx&, const model::Rule&);
Result<bool> delete_rule(sql::Tx&, Id rule);  // false where there is none
Result<std::vector<model::Rule>> rules(sql::Tx&);  // oldest first

Result<> insert_announcement(sql::Tx&, const model::Announcement&);
Result<bool> delete_announcement(sql::Tx&, Id announcement);
Result<std::optional<model::Announcement>> find_announcement(sql::Tx&, Id announcement);
Result<std::vector<model::Announcement>> announcements(sql::Tx&, int limit);  // newest first

Result<> mark_announcement_read(sql::Tx&, Id actor, Id announcement);
Result<std::vector<Id>> announcements_read_by(sql::Tx&, Id actor);

Result<bool> add_announcement_reaction(sql::Tx&, Id announcement, Id actor, std::string_view name, Id id);
Result<bool> remove_announcement_reaction(sql::Tx&, Id announcement, Id actor, std::string_view name);
struct AnnouncementReactionRow {
    std::string name;  // an emoji, or ":shortcode:" of one of ours
    std::int64_t count = 0;
    bool mine = false;
    std::string url;   // of ours: its picture, also where it is not offered any more
};
// In the order in which they were first given.
Result<std::vector<AnnouncementReactionRow>> announcement_reactions(sql::Tx&, Id announcement, Id viewer);

}  // namespace kith::repo
