#include "base/core/clock.hpp"

#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string_view>

namespace kith {

namespace {

// How often a wait on a virtual clock looks at it, in real time.
constexpr std::chrono::milliseconds virtual_poll{5};

// Days since 1970-01-01 of a proleptic Gregorian date.
std::int64_t days_from_civil(std::int64_t year, unsigned month, unsigned day) {
    year -= month <= 2;
    auto era = (year >= 0 ? year : year - 399) / 400;
    auto year_of_era = unsigned(year - era * 400);
    auto day_of_year = (153 * (month + (month > 2 ? -3u : 9u)) + 2) / 5 + day - 1;
    auto day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146097 + std::int64_t(day_of_era) - 719468;
}

struct Civil {
    std::int64_t year;
    unsigned month, day, hour, minute, second, millisecond, weekday;
};

Civil civil_from(TimeMs ms) {
    auto days = ms / day_ms - (ms % day_ms < 0);
    auto rest = unsigned(ms - days * day_ms);
    auto z = days + 719468;
    auto era = (z >= 0 ? z : z - 146096) / 146097;
    auto day_of_era = unsigned(z - era * 146097);
    auto year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    auto day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    auto shifted = (5 * day_of_year + 2) / 153;
    Civil c{};
    c.day = day_of_year - (153 * shifted + 2) / 5 + 1;
    c.month = shifted < 10 ? shifted + 3 : shifted - 9;
    c.year = std::int64_t(year_of_era) + era * 400 + (c.month <= 2);
    c.hour = rest / 3'600'000;
    c.minute = rest / 60'000 % 60;
    c.second = rest / 1'000 % 60;
    c.millisecond = rest % 1'000;
    c.weekday = unsigned(((days % 7) + 11) % 7);   // 1970-01-01 was a Thursday
    return c;
}

bool digits(std::string_view& in, int count, unsigned& out) {
    if (in.size() < size_t(count)) return false;
    out = 0;
    for (int i = 0; i < count; ++i) {
        if (in[i] < '0' || in[i] > '9') return false;
        out = out * 10 + unsigned(in[i] - '0');
    }
    in.remove_prefix(size_t(count));
    return true;
}

bool literal(std::string_view& in, char c) {
    if (in.empty() || in.front() != c) return false;
    in.remove_prefix(1);
    return true;
}

bool valid_date(unsigned year, unsigned month, unsigned day) {
    static constexpr std::array<unsigned, 12> lengths{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (year == 0 || month < 1 || month > 12 || day < 1) return false;
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return day <= lengths[month - 1] + (month == 2 && leap);
}

constexpr std::array<const char*, 12> month_names{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                  "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
constexpr std::array<const char*, 7> weekday_names{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};

#ifdef KITH_TEST_SEAMS
class FileClock final : public Clock {
public:
    explicit FileClock(std::string path) : path_(std::move(path)) {}
    TimeMs now_ms() const override {
        TimeMs value = 0;
        if (auto* file = std::fopen(path_.c_str(), "r")) {
            long long read = 0;
            if (std::fscanf(file, "%lld", &read) == 1) value = read;
            std::fclose(file);
        }
        std::lock_guard lock(mutex_);   // a test that rewrites the file may be seen half-way
        return last_ = value > 0 ? value : last_;
    }

private:
    void wait_once(std::condition_variable& cv, std::unique_lock<std::mutex>& lock,
                   TimeMs) const override {
        cv.wait_for(lock, virtual_poll);
    }
    std::string path_;
    mutable std::mutex mutex_;
    mutable TimeMs last_ = 0;
};
#endif

}  // namespace

TimeMs SystemClock::now_ms() const {
    using namespace std::chrono;
    return duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count();
}

void SystemClock::wait_once(std::condition_variable& cv, std::unique_lock<std::mutex>& lock,
                            TimeMs until_ms) const {
    auto left = until_ms - now_ms();
    if (left > 0) cv.wait_for(lock, std::chrono::milliseconds(left < hour_ms ? left : hour_ms));
}

TimeMs ManualClock::now_ms() const {
    std::lock_guard lock(mutex_);
    return now_;
}

void ManualClock::set(TimeMs to) {
    std::lock_guard lock(mutex_);
    now_ = to;
}

void ManualClock::advance(TimeMs by_ms) {
    std::lock_guard lock(mutex_);
    now_ += by_ms;
}

void ManualClock::wait_once(std::condition_variable& cv, std::unique_lock<std::mutex>& lock,
                            TimeMs) const {
    cv.wait_for(lock, virtual_poll);
}

std::unique_ptr<Clock> make_process_clock() {
#ifdef KITH_TEST_SEAMS
    if (auto* file = std::getenv("KITH_TEST_CLOCK")) return std::make_unique<FileClock>(file);
#endif
    return std::make_unique<SystemClock>();
}

std::string format_iso8601(TimeMs ms) {
    auto c = civil_from(ms);
    char text[40];
    std::snprintf(text, sizeof text, "%04lld-%02u-%02uT%02u:%02u:%02u.%03uZ", (long long)c.year,
                  c.month, c.day, c.hour, c.minute, c.second, c.millisecond);
    return text;
}

bool parse_iso8601(std::string_view in, TimeMs& out_ms) {
    unsigned year, month, day, hour = 0, minute = 0, second = 0, ms = 0;
    if (!digits(in, 4, year) || !literal(in, '-') || !digits(in, 2, month) || !literal(in, '-') ||
        !digits(in, 2, day) || !valid_date(year, month, day))
        return false;
    if (in.empty() || (in.front() != 'T' && in.front() != 't' && in.front() != ' ')) return false;
    in.remove_prefix(1);
    if (!digits(in, 2, hour) || !literal(in, ':') || !digits(in, 2, minute)) return false;
    if (literal(in, ':') && !digits(in, 2, second)) return false;
    if (hour > 23 || minute > 59 || second > 60) return false;
    if (literal(in, '.')) {
        unsigned scale = 100;
        size_t count = 0;
        for (; count < in.size() && in[count] >= '0' && in[count] <= '9'; ++count, scale /= 10)
            ms += unsigned(in[count] - '0') * scale;
        if (count == 0) return false;
        in.remove_prefix(count);
    }
    std::int64_t offset_minutes = 0;
    if (in == "Z" || in == "z") {
        in = {};
    } else if (!in.empty() && (in.front() == '+' || in.front() == '-')) {
        int sign = in.front() == '-' ? -1 : 1;
        in.remove_prefix(1);
        unsigned hours, minutes = 0;
        if (!digits(in, 2, hours)) return false;
        literal(in, ':');
        if (!in.empty() && !digits(in, 2, minutes)) return false;
        if (hours > 23 || minutes > 59) return false;
        offset_minutes = sign * std::int64_t(hours * 60 + minutes);
    } else {
        return false;
    }
    if (!in.empty()) return false;
    out_ms = days_from_civil(year, month, day) * day_ms + hour * hour_ms + minute * minute_ms +
             second * second_ms + ms - offset_minutes * minute_ms;
    return true;
}

std::string format_http_date(TimeMs ms) {
    auto c = civil_from(ms);
    char text[48];
    std::snprintf(text, sizeof text, "%s, %02u %s %04lld %02u:%02u:%02u GMT",
                  weekday_names[c.weekday], c.day, month_names[c.month - 1], (long long)c.year,
                  c.hour, c.minute, c.second);
    return text;
}

bool parse_http_date(std::string_view in, TimeMs& out_ms) {
    // IMF-fixdate only; the two obsolete forms of RFC 9110 are seen in no federation traffic.
    if (in.size() != 29 || in.substr(3, 2) != ", " || in.substr(25) != " GMT") return false;
    in.remove_prefix(5);
    unsigned day, month = 0, year, hour, minute, second;
    if (!digits(in, 2, day) || !literal(in, ' ')) return false;
    for (unsigned i = 0; i < 12; ++i)
        if (in.substr(0, 3) == month_names[i]) month = i + 1;
    in.remove_prefix(3);
    if (!literal(in, ' ') || !digits(in, 4, year) || !literal(in, ' ') || !digits(in, 2, hour) ||
        !literal(in, ':') || !digits(in, 2, minute) || !literal(in, ':') || !digits(in, 2, second))
        return false;
    if (!valid_date(year, month, day) || hour > 23 || minute > 59 || second > 60) return false;
    out_ms = days_from_civil(year, month, day) * day_ms + hour * hour_ms + minute * minute_ms +
             second * second_ms;
    return true;
}

std::int64_t steady_ms() {
    using namespace std::chrono;
    return duration_cast<milliseconds>(steady_clock::now().time_since_epoch()).count();
}

}  // namespace kith
