#pragma once
#include "base/core/clock.hpp"
#include "base/core/random.hpp"
#include "federation/client/request.hpp"
#include "storage/model/federation.hpp"

#include <span>
#include <string>
#include <string_view>

// What an answer to a delivery means (architecture, Delivery). Pure.
namespace kith::delivery {

enum class Judgement {
    delivered,    // 2xx
    row_waits,    // 401, 403, the first 404: that row alone
    ask_actor,    // 410, a second 404: is its actor there still, and where
    given_up,     // other 4xx, 501, redirects: it will never be taken
    host_failed,  // 408, 425, 429, other 5xx, DNS, TLS, network, time
    not_sent,     // our own transport is full or stopped: nobody's failure
};

struct Verdict {
    Judgement judgement = Judgement::not_sent;
    bool answered = false;      // HTTP was spoken
    int attempts = 0;           // of the row with this answer: answers of one sort in a row
    TimeMs not_before = 0;      // of the row
    TimeMs retry_after_ms = 0;  // of the host; 0 = it did not say
    std::string error;          // "HTTP 503", "timeout: …"; "" = none
};

// `attempts` and `last_error` of the row are those before this try.
Verdict judge(const client::Outcome&, const model::Delivery&, TimeMs now,
              std::span<const TimeMs> retry_delays, Random&);

// The n-th delay (from 1), the last one for all beyond, ± 20 %, at most 24 h.
TimeMs retry_delay(std::span<const TimeMs> delays, int n, Random&);

// A row that the host answered with an error again and again, although others may pass.
bool is_suspect(const model::Delivery&);

}  // namespace kith::delivery
