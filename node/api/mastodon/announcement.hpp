#pragma once
#include "base/json/writer.hpp"
#include "node/community/announcements.hpp"

namespace kith::mastodon {

// Announcement (Mastodon: entities/Announcement).
void write_announcement(json::Writer&, const Urls&, const community::AnnouncementView&);

}  // namespace kith::mastodon
