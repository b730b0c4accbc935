#include "node/api/mastodon/rate_limits.hpp"

#include "base/crypto/digest.hpp"
#include "base/text/strings.hpp"
#include "config/limits/rate.hpp"

#include <algorithm>
#include <memory>

namespace kith::mastodon {

namespace {

using http::Exchange;

struct Rule {
    std::string_view name;
    int most;
    TimeMs window;
};
constexpr Rule usual{"all", limits::requests_max, limits::requests_window_ms};
constexpr Rule uploads{"media", limits::uploads_max, limits::rare_requests_window_ms};
constexpr Rule deletions{"delete", limits::deletions_max, limits::rare_requests_window_ms};

const Rule& rule_of(const Exchange& exchange) {
    const auto path = exchange.path();
    if (exchange.method() == "POST" && (path == "/api/v1/media" || path == "/api/v2/media")) return uploads;
    const bool status = path.starts_with("/api/v1/statuses/");
    if ((exchange.method() == "DELETE" && status) || (status && path.ends_with("/unreblog"))) return deletions;
    return usual;
}

// Who asks, without looking anything up: the token as it is told, or the address. An address that makes
// tokens up is held by its own number.
std::string key_of(const Exchange& exchange) {
    const auto header = exchange.header("authorization");
    if (text::starts_with_i(header, "bearer ")) return crypto::hash_secret(text::trim(header.substr(7)));
    return exchange.client_address().text();
}

bool refuse(Exchange& exchange, TimeMs wait) {
    exchange.set_header("Retry-After", std::to_string((wait + second_ms - 1) / second_ms));
    (void)exchange.json(429, R"({"error":"Too many requests"})");
    return false;
}

}  // namespace

WindowCounter::Window WindowCounter::count(const std::string& key, TimeMs length) {
    std::lock_guard lock(mutex_);
    const auto now = clock_.now_ms();
    auto* window = windows_.find(key);
    if (!window) window = &windows_.put(key, Window{});
    if (window->ends_at <= now) *window = {0, now + length};
    ++window->count;
    return *window;
}

std::function<bool(Exchange&)> limit_requests(const Clock& clock) {
    auto counter = std::make_shared<WindowCounter>(clock, limits::rates_tracked_max);
    return [counter, &clock](Exchange& exchange) {
        if (exchange.method() == "OPTIONS") return true;
        const auto now = clock.now_ms();
        const auto of_address =
            counter->count("address " + exchange.client_address().text(), limits::requests_window_ms);
        if (of_address.count > limits::requests_of_address_max) return refuse(exchange, of_address.ends_at - now);
        const auto& rule = rule_of(exchange);
        const auto window = counter->count(std::string(rule.name) + " " + key_of(exchange), rule.window);
        exchange.set_header("X-RateLimit-Limit", std::to_string(rule.most));
        exchange.set_header("X-RateLimit-Remaining", std::to_string(std::max(rule.most - window.count, 0)));
        exchange.set_header("X-RateLimit-Reset", format_iso8601(window.ends_at));
        return window.count <= rule.most || refuse(exchange, window.ends_at - now);
    };
}

}  // namespace kith::mastodon
