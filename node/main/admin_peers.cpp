#include "node/main/admin_peers.hpp"

#include "base/text/host.hpp"
#include "config/limits/kith_api.hpp"
#include "node/api/kith/json.hpp"
#include "node/community/posts.hpp"
#include "node/main/admin_catch_up.hpp"
#include "storage/repo/inbox.hpp"
#include "storage/repo/peers.hpp"
#include "storage/repo/posts.hpp"

#include <charconv>
#include <limits>

namespace kith {

namespace {

using community::Context;
using community::DeliveryStatus;
using own_api::state_name;
using repo::PeerOverview;

// "3 min", "2 h", "5 d": what a person wants to know of an age.
std::string age_text(std::int64_t seconds) {
    if (seconds < 120) return std::to_string(seconds) + " s";
    if (seconds < 2 * 3'600) return std::to_string(seconds / 60) + " min";
    if (seconds < 2 * 86'400) return std::to_string(seconds / 3'600) + " h";
    return std::to_string(seconds / 86'400) + " d";
}

std::string time_or(const std::optional<TimeMs>& at, std::string_view otherwise) {
    return at ? format_iso8601(*at) : std::string(otherwise);
}

std::string describe(const PeerOverview& p, TimeMs now) {
    auto out = p.peer.host + "  " + std::string(state_name(p.peer.state)) + "  " +
               std::to_string(p.waiting_rows) + " waiting";
    if (p.oldest_at) out += ", the oldest for " + age_text(own_api::lag_s(p, now));
    if (!p.software.empty()) out += "  " + p.software;
    return out + "  last success " + time_or(p.peer.last_success_at, "never") + "\n";
}

std::string describe(const DeliveryStatus& status) {
    const auto all = status.delivered + status.waiting + status.given_up;
    auto out = "delivered to " + std::to_string(status.delivered) + " of " + std::to_string(all) +
               " peers\n";
    for (const auto& host : status.hosts) {
        if (host.state == model::ReachState::delivered) continue;
        out += host.host + "  " + std::string(state_name(host.state));
        if (host.attempts > 0) out += "  " + std::to_string(host.attempts) + " tries";
        if (host.next_at && *host.next_at > 0) out += "  again " + format_iso8601(*host.next_at);
        const auto& why = host.error.empty() ? host.waits_for : host.error;
        out += (why.empty() ? "" : "  " + why) + "\n";
    }
    return out;
}

Result<Id> local_post_named(Context& context, const std::string& named) {
    if (const auto id = parse_id(named)) return *id;
    const auto post =
        TRY(context.db.read([&](sql::Tx& tx) { return repo::find_post_by_ap_id(tx, named); }));
    if (!post) return fail(Code::not_found, "no post here has the id or URL " + named);
    return post->id;
}

Result<int> limit_of(const AdminRequest& r) {
    const auto text = r.text("--limit");
    int limit = limits::refusals_page;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), limit);
    const bool whole = text.empty() || (error == std::errc() && end == text.data() + text.size());
    if (!whole || limit < 1 || limit > limits::refusals_page_max)
        return fail(Code::unprocessable,
                    "--limit is a number from 1 to " + std::to_string(limits::refusals_page_max));
    return limit;
}

}  // namespace

Result<std::string> peers_list(Context& context, const AdminRequest& r) {
    const auto peers = TRY(context.db.read(repo::peers_overview));
    const auto now = context.clock.now_ms();
    if (r.has("--json")) {
        json::Writer w;
        w.array();
        for (const auto& peer : peers) own_api::write(w, peer, now);
        w.end();
        return w.take() + "\n";
    }
    std::string out;
    for (const auto& peer : peers) out += describe(peer, now);
    return out.empty() ? std::string("nothing was sent to anybody yet\n") : out;
}

Result<std::string> peers_show(Context& context, const AdminRequest& r) {
    auto host = TRY(normalize_host(r.text("HOST")));
    auto peer = TRY(context.db.read([&](sql::Tx& tx) { return repo::peer_overview(tx, host); }));
    const auto asked = TRY(catch_up_line(context, host));
    if (!peer && !asked.empty() && !r.has("--json")) return asked;
    if (!peer) return fail(Code::not_found, "nothing was sent to " + host + " yet");
    const auto now = context.clock.now_ms();
    if (r.has("--json")) {
        json::Writer w;
        own_api::write(w, *peer, now);
        return w.take() + "\n";
    }
    auto out = describe(*peer, now);
    if (peer->peer.first_fail_at)
        out += "failing since " + format_iso8601(*peer->peer.first_fail_at) + "\n";
    if (!peer->peer.last_error.empty()) out += "last error: " + peer->peer.last_error + "\n";
    return out + asked;
}

Result<std::string> post_delivery(Context& context, const AdminRequest& r) {
    const auto status =
        TRY(community::delivery_status(context, TRY(local_post_named(context, r.text("POST")))));
    if (!r.has("--json")) return describe(status);
    json::Writer w;
    own_api::write(w, status);
    return w.take() + "\n";
}

Result<std::string> refusals_list(Context& context, const AdminRequest& r) {
    const auto host = r.has("--host") ? TRY(normalize_host(r.text("--host"))) : std::string();
    const auto limit = TRY(limit_of(r));
    const auto found = TRY(context.db.read([&](sql::Tx& tx) {
        return repo::refusals(tx, host, std::numeric_limits<Id>::max(), limit);
    }));
    if (r.has("--json")) {
        json::Writer w;
        w.array();
        for (const auto& refusal : found) own_api::write(w, refusal);
        w.end();
        return w.take() + "\n";
    }
    std::string out;
    for (const auto& f : found)
        out += format_iso8601(f.at) + "  " + (f.host.empty() ? "-" : f.host) + "  " + f.phase +
               "  " + f.reason + (f.activity_ap_id.empty() ? "" : "  " + f.activity_ap_id) + "\n";
    return out.empty() ? std::string("nothing was refused\n") : out;
}

}  // namespace kith
