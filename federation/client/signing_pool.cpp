#include "federation/client/signing_pool.hpp"

namespace kith::client {

Result<> sign_exchange(RequestSigner& signer, Exchange& exchange) {
    const Request& request = exchange.request;
    exchange.signed_headers = request.headers;
    const Url on_the_wire = request.url.ascii();
    const SigningRequest to_sign{*request.identity, to_string(request.method), on_the_wire,
                                 request.headers, exchange.body()};
    for (Header& field : TRY(signer.sign(to_sign))) {
        exchange.signed_headers.erase(field.name);
        exchange.signed_headers.add(std::move(field.name), std::move(field.value));
    }
    return {};
}

SigningPool::SigningPool(RequestSigner& signer, int threads, Ready ready)
    : signer_(signer), ready_(std::move(ready)) {
    for (int i = 0; i < threads; ++i) threads_.emplace_back("sign", [this] { work(); });
}

void SigningPool::submit(std::unique_ptr<Exchange> exchange) {
    {
        const std::lock_guard lock(mutex_);
        waiting_.push_back(std::move(exchange));
    }
    changed_.notify_one();
}

void SigningPool::stop() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    changed_.notify_all();
    threads_.clear();
    for (auto& exchange : waiting_) {
        ready_(std::move(exchange), fail(Code::unavailable, "stopped before signing"));
    }
    waiting_.clear();
}

void SigningPool::work() {
    std::unique_lock lock(mutex_);
    while (true) {
        changed_.wait(lock, [this] { return stopping_ || !waiting_.empty(); });
        if (stopping_) return;
        std::unique_ptr<Exchange> exchange = std::move(waiting_.front());
        waiting_.pop_front();
        lock.unlock();
        Result<> signed_now = sign_exchange(signer_, *exchange);
        ready_(std::move(exchange), std::move(signed_now));
        lock.lock();
    }
}

}  // namespace kith::client
