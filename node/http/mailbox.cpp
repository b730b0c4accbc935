#include "node/http/mailbox.hpp"

#include <sys/eventfd.h>

#include <utility>

namespace kith::http {

Mailbox::Mailbox() : descriptor_(::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)) {}

Mailbox::~Mailbox() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

void Mailbox::wake() { [[maybe_unused]] const auto n = ::eventfd_write(descriptor_, 1); }

void Mailbox::give_back(Connection& c) {
    bool first = false;
    {
        std::lock_guard lock(mutex_);
        first = mail_.returned.empty();
        mail_.returned.push_back(&c);
    }
    if (first) wake();
}

void Mailbox::resume(std::uint64_t ticket) {
    {
        std::lock_guard lock(mutex_);
        mail_.resumed.push_back(ticket);
    }
    wake();
}

Mailbox::Mail Mailbox::take() {
    eventfd_t count = 0;
    ::eventfd_read(descriptor_, &count);
    std::lock_guard lock(mutex_);
    return std::exchange(mail_, {});
}

}  // namespace kith::http
