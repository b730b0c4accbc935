#include "federation/delivery/mailbox.hpp"

#include <chrono>
#include <utility>

#include "config/limits/delivery.hpp"

namespace kith::delivery {

bool Mailbox::has_mail() const {
    return !mail_.answers.empty() || !mail_.queued.empty() || !mail_.spoke.empty() || stopping_;
}

void Mailbox::answer(Answer answer) {
    std::lock_guard lock(mutex_);
    mail_.answers.push_back(std::move(answer));
    changed_.notify_all();
}

void Mailbox::queued(const std::set<std::string>& hosts) {
    std::lock_guard lock(mutex_);
    mail_.queued.insert(hosts.begin(), hosts.end());
    changed_.notify_all();
}

void Mailbox::spoke(std::string_view host, TimeMs now) {
    std::lock_guard lock(mutex_);
    if (troubled_.empty()) return;
    const auto at = troubled_.find(std::string(host));
    if (at == troubled_.end() || now - at->second < limits::delivery_revive_ms) return;
    at->second = now;
    mail_.spoke.emplace_back(host);
    changed_.notify_all();
}

void Mailbox::stop() {
    std::lock_guard lock(mutex_);
    stopping_ = true;
    changed_.notify_all();
}

Mailbox::Mail Mailbox::take() {
    std::lock_guard lock(mutex_);
    return std::exchange(mail_, {});
}

bool Mailbox::wait(const Clock& clock, TimeMs until_ms) {
    std::unique_lock lock(mutex_);
    clock.wait_until(changed_, lock, until_ms, [this] { return has_mail(); });
    return !stopping_;
}

bool Mailbox::wait_for_answer(int timeout_ms) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, std::chrono::milliseconds(timeout_ms),
                             [this] { return !mail_.answers.empty(); });
}

void Mailbox::set_troubled(const std::string& host, bool troubled) {
    std::lock_guard lock(mutex_);
    if (troubled)
        troubled_.try_emplace(host, 0);
    else
        troubled_.erase(host);
}

}  // namespace kith::delivery
