#include "base/core/ids.hpp"

#include <algorithm>
#include <charconv>

namespace kith {

namespace {
constexpr int tail_bits = 12;
constexpr TimeMs latest_ms = id_epoch_ms + (TimeMs(1) << 41) - 1;
constexpr unsigned counter_max = 255;   // 8 bits
}  // namespace

TimeMs id_time_ms(Id id) { return (id >> tail_bits) + id_epoch_ms; }

Id first_id_at(TimeMs at) {
    return (std::clamp(at, id_earliest_ms, latest_ms) - id_epoch_ms) << tail_bits;
}

std::optional<Id> parse_id(std::string_view text) {
    Id value = 0;
    if (text.empty() || text.front() < '0' || text.front() > '9') return {};
    auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) return {};
    if (value < 1 || value > (Id(1) << 53)) return {};
    return value;
}

Id IdGenerator::next() {
    std::lock_guard lock(mutex_);
    auto now = clock_.now_ms();
    if (now > last_ms_) {
        last_ms_ = now;
        counter_ = 0;
    } else if (++counter_ > counter_max) {   // 256 in one millisecond: borrow from the next
        ++last_ms_;
        counter_ = 0;
    }
    return first_id_at(last_ms_) | Id(process_ << 8) | Id(counter_);
}

Id draw_remote_id(TimeMs published_ms, TimeMs now_ms, Random& random) {
    auto at = std::clamp(published_ms, id_earliest_ms, std::max(id_earliest_ms, now_ms));
    if (at % second_ms == 0) at = std::min(at + TimeMs(random.below(second_ms)), std::max(at, now_ms));
    return first_id_at(at) | Id(random.below(1u << tail_bits));
}

}  // namespace kith
