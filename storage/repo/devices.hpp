#pragma once
#include "base/core/result.hpp"
#include "storage/sql/db.hpp"

#include <optional>
#include <string>
#include <vector>

// Where somebody is signed in, as they see it themselves: their browsers' sessions, and apps' tokens.
namespace kith::repo {

struct DeviceRow {
    Id id = 0;                       // of the session or the token
    std::string name;                // of the app; empty for a browser
    std::string user_agent;          // as sent when they signed in
    TimeMs made_at = 0;
    std::optional<TimeMs> used_at;
};
// Newest first, without what has ended.
Result<std::vector<DeviceRow>> browsers_of(sql::Tx&, Id user, TimeMs now, int limit);
Result<std::vector<DeviceRow>> apps_of(sql::Tx&, Id user, int limit);

Result<bool> end_browser(sql::Tx&, Id user, Id session);        // false where it is not theirs
Result<bool> end_app(sql::Tx&, Id user, Id token, TimeMs at);   // likewise
Result<> end_other_browsers(sql::Tx&, Id user, Id kept_session);
Result<> delete_codes_of(sql::Tx&, Id user);                    // those that no app has exchanged yet

}  // namespace kith::repo
