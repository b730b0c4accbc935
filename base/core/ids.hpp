#pragma once
#include "base/core/clock.hpp"
#include "base/core/random.hpp"

#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

namespace kith {

// 41 bits of milliseconds since 2010-01-01, then a 12-bit tail: always 16 decimal digits and below
// 2^53, so that one id serves Mastodon's decimal strings and JavaScript numbers.
// Ids sort and page; nothing infers arrival from them.
using Id = std::int64_t;

inline constexpr TimeMs id_epoch_ms = 1'262'304'000'000;      // 2010-01-01T00:00:00Z
inline constexpr TimeMs id_earliest_ms = 1'506'816'000'000;   // 2017-10-01: the first with 16 digits

// The moment in an id, to the millisecond.
TimeMs id_time_ms(Id);
// The smallest id of a moment; times are clamped to [2017-10-01, 2^41 ms after the epoch).
Id first_id_at(TimeMs);

// Decimal, 1..2^53; nothing else (no sign, no leading blank).
std::optional<Id> parse_id(std::string_view);

// Ids for what is made here. Strictly increasing within a process, also when the clock steps back;
// unique across processes by the 4-bit process number, which each leases in the database.
// Thread-safe.
class IdGenerator {
public:
    IdGenerator(const Clock& clock, unsigned process_number)
        : clock_(clock), process_(process_number & 15) {}

    Id next();

private:
    const Clock& clock_;
    const unsigned process_;
    std::mutex mutex_;
    TimeMs last_ms_ = 0;
    unsigned counter_ = 0;
};

// An id for a remote post, from its `published`: clamped to [2017-10-01, now]; where the time has no
// fraction, a random millisecond inside its second; a random tail. Not unique: on collision draw again.
Id draw_remote_id(TimeMs published_ms, TimeMs now_ms, Random&);

}  // namespace kith
