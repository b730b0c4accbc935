#include "node/api/kith/json.hpp"

#include <algorithm>

namespace kith::own_api {

void write_time(json::Writer& w, std::string_view name, const std::optional<TimeMs>& at) {
    if (at)
        w.member(name, format_iso8601(*at));
    else
        w.null_member(name);
}

std::string_view state_name(model::PeerState state) {
    switch (state) {
        case model::PeerState::healthy:
            return "healthy";
        case model::PeerState::failing:
            return "failing";
        case model::PeerState::open:
            return "open";
        case model::PeerState::half_open:
            return "probed";
        case model::PeerState::gone:
            return "gone";
    }
    return "healthy";
}

std::string_view state_name(model::ReachState state) {
    switch (state) {
        case model::ReachState::queued:
            return "waiting";
        case model::ReachState::failed:
            return "given_up";
        case model::ReachState::delivered:
        case model::ReachState::known:
            return "delivered";
    }
    return "delivered";
}

void write(json::Writer& w, const community::DeliveryStatus& status) {
    w.object().member("delivered", status.delivered).member("waiting", status.waiting);
    w.member("given_up", status.given_up).key("hosts").array();
    for (const auto& host : status.hosts) {
        w.object().member("host", host.host).member("state", state_name(host.state));
        w.member("at", format_iso8601(host.at)).member("attempts", host.attempts);
        const bool again = host.next_at && *host.next_at > 0;
        write_time(w, "next_at", again ? host.next_at : std::nullopt);
        w.member("error", host.error.empty() ? host.waits_for : host.error).end();
    }
    w.end().end();
}

void write(json::Writer& w, const repo::PeerOverview& p, TimeMs now) {
    w.object().member("host", p.peer.host).member("state", state_name(p.peer.state));
    w.member("software", p.software).member("waiting", p.waiting_rows);
    write_time(w, "oldest_waiting_at", p.oldest_at);
    w.member("lag_s", lag_s(p, now));
    write_time(w, "last_success_at", p.peer.last_success_at);
    write_time(w, "first_failure_at", p.peer.first_fail_at);
    w.member("last_error", p.peer.last_error).end();
}

void write(json::Writer& w, const model::Refusal& r) {
    w.object().member("id", std::to_string(r.id)).member("at", format_iso8601(r.at));
    w.member("phase", r.phase).member("reason", r.reason).member("status", r.status);
    w.member("host", r.host).member("key_id", r.key_id).member("actor", r.actor_ap_id);
    w.member("activity", r.activity_ap_id).end();
}

std::int64_t lag_s(const repo::PeerOverview& p, TimeMs now) {
    return p.oldest_at ? std::max<std::int64_t>(0, (now - *p.oldest_at) / second_ms) : 0;
}

}  // namespace kith::own_api
