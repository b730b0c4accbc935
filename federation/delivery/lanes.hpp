#pragma once
#include "base/core/result.hpp"
#include "base/core/thread.hpp"
#include "config/limits/delivery.hpp"
#include "federation/client/transport.hpp"
#include "federation/delivery/activity_cache.hpp"
#include "federation/delivery/backoff.hpp"
#include "federation/delivery/context.hpp"
#include "federation/delivery/followers_sync.hpp"
#include "federation/delivery/lane.hpp"
#include "federation/delivery/mailbox.hpp"
#include "federation/delivery/outcome_batch.hpp"

#include <atomic>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace kith::delivery {

// Since the start; read at any time from any thread.
struct LaneCounters {
    std::atomic<std::uint64_t> delivered{0}, given_up{0}, expired{0}, postponed{0},
        host_failures{0};
    std::atomic<int> lanes{0}, in_flight{0};
};

// Sends what waits in the outbox, peer by peer (architecture, Delivery): leases peers whose time
// has come, keeps the order of each, judges the answers and stores the outcomes in batches. A peer
// that does not answer costs only the places that it has itself.
class Lanes {
public:
    // All outlive it.
    Lanes(const Context&, client::Transport&);
    ~Lanes() { stop(); }

    // A single-process node (SQLite) frees what it had leased before it was killed.
    Result<> start();
    // Sends no more, stores the answers that come within `grace_ms` (of real time) and gives the
    // leases back. What is still under way will be sent again: the peer knows it by its id.
    void stop(int grace_ms = limits::delivery_stop_grace_ms);

    // These have got rows. Any thread.
    void notify(const std::set<std::string>& hosts);
    // A request with a valid signature came from there: a peer that was given up is tried again.
    // Cheap for all others. Any thread.
    void peer_spoke(std::string_view host);

    const LaneCounters& counters() const { return counters_; }

    // Does all that can be done now, and returns when there will be something again, if nothing
    // happens: what the thread does, for tests and simulations without one.
    TimeMs step();

private:
    void run();
    void finish_up(int grace_ms);

    // Leases, and what is due (lanes.cpp)
    void keep_leases(TimeMs now);
    void look_for_peers(TimeMs now);
    void claim(TimeMs now);
    Result<std::vector<model::Peer>> claim_free(TimeMs now);
    void take_notices(const Mailbox::Mail&, TimeMs now);
    void revive(const std::string& host, TimeMs now);
    void resume_some();
    void close_idle(TimeMs now);
    void store(TimeMs now);
    void tidy(TimeMs now);
    void change_state(Lane&);

    // Sending (lanes_send.cpp)
    void make_ready(const std::string& host);
    void send_ready(TimeMs now);
    Lane::Row* next_row(Lane&, TimeMs now);
    bool load_page(Lane&, TimeMs now);
    void send(Lane&, Lane::Row&, TimeMs now);
    void add_followers_state(client::Request&, const repo::WaitingDelivery&);

    // Answers (lanes_answers.cpp)
    void take_answers(std::vector<Mailbox::Answer>, TimeMs now);
    void take_outcome(Lane&, Lane::Row&, const client::Outcome&, TimeMs now);
    void take_actor(Lane&, Lane::Row&, const Mailbox::Answer&, TimeMs now);
    Result<bool> take_document(Lane::Row&, const keys::FetchedDocument&, TimeMs now);
    void ask_actor(Lane&, Lane::Row&, const std::string& error);
    void inbox_gone(Lane&, Lane::Row&, const Mailbox::Answer&);
    void host_failed(Lane&, Lane::Row&, const Verdict&, TimeMs now);
    void host_answered(Lane&, Lane::Answer, TimeMs now);
    void postpone(Lane&, Lane::Row&, const Verdict&);
    void finish(Lane&, const repo::WaitingDelivery&, model::DeliveryOutcome,
                const std::string& error);

    const Context context_;
    client::Transport& transport_;
    const std::string owner_;  // of leases
    const std::shared_ptr<Mailbox> mailbox_;
    ActivityCache cache_;
    FollowersStates followers_;
    OutcomeBatch batch_;
    LaneCounters counters_;

    std::map<std::string, Lane> lanes_;
    std::deque<std::string> ready_;  // lanes that may send, in turn
    std::set<std::string> in_ready_;
    std::set<std::string> touched_;  // lanes that may have become idle
    std::set<std::string> to_claim_;
    std::deque<std::string> resuming_;
    int in_flight_ = 0;
    bool stopped_ = false;
    TimeMs look_at_ = 0, renew_at_ = 0, tidy_at_ = 0, store_at_ = 0;  // when again

    Thread thread_;
};

}  // namespace kith::delivery
