#include "federation/delivery/backoff.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/text/utf8.hpp"
#include "config/limits/delivery.hpp"

namespace kith::delivery {

namespace {

using client::TransportFault;

// After a 401 or 403: the peer may not have had our key. Then the row is given up.
constexpr std::array refused_delays = {5 * minute_ms, hour_ms, 6 * hour_ms, 24 * hour_ms};
constexpr TimeMs missing_delay = hour_ms;
constexpr std::string_view status_prefix = "HTTP ";

std::string status_error(int status) { return std::string(status_prefix) + std::to_string(status); }

bool is_refusal(int status) { return status == 401 || status == 403; }

// The status that a row's last_error tells; 0 = none.
int status_in(std::string_view error) {
    int status = 0;
    if (error.starts_with(status_prefix)) {
        error.remove_prefix(status_prefix.size());
        std::from_chars(error.data(), error.data() + error.size(), status);
    }
    return status;
}

// How often in a row this sort of answer came, this one included.
int attempts_now(const model::Delivery& row, int status) {
    const int before = status_in(row.last_error);
    const bool same = is_refusal(status) ? is_refusal(before)
                                         : (status >= 500 ? before >= 500 : before == status);
    return same ? row.attempts + 1 : 1;
}

// RFC 9110 10.2.3: seconds or a date.
TimeMs retry_after(const client::Response& response, TimeMs now) {
    const auto field = response.headers.get("Retry-After");
    if (!field) return 0;
    TimeMs wait = 0;
    std::int64_t seconds = 0;
    const auto [end, error] =
        std::from_chars(field->data(), field->data() + field->size(), seconds);
    if (error == std::errc() && end == field->data() + field->size())
        wait = std::min(seconds, limits::delivery_wait_max_ms / second_ms) * second_ms;
    else if (TimeMs at = 0; parse_http_date(*field, at))
        wait = at - now;
    return std::clamp<TimeMs>(wait, 0, limits::delivery_wait_max_ms);
}

TimeMs with_jitter(TimeMs delay, Random& random) {
    const auto spread = delay / 5;
    return spread <= 0 ? delay
                       : delay - spread + TimeMs(random.below(std::uint64_t(2 * spread + 1)));
}

Verdict judge_status(const client::Response& response, const model::Delivery& row, TimeMs now,
                     std::span<const TimeMs> retry_delays, Random& random) {
    const int status = response.status;
    Verdict v{.judgement = Judgement::given_up, .answered = true};
    if (status >= 200 && status < 300) {
        v.judgement = Judgement::delivered;
        return v;
    }
    v.error = status_error(status);
    v.attempts = attempts_now(row, status);
    if (is_refusal(status)) {
        if (v.attempts > int(refused_delays.size())) return v;
        v.judgement = Judgement::row_waits;
        v.not_before = now + with_jitter(refused_delays[std::size_t(v.attempts) - 1], random);
    } else if (status == 410 || (status == 404 && v.attempts > 1)) {
        v.judgement = Judgement::ask_actor;
    } else if (status == 404) {
        v.judgement = Judgement::row_waits;
        v.not_before = now + missing_delay;
    } else if (status == 408 || status == 425 || status == 429 ||
               (status >= 500 && status != 501)) {
        v.judgement = Judgement::host_failed;
        v.retry_after_ms = retry_after(response, now);
        // The row waits by itself too: where others pass, it may be the one that the peer stumbles
        // over.
        v.not_before = now + retry_delay(retry_delays, v.attempts, random);
    }
    return v;
}

Verdict judge_fault(const client::TransportError& error, const model::Delivery& row, TimeMs now,
                    Random& random) {
    Verdict v{.judgement = Judgement::given_up, .attempts = row.attempts};
    v.error =
        std::string(to_string(error.fault)) + (error.detail.empty() ? "" : ": " + error.detail);
    v.error = std::string(utf8::truncate_bytes(v.error, limits::delivery_error_bytes_max));
    if (is_host_failure(error.fault)) {
        v.judgement = Judgement::host_failed;
    } else if (error.fault == TransportFault::overloaded ||
               error.fault == TransportFault::stopped) {
        v.judgement = Judgement::not_sent;
    } else if (error.fault == TransportFault::signing &&
               ++v.attempts <= int(refused_delays.size())) {
        v.judgement = Judgement::row_waits;
        v.not_before = now + with_jitter(refused_delays[std::size_t(v.attempts) - 1], random);
    }
    return v;
}

}  // namespace

Verdict judge(const client::Outcome& outcome, const model::Delivery& row, TimeMs now,
              std::span<const TimeMs> retry_delays, Random& random) {
    return outcome ? judge_status(*outcome, row, now, retry_delays, random)
                   : judge_fault(outcome.error(), row, now, random);
}

TimeMs retry_delay(std::span<const TimeMs> delays, int n, Random& random) {
    if (delays.empty()) return 0;
    const auto at = std::clamp<std::size_t>(std::size_t(std::max(n, 1)) - 1, 0, delays.size() - 1);
    return std::min<TimeMs>(with_jitter(delays[at], random), limits::delivery_wait_max_ms);
}

bool is_suspect(const model::Delivery& row) {
    return row.attempts >= limits::delivery_breaker_failures && status_in(row.last_error) >= 500;
}

}  // namespace kith::delivery
