#include "node/main/admin_catch_up.hpp"

#include "base/text/host.hpp"

#include <charconv>

namespace kith {

namespace {

constexpr TimeMs since_otherwise_ms = day_ms;

TimeMs unit_of(char c) {
    switch (c) {
        case 'm':
            return minute_ms;
        case 'h':
            return hour_ms;
        case 'd':
            return day_ms;
        default:
            return 0;
    }
}

}  // namespace

Result<TimeMs> catch_up_since(const AdminRequest& request, TimeMs now) {
    const auto text = request.text("--since");
    if (text.empty()) return now - since_otherwise_ms;
    int count = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
    const auto left = text.data() + text.size() - end;
    const auto unit = left == 1 ? unit_of(*end) : 0;
    if (error != std::errc() || count < 1 || unit == 0)
        return fail(Code::unprocessable, "--since is a time ago such as 30m, 5h or 2d");
    return now - count * unit;
}

Result<std::string> catch_up_host(const AdminRequest& request) {
    if (!request.has("--host")) return std::string();
    return normalize_host(request.text("--host"));
}

Result<std::string> catch_up_without_node(community::Context&, const AdminRequest&) {
    return fail(Code::unavailable, "the node must be running: it asks its peers");
}

Result<std::string> catch_up_line(community::Context& context, const std::string& host) {
    const auto run = TRY(
        context.db.read([&](sql::Tx& tx) { return repo::catch_up_of(tx, host); }));
    if (!run) return std::string();
    auto out = "asked what was missed since " + format_iso8601(run->since) + ": " +
               std::to_string(run->requests) + " requests, " + std::to_string(run->found) +
               " found, " + std::to_string(run->taken) + " taken";
    out += run->finished_at ? ", done " + format_iso8601(*run->finished_at)
                            : std::string(", still at it");
    return out + (run->error.empty() ? "" : ": " + run->error) + "\n";
}

}  // namespace kith
