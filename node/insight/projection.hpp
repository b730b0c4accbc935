#pragma once
#include "base/core/thread.hpp"
#include "node/community/context.hpp"

#include <condition_variable>
#include <mutex>

namespace kith::insight {

// Projects the domain's events into the stream of community operations: a consumer like any other,
// which claims its own rows. Only what happens in local groups is kept.
class Projection {
public:
    explicit Projection(community::Context& context) : context_(context) {}
    ~Projection() { stop(); }

    Result<> start();
    void stop();

    // Projects what is open now; gives how many events it took. What start() does in its thread,
    // and what a report does first, so that it misses nothing.
    Result<int> catch_up();

private:
    void run();

    community::Context& context_;
    std::mutex mutex_, catching_up_;
    std::condition_variable wake_;
    bool stopping_ = false;
    Thread thread_;
};

}  // namespace kith::insight
