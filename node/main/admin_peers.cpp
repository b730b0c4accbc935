#include "node/main/admin_peers.hpp"

#include "base/json/writer.hpp"
#include "base/text/host.hpp"
#include "storage/repo/peers.hpp"

namespace kith {

namespace {

using community::Context;
using repo::PeerOverview;

std::string_view state_of(const PeerOverview& p) {
    switch (p.peer.state) {
        case model::PeerState::healthy: return "healthy";
        case model::PeerState::failing: return "failing";
        case model::PeerState::open: return "not answering";
        case model::PeerState::half_open: return "being probed";
        case model::PeerState::gone: return "gone";
    }
    return "healthy";
}

std::string time_or(const std::optional<TimeMs>& at, std::string_view otherwise) {
    return at ? format_iso8601(*at) : std::string(otherwise);
}

void write(json::Writer& w, const PeerOverview& p) {
    auto maybe = [&w](std::string_view name, const std::optional<TimeMs>& at) {
        if (at) w.member(name, format_iso8601(*at));
        else w.null_member(name);
    };
    w.object().member("host", p.peer.host).member("state", state_of(p));
    w.member("waiting", p.waiting_rows);
    maybe("oldest_waiting_at", p.oldest_at);
    maybe("last_success_at", p.peer.last_success_at);
    w.member("last_error", p.peer.last_error).end();
}

std::string describe(const PeerOverview& p) {
    std::string out = p.peer.host + "  " + std::string(state_of(p)) + "  " +
                      std::to_string(p.waiting_rows) + " waiting";
    if (p.oldest_at) out += " since " + format_iso8601(*p.oldest_at);
    return out + "  last success " + time_or(p.peer.last_success_at, "never") + "\n";
}

}  // namespace

Result<std::string> peers_list(Context& context, const AdminRequest& r) {
    auto peers = TRY(context.db.read([](sql::Tx& tx) { return repo::peers_overview(tx); }));
    if (r.has("--json")) {
        json::Writer w;
        w.array();
        for (const auto& peer : peers) write(w, peer);
        w.end();
        return w.take() + "\n";
    }
    std::string out;
    for (const auto& peer : peers) out += describe(peer);
    return out.empty() ? std::string("nothing was sent to anybody yet\n") : out;
}

Result<std::string> peers_show(Context& context, const AdminRequest& r) {
    auto host = TRY(normalize_host(r.text("HOST")));
    auto peer = TRY(context.db.read([&](sql::Tx& tx) { return repo::peer_overview(tx, host); }));
    if (!peer) return fail(Code::not_found, "nothing was sent to " + host + " yet");
    if (r.has("--json")) {
        json::Writer w;
        write(w, *peer);
        return w.take() + "\n";
    }
    auto out = describe(*peer);
    if (!peer->peer.last_error.empty()) out += "last error: " + peer->peer.last_error + "\n";
    return out;
}

}  // namespace kith
