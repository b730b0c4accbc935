#pragma once
#include "base/core/thread.hpp"
#include "federation/client/curl_transfer.hpp"
#include "federation/client/curl_transport.hpp"
#include "federation/client/lanes.hpp"
#include "federation/client/signing_pool.hpp"

#include <curl/curl.h>
#include <memory>
#include <mutex>
#include <unordered_map>
#include <vector>

namespace kith::client {

// The thread behind CurlTransport. An exchange goes: arrived → checked → waits for a place in its
// host's lane → signed in the pool → on curl's hands → answered, tried again, or turned to where a
// redirect leads, which is to arrive anew. Everything but send() and the signing is on this thread.
class CurlTransport::Loop {
public:
    // Takes the two handles over; both are valid.
    Loop(ClientSettings, RequestSigner*, CURLM*, CURLSH*);
    ~Loop();

    void send(Request, Done);
    const ClientCounters& counters() const { return counters_; }

private:
    using ExchangePtr = std::unique_ptr<Exchange>;
    struct Signed {
        ExchangePtr exchange;
        Result<> result;
    };
    struct Arrivals {
        std::vector<ExchangePtr> sent;
        std::vector<Signed> signed_now;
        bool stopping = false;
    };

    void run();
    void run_down();
    Arrivals take_arrivals();
    void wake_for(bool was_empty);

    void admit(ExchangePtr);
    void expire_waiting();
    void begin_waiting();
    void begin(ExchangePtr);
    void take_signed(Signed);
    void start(ExchangePtr);
    void conclude_finished();
    void conclude(CurlTransfer&, CURLcode);
    void continue_or_finish(ExchangePtr, Outcome);

    void finish(ExchangePtr, Outcome);
    void answer(ExchangePtr, Outcome);

    std::unique_ptr<CurlTransfer> take_transfer();
    void recycle(CurlTransfer&);

    const ClientSettings settings_;
    CURLM* const multi_;
    const TransferContext context_;
    ClientCounters counters_;
    Lanes<ExchangePtr> lanes_;
    std::unordered_map<CurlTransfer*, std::unique_ptr<CurlTransfer>> running_;
    std::vector<std::unique_ptr<CurlTransfer>> idle_;
    std::int64_t next_expiry_ms_ = 0;

    std::mutex mutex_;
    Arrivals arrivals_;
    std::unique_ptr<SigningPool> pool_;
    Thread thread_;
};

}  // namespace kith::client
