#include "node/main/measures.hpp"

#include "config/limits/base.hpp"
#include "node/api/kith/json.hpp"

#include <unistd.h>
#include <algorithm>
#include <cstdio>
#include <string>

namespace kith {

namespace {

void measure_front(metrics::Registry& registry, const http::FrontStats& front) {
    registry.gauge("kith_http_connections", "Open connections.").set(double(front.connections));
    registry.gauge("kith_http_parked", "Requests that wait for a peer's key.")
        .set(double(front.parked));
    registry.gauge("kith_http_bodies_bytes", "Bytes of request bodies under way.")
        .set(double(front.bodies_bytes));
    registry
        .gauge("kith_http_refusals_total",
               "Requests that the front refused: malformed, too large, too slow.")
        .set(double(front.refusals));
    auto& answers =
        registry.gauges("kith_http_answers_total", "Answers by class of status.", {"class"});
    for (std::size_t i = 1; i < front.answers.size(); ++i)
        answers.with({std::to_string(i) + "xx"}).set(double(front.answers[i]));
    auto& waiting =
        registry.gauges("kith_http_lane_waiting", "Requests in a lane's queue.", {"lane"});
    auto& busy = registry.gauges("kith_http_lane_busy", "Requests in a lane's handlers.", {"lane"});
    auto& refused = registry.gauges("kith_http_lane_refused_total",
                                    "Requests refused because a lane's queue was full.", {"lane"});
    for (const auto& lane : front.lanes) {
        waiting.with({lane.name}).set(double(lane.waiting));
        busy.with({lane.name}).set(double(lane.busy));
        refused.with({lane.name}).set(double(lane.refused));
    }
}

void measure_inbox(metrics::Registry& registry, const inbox::Counters& inbox, std::size_t pending) {
    static constexpr const char* outcomes[] = {"passed", "refused", "postponed"};
    auto& phases =
        registry.gauges("kith_inbox_activities_total",
                        "Activities by phase and what became of them there.", {"phase", "outcome"});
    for (std::size_t phase = 0; phase < inbox::phase_count; ++phase)
        for (std::size_t outcome = 0; outcome < inbox::outcome_count; ++outcome)
            phases.with({std::string(inbox::to_string(inbox::Phase(phase))), outcomes[outcome]})
                .set(double(inbox.get(inbox::Phase(phase), inbox::Outcome(outcome))));
    registry.gauge("kith_inbox_pending", "Accepted activities that are not applied yet.")
        .set(double(pending));
}

void measure_client(metrics::Registry& registry, const char* use,
                    const client::ClientCounters& client) {
    registry.gauges("kith_client_requests_total", "Requests to peers.", {"use"})
        .with({use})
        .set(double(client.requests));
    registry.gauges("kith_client_responses_total", "Requests to peers that were answered.", {"use"})
        .with({use})
        .set(double(client.responses));
    registry.gauges("kith_client_in_flight", "Requests to peers under way.", {"use"})
        .with({use})
        .set(double(client.in_flight));
    auto& faults =
        registry.gauges("kith_client_faults_total",
                        "Requests to peers without an answer, by reason.", {"use", "fault"});
    for (std::size_t i = 0; i < client.faults.size(); ++i)
        if (client.faults[i] > 0)
            faults.with({use, std::string(client::to_string(client::TransportFault(i)))})
                .set(double(client.faults[i]));
}

void measure_delivery(metrics::Registry& registry, const delivery::LaneCounters& lanes,
                      const DeliveryBacklog& backlog) {
    auto& outcomes =
        registry.gauges("kith_deliveries_total", "Deliveries by what became of them.", {"outcome"});
    outcomes.with({"delivered"}).set(double(lanes.delivered));
    outcomes.with({"given_up"}).set(double(lanes.given_up));
    outcomes.with({"expired"}).set(double(lanes.expired));
    outcomes.with({"postponed"}).set(double(lanes.postponed));
    registry.gauge("kith_delivery_in_flight", "Deliveries under way.").set(lanes.in_flight);

    auto& peers =
        registry.gauges("kith_peers", "Hosts that something was sent to, by state.", {"state"});
    for (std::size_t state = 0; state < backlog.states.size(); ++state)
        peers.with({std::string(own_api::state_name(model::PeerState(state)))})
            .set(double(backlog.states[state]));

    auto& lag = registry.gauges("kith_peer_lag_seconds",
                                "Age of the oldest activity that waits for a host; 0 again when "
                                "nothing does.",
                                {"host"});
    lag.each([](const auto&, metrics::Gauge& gauge) { gauge.set(0); });
    double waiting = 0, oldest_s = 0;
    for (const auto& peer : backlog.peers) {
        const auto age_s = double(std::max<TimeMs>(0, backlog.now - peer.oldest_at)) / second_ms;
        waiting += double(peer.rows);
        oldest_s = std::max(oldest_s, age_s);
        lag.with({peer.host}).set(age_s);
    }
    registry.gauge("kith_delivery_waiting", "Deliveries that wait.").set(waiting);
    registry.gauge("kith_delivery_lag_seconds", "Age of the oldest activity that waits.")
        .set(oldest_s);
}

double resident_bytes() {
    long pages = 0, resident = 0;
    if (auto* file = std::fopen("/proc/self/statm", "r")) {
        if (std::fscanf(file, "%ld %ld", &pages, &resident) != 2) resident = 0;
        std::fclose(file);
    }
    return double(resident) * double(::sysconf(_SC_PAGESIZE));
}

}  // namespace

Result<DeliveryBacklog> delivery_backlog(sql::Db& db, const Clock& clock) {
    return db.read([&](sql::Tx& tx) -> Result<DeliveryBacklog> {
        return DeliveryBacklog{
            .peers = TRY(repo::peer_backlogs(tx, int(limits::metric_series_max))),
            .states = TRY(repo::peers_by_state(tx)),
            .now = clock.now_ms()};
    });
}

void measure(metrics::Registry& registry, const Measured& m) {
    measure_front(registry, m.front);
    measure_inbox(registry, m.inbox, m.inbox_pending);
    measure_delivery(registry, m.lanes, m.backlog);
    measure_client(registry, "fetch", m.fetching);
    measure_client(registry, "delivery", m.delivering);
    registry.gauge("process_resident_memory_bytes", "Resident memory.").set(resident_bytes());
}

}  // namespace kith
