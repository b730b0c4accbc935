#include "base/core/thread.hpp"

#include "base/core/log.hpp"

#include <cstdlib>
#include <exception>
#include <pthread.h>
#include <signal.h>

namespace kith {

Thread::Thread(std::string name, std::function<void()> body) {
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);   // a new thread inherits its maker's mask
    thread_ = std::thread([name = std::move(name), body = std::move(body)] {
        pthread_setname_np(pthread_self(), name.substr(0, 15).c_str());
        try {
            body();
        } catch (const std::exception& e) {
            log::error("thread.died", {{"thread", name}, {"what", e.what()}});
            std::abort();
        }
    });
    pthread_sigmask(SIG_SETMASK, &before, nullptr);
}

void Thread::join() {
    if (thread_.joinable()) thread_.join();
}

}  // namespace kith
