#pragma once
#include "config/limits/client.hpp"
#include "federation/client/transport.hpp"
#include "federation/client/url_rules.hpp"

#include <array>
#include <atomic>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>

namespace kith::client {

// "kith/0.1.0 (+https://social.example/)": peers' operators see whose node it is.
std::string user_agent(std::string_view version, std::string_view origin);

struct ClientSettings {
    UrlRules rules;
    std::string user_agent;
    std::map<std::string, std::string, std::less<>>
        resolve;  // host → address literal; guarded like any other
    int in_flight_max = limits::client_in_flight_max;
    int in_flight_per_host_max = limits::client_in_flight_per_host_max;
    int waiting_max = limits::client_waiting_max;
    int signers = limits::client_signers;
};

// Since the start; read at any time from any thread.
struct ClientCounters {
    std::atomic<std::uint64_t> requests{0};   // send() calls
    std::atomic<std::uint64_t> responses{0};  // that ended with an answer
    std::atomic<std::uint64_t> redirects{0};  // followed
    std::atomic<std::uint64_t> second_tries{0};
    std::atomic<std::uint64_t> sent_body_bytes{0};
    std::atomic<std::uint64_t> received_body_bytes{0};
    std::array<std::atomic<std::uint64_t>, transport_fault_count> faults{};  // by TransportFault
    std::atomic<int> in_flight{0};
    std::atomic<int> waiting{0};
};

// The transport over HTTP/1.1 and HTTP/2: one curl multi handle on a thread of its own, with kept
// connections and handles, and a small pool of threads that sign. Fetches and deliveries use one
// each, so that neither waits for the other. `done` runs on the curl thread.
class CurlTransport final : public Transport {
public:
    // `signer` may be null where nothing is signed, and lives longer than the transport. Errors:
    // Code::internal where curl cannot be set up.
    static Result<std::unique_ptr<CurlTransport>> open(ClientSettings, RequestSigner* signer);

    // What is under way ends with TransportFault::stopped.
    ~CurlTransport() override;

    void send(Request, Done) override;
    const ClientCounters& counters() const;

private:
    class Loop;
    explicit CurlTransport(std::unique_ptr<Loop>);
    std::unique_ptr<Loop> loop_;
};

}  // namespace kith::client
