#include "node/community/group_pace.hpp"

#include "base/core/clock.hpp"
#include "node/community/group_team.hpp"
#include "storage/repo/group_pace.hpp"
#include "storage/repo/group_profiles.hpp"

#include <algorithm>
#include <cstdlib>

namespace kith::community {

Result<TimeMs> wait_in_group(sql::Tx& tx, const model::Actor& group, Id author, Written written, TimeMs at) {
    if (!group.local) return TimeMs(0);
    const auto profile = TRY(repo::group_profile(tx, group.id));
    const auto pause_ms = TimeMs(written == Written::thread ? profile.slow_threads_s : profile.slow_comments_s) * second_ms;
    if (pause_ms <= 0 || TRY(team_role(tx, group, author)) != model::TeamRole::none) return TimeMs(0);
    auto pace = TRY(repo::group_pace(tx, group.id, author));
    auto& last = written == Written::thread ? pace.thread_at : pace.comment_at;
    // What came before the other and is looked at after it is too close, too.
    if (last && std::abs(at - *last) < pause_ms) return pause_ms - (at - *last);
    last = std::max(at, last.value_or(0));
    TRY(repo::put_group_pace(tx, group.id, author, pace));
    return TimeMs(0);
}

std::string slow_mode_text(Written written, TimeMs now, TimeMs wait_ms) {
    return std::string("The group is in slow mode: your next ") + (written == Written::thread ? "thread" : "comment") + " has to wait until " +
           format_iso8601(now + wait_ms) + " (" + std::to_string((wait_ms + second_ms - 1) / second_ms) + " seconds)";
}

}  // namespace kith::community
