#pragma once
#include "base/core/thread.hpp"
#include "federation/client/exchange.hpp"

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

namespace kith::client {

// Threads that sign: an RSA signature takes as long as curl needs for several requests, so it is
// kept off the thread that moves the bytes.
class SigningPool {
public:
    using Ready = std::function<void(std::unique_ptr<Exchange>, Result<>)>;

    // `ready` gets each exchange back with its signed_headers filled, or the signer's error, on a
    // thread of the pool.
    SigningPool(RequestSigner& signer, int threads, Ready ready);
    ~SigningPool() { stop(); }

    void submit(std::unique_ptr<Exchange>);

    // Ends the threads; what still waits goes to `ready` with an error.
    void stop();

private:
    void work();

    RequestSigner& signer_;
    const Ready ready_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<std::unique_ptr<Exchange>> waiting_;
    bool stopping_ = false;
    std::vector<Thread> threads_;
};

// The fields of this try: the caller's, and over them the signer's where there is an identity.
Result<> sign_exchange(RequestSigner&, Exchange&);

}  // namespace kith::client
