#pragma once
#include <functional>
#include <string>
#include <thread>

namespace kith {

// The one way to start a thread: it has a name (seen in `top -H`), signals stay with the main
// thread, and an exception that reaches its edge is logged and ends the process, because a silent
// half of a server is worse than a restart. Joined by the destructor.
class Thread {
public:
    Thread() = default;
    Thread(std::string name, std::function<void()> body);
    Thread(Thread&&) = default;
    Thread& operator=(Thread&&) = default;
    ~Thread() { join(); }

    void join();
    void detach() { thread_.detach(); }
    bool joinable() const { return thread_.joinable(); }

private:
    std::thread thread_;
};

}  // namespace kith
