#pragma once
#include "base/core/clock.hpp"
#include "base/core/result.hpp"
#include "config/address.hpp"
#include "node/http/head.hpp"
#include "node/http/lane.hpp"
#include "node/http/limits.hpp"
#include "node/http/peer.hpp"
#include "node/http/stats.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace kith::http {

class Router;

// Which listener a request came by: the caller's own number, given to listen().
using ListenerTag = unsigned;

// What becomes of a request, decided from its head.
struct Admission {
    std::size_t lane = 0;                      // index into FrontOptions::lanes
    std::uint64_t body_bytes_max = 1 << 20;    // as sent, and again unpacked
    bool refuse_encoded = false;               // any Content-Encoding is 415
};

// Runs on the front's thread as soon as a head is there, so it must neither block nor throw.
using Admit = std::function<Admission(const Head&, ListenerTag)>;

// Lets a request wait, whole and at no thread's cost, for something that its handler will need: the
// key of a peer that has to be fetched first. Both functions run on the front's thread and must
// neither block nor throw. Outlives the front.
class ParkHook {
public:
    virtual ~ParkHook() = default;

    // What the request waits for, as a name that waiting requests are counted by (a host). Empty: a
    // worker may take it now.
    virtual std::string key(const Head&, ListenerTag) = 0;

    // Starts what is waited for and calls `resume` once, from any thread, also when it failed; the
    // handler finds out. Late and repeated calls do nothing, also after the front is gone.
    virtual void begin(const Head&, std::function<void()> resume) = 0;
};

// Takes connections over whose answer does not end: streams. Both functions run on the front's thread
// and must neither block nor throw. Outlives the front.
class Handover {
public:
    virtual ~Handover() = default;
    virtual bool wants(const Head&, ListenerTag) = 0;
    // An open socket, the request's head as it came, and the bytes that came after it.
    virtual void take(int descriptor, std::string head, std::string rest) = 0;
};

struct FrontOptions {
    Limits limits;
    std::vector<LaneConfig> lanes;
    Admit admit;
    ParkHook* park = nullptr;
    Handover* handover = nullptr;
    std::vector<Network> trusted_proxies;                  // whose X-Forwarded-For is believed
    std::vector<Network> uncapped = loopback_networks();   // besides them: no cap on connections
    // For bodies above limits.body_memory_bytes_max. Writes to it block the front, so it belongs on
    // a disk that does not stall (tmpfs, or the page cache of a local file system).
    std::string spool_directory = "/tmp";
};

// Accepts, waits for clients, refuses what is malformed, and hands whole requests to lanes. run()
// blocks its caller; request_stop() may come from any thread or a signal handler.
class Front {
public:
    // Code::internal where the system refuses a descriptor. Raises the process's limit of open files
    // as far as it may. `clock` outlives the front.
    static Result<std::unique_ptr<Front>> open(FrontOptions, const Clock& clock);
    ~Front();

    // Before run(), once per port; `router` outlives the front. Port 0 lets the system choose. An
    // IPv6 wildcard takes IPv4 clients too. Returns the bound port. Code::unavailable with the
    // system's reason where the address cannot be had.
    Result<std::uint16_t> listen(const std::string& address, std::uint16_t port, const Router& router,
                                 ListenerTag tag = 0);

    // Until stopped: running and waiting requests are still answered, idle connections closed.
    // `forced`: a handler outlived limits.stop_timeout_ms; its thread still runs and uses this
    // object, so the caller ends the process with std::_Exit.
    enum class Stop { clean, forced };
    Stop run();
    void request_stop();

    const FrontStats& stats() const;

private:
    class Loop;
    explicit Front(std::unique_ptr<Loop>);
    std::unique_ptr<Loop> loop_;
};

}  // namespace kith::http
