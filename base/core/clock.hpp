#pragma once
#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>

namespace kith {

// Milliseconds since 1970-01-01T00:00:00Z. The one unit of time in kith.
using TimeMs = std::int64_t;

inline constexpr TimeMs second_ms = 1'000;
inline constexpr TimeMs minute_ms = 60 * second_ms;
inline constexpr TimeMs hour_ms = 60 * minute_ms;
inline constexpr TimeMs day_ms = 24 * hour_ms;

// The seam between kith and time: nothing else calls the system's clocks. Thread-safe.
class Clock {
public:
    virtual ~Clock() = default;

    // Wall time. May step back.
    virtual TimeMs now_ms() const = 0;

    // Waits until `ready()` holds or the clock passes `until_ms`; returns ready(). Spurious wake-ups
    // are handled. With a virtual clock the wait ends when the virtual time gets there.
    template <class Ready>
    bool wait_until(std::condition_variable& cv, std::unique_lock<std::mutex>& lock, TimeMs until_ms,
                    Ready ready) const {
        while (!ready()) {
            if (now_ms() >= until_ms) return ready();
            wait_once(cv, lock, until_ms);
        }
        return true;
    }

protected:
    // Waits for a notification, at most until the clock shows `until_ms`; may return early.
    virtual void wait_once(std::condition_variable&, std::unique_lock<std::mutex>&,
                           TimeMs until_ms) const = 0;
};

// The system's time.
class SystemClock final : public Clock {
public:
    TimeMs now_ms() const override;

private:
    void wait_once(std::condition_variable&, std::unique_lock<std::mutex>&, TimeMs) const override;
};

// Time that a test sets. Waiters look at it every few real milliseconds.
class ManualClock final : public Clock {
public:
    explicit ManualClock(TimeMs start_ms) : now_(start_ms) {}
    TimeMs now_ms() const override;
    void set(TimeMs);
    void advance(TimeMs by_ms);

private:
    void wait_once(std::condition_variable&, std::unique_lock<std::mutex>&, TimeMs) const override;
    mutable std::mutex mutex_;
    TimeMs now_;
};

// The process's clock: the system's; in builds with KITH_TEST_SEAMS the one that the file named by
// the environment's KITH_TEST_CLOCK holds (milliseconds as decimal text), where it is set.
std::unique_ptr<Clock> make_process_clock();

// "2026-01-05T00:00:00.000Z": what the client APIs and ActivityPub want.
std::string format_iso8601(TimeMs);

// Reads RFC 3339 with or without a fraction of any length, with Z or an offset. False where it is
// not one; years outside 1..9999 are not.
bool parse_iso8601(std::string_view text, TimeMs& out_ms);

// "Sun, 06 Nov 1994 08:49:37 GMT" (RFC 9110 5.6.7).
std::string format_http_date(TimeMs);
bool parse_http_date(std::string_view text, TimeMs& out_ms);

// A monotonic reading for measuring how long something took; not comparable across processes.
std::int64_t steady_ms();

}  // namespace kith
