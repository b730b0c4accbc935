#pragma once
#include "node/community/context.hpp"
#include "storage/model/announcement.hpp"
#include "storage/model/emoji.hpp"
#include "storage/repo/announcements.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

// What the operators say to all members.
namespace kith::community {

// Code::unprocessable for an empty or long text, and for one too many.
Result<model::Rule> add_rule(Context&, std::string_view text, std::string_view hint);
Result<> remove_rule(Context&, Id rule);  // Code::not_found
Result<std::vector<model::Rule>> rules(Context&);

struct NewAnnouncement {
    std::string text;
    std::optional<TimeMs> starts_at, ends_at;
    bool all_day = false;
};
// Code::unprocessable for an empty or long text, and for an end before the beginning.
Result<model::Announcement> announce(Context&, const NewAnnouncement&);
Result<> remove_announcement(Context&, Id announcement);  // Code::not_found
Result<std::vector<model::Announcement>> announcements(Context&);

struct AnnouncementView {
    model::Announcement announcement;
    std::string content;  // HTML
    bool read = false;
    std::vector<repo::AnnouncementReactionRow> reactions;
    std::vector<model::CustomEmoji> emojis;  // of ours, which the text uses
};
// Those that are not over, as a member sees them; the read ones only where they are asked for.
Result<std::vector<AnnouncementView>> announcements_for(Context&, Id actor, bool with_read);
// As somebody sees it who has not read it; Code::not_found where it is over or gone.
Result<AnnouncementView> announcement_by_id(Context&, Id announcement);
Result<> dismiss_announcement(Context&, Id actor, Id announcement);
// `emoji`: one of Unicode's, or the shortcode of one of ours, with or without colons.
// Code::unprocessable for anything else, and for one kind too many.
Result<> react_to_announcement(Context&, Id actor, Id announcement, std::string_view emoji);
Result<> unreact_to_announcement(Context&, Id actor, Id announcement, std::string_view emoji);

}  // namespace kith::community
