#include "node/insight/records.hpp"

#include <algorithm>

namespace kith::insight {

TimeMs event_time(TimeMs published, std::optional<TimeMs> parent_at,
                  std::optional<TimeMs> author_first_seen, TimeMs received_at) {
    const TimeMs earliest =
        std::max({published, parent_at.value_or(published), author_first_seen.value_or(published)});
    return std::min(earliest, received_at);
}

}  // namespace kith::insight
