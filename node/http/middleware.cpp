#include "node/http/middleware.hpp"

#include <array>
#include <cstdint>

#include "base/core/log.hpp"
#include "base/json/writer.hpp"
#include "config/limits/http.hpp"
#include "node/http/fields.hpp"

namespace kith::http {

namespace {

constexpr std::string_view page_policy =
    "default-src 'none'; style-src 'self'; img-src *; media-src *; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'";
constexpr std::size_t request_id_bytes = 12;

// FNV-1a, 64 bits.
std::uint64_t hash(std::string_view bytes) {
    std::uint64_t value = 14'695'981'039'346'656'037ull;
    for (const unsigned char c : bytes) value = (value ^ c) * 1'099'511'628'211ull;
    return value;
}

}  // namespace

int status_of(Code code) {
    switch (code) {
        case Code::invalid: return 400;
        case Code::unauthorized: return 401;
        case Code::forbidden: return 403;
        case Code::not_found: return 404;
        case Code::not_acceptable: return 406;
        case Code::conflict: return 409;
        case Code::gone: return 410;
        case Code::too_large: return 413;
        case Code::unsupported: return 415;
        case Code::unprocessable: return 422;
        case Code::rate_limited: return 429;
        case Code::internal: return 500;
        case Code::upstream: return 502;
        case Code::unavailable: return 503;
        case Code::timeout: return 504;
    }
    return 500;
}

void answer_error(Exchange& exchange, const Error& error) {
    const int status = status_of(error.code);
    if (status == 500 || !error.detail.empty())
        log::write(status == 500 ? log::Level::error : log::Level::info, "http.error",
                   {{"status", status},
                    {"method", exchange.method()},
                    {"path", exchange.path()},
                    {"request_id", exchange.response().header("x-request-id")},
                    {"safe_text", error.safe_text},
                    {"detail", error.detail}});
    if ((status == 429 || status == 503) && exchange.response().header("retry-after").empty())
        exchange.set_header("Retry-After", std::to_string(limits::http_retry_after_s));
    json::Writer body;
    body.object().member("error", error.safe_text).end();
    (void)exchange.json(status, body.take());
}

bool allow_cross_origin(Exchange& exchange) {
    exchange.set_header("Access-Control-Allow-Origin", "*");
    exchange.set_header("Access-Control-Expose-Headers",
                        "Link, X-RateLimit-Reset, X-RateLimit-Limit, X-RateLimit-Remaining, "
                        "X-Request-Id, Mastodon-Async-Refresh");
    if (exchange.method() != "OPTIONS") return true;
    exchange.set_header("Access-Control-Allow-Headers",
                        "Authorization, Content-Type, Idempotency-Key, Accept, If-None-Match");
    exchange.set_header("Access-Control-Allow-Methods", "POST, PUT, DELETE, GET, PATCH, OPTIONS");
    exchange.set_header("Access-Control-Max-Age", "86400");
    (void)exchange.empty(204);
    return false;
}

std::function<bool(Exchange&)> request_ids(Random& random) {
    return [&random](Exchange& exchange) {
        return exchange.set_header("X-Request-Id", random.token(request_id_bytes));
    };
}

bool protect_page(Exchange& exchange) {
    exchange.set_header("Content-Security-Policy", page_policy);
    exchange.set_header("X-Content-Type-Options", "nosniff");
    exchange.set_header("Referrer-Policy", "same-origin");
    return true;
}

std::string entity_tag(std::string_view bytes) {
    static constexpr std::string_view digits = "0123456789abcdef";
    std::string tag = "\"";
    for (auto value = hash(bytes); tag.size() < 17; value >>= 4) tag += digits[value & 15];
    return tag += '"';
}

bool answered_not_modified(Exchange& exchange, std::string_view tag) {
    exchange.set_header("ETag", tag);
    const auto opaque = [](std::string_view t) { return t.starts_with("W/") ? t.substr(2) : t; };
    const auto asked = exchange.head().joined_header("if-none-match");
    for (std::string_view rest = asked; !rest.empty();) {
        const auto one = next_in_list(rest);
        if (one != "*" && opaque(one) != opaque(tag)) continue;
        (void)exchange.empty(304);
        return true;
    }
    return false;
}

}  // namespace kith::http
