#pragma once
#include "base/core/result.hpp"
#include "storage/model/federation.hpp"
#include "storage/sql/db.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

// Other hosts as receivers. The peer is claimed, not the message; whoever touches several rows does
// so in order of host, so that nobody waits in a circle.
namespace kith::repo {

// The peer, made where it is new, and due now if it is healthy: rows are about to be queued. Its
// row stays locked until the commit, so that a peer that comes back and rows that are not made for
// it any more cannot miss each other.
Result<model::Peer> admit_peer(sql::Tx&, std::string_view host, TimeMs now);
// The same peer, locked; nothing where the host never was one.
Result<std::optional<model::Peer>> lock_peer(sql::Tx&, std::string_view host);
Result<> set_resume_after(sql::Tx&, std::string_view host, std::optional<Id>);

// Hosts with rows whose time has come and that nobody has leased, the longest due first.
Result<std::vector<std::string>> due_peers(sql::Tx&, TimeMs now, int limit);
// Those of `hosts` (a JSON array of texts) that are due and free, now leased.
Result<std::vector<model::Peer>> claim_peers(sql::Tx&, std::string_view hosts, TimeMs now,
                                             TimeMs lease_until, std::string_view owner);
Result<> renew_peer_leases(sql::Tx&, std::string_view owner, TimeMs lease_until);
// State, times, fail count, streak and last error, by the holder of the lease.
Result<> save_peer(sql::Tx&, const model::Peer&);
// Ends the lease. A healthy peer that has rows above `seen` is due at once, whatever was saved.
Result<> release_peer(sql::Tx&, std::string_view host, std::string_view owner, Id seen);
// A single-process node frees what it had leased before it was killed.
Result<> release_peers(sql::Tx&);
// It spoke to us: due now; half open where it was open, healthy where it was gone. False where a
// lease is held or nothing was wrong with it.
Result<bool> revive_peer(sql::Tx&, std::string_view host, TimeMs now);
Result<std::vector<std::string>> troubled_peers(sql::Tx&);  // not healthy

// For operators.
struct PeerOverview {
    model::Peer peer;
    std::int64_t waiting_rows = 0;
    std::optional<TimeMs> oldest_at;  // when the oldest waiting activity was made
    std::string software;             // "mastodon 4.5.0", as its NodeInfo says; "" where unknown
};
Result<std::vector<PeerOverview>> peers_overview(sql::Tx&);  // by host
Result<std::optional<PeerOverview>> peer_overview(sql::Tx&, std::string_view host);

// How many peers are in each state, and what waits for those that anything waits for.
struct PeerBacklog {
    std::string host;
    std::int64_t rows = 0;
    TimeMs oldest_at = 0;
};
Result<std::vector<PeerBacklog>> peer_backlogs(sql::Tx&, int limit);  // the oldest first
Result<std::vector<std::int64_t>> peers_by_state(sql::Tx&);           // indexed by PeerState

// Healthy peers whose software was not asked for since `before`, the longest ago first.
Result<std::vector<std::string>> peers_to_ask(sql::Tx&, TimeMs before, int limit);
// What was answered, or "" where nothing was: both count as asked.
Result<> put_peer_software(sql::Tx&, std::string_view host, std::string_view software, TimeMs at);

}  // namespace kith::repo
