#include "federation/client/curl_loop.hpp"

#include "config/limits/client.hpp"

#include <limits>

namespace kith::client {
namespace {

constexpr int poll_ms = 60'000;  // curl's own timers and curl_multi_wakeup end it sooner
constexpr int expiry_ms = 100;   // how late a waiting request may learn that its time is over

}  // namespace

CurlTransport::Loop::Loop(ClientSettings settings, RequestSigner* signer, CURLM* multi,
                          CURLSH* share)
    : settings_(std::move(settings)),
      multi_(multi),
      context_{share, AddressGuard(settings_.rules.private_addresses), settings_.user_agent,
               settings_.resolve},
      lanes_({settings_.in_flight_max, settings_.in_flight_per_host_max, settings_.waiting_max}) {
    // The lanes bound how many connections are open; this, how many are kept without use.
    curl_multi_setopt(multi_, CURLMOPT_MAXCONNECTS,
                      static_cast<long>(limits::client_idle_connections_max));
    if (signer) {
        pool_ = std::make_unique<SigningPool>(
            *signer, settings_.signers, [this](ExchangePtr exchange, Result<> result) {
                bool was_empty = false;
                {
                    const std::lock_guard lock(mutex_);
                    was_empty = arrivals_.sent.empty() && arrivals_.signed_now.empty();
                    arrivals_.signed_now.push_back({std::move(exchange), std::move(result)});
                }
                wake_for(was_empty);
            });
    }
    thread_ = Thread("curl", [this] { run(); });
}

CurlTransport::Loop::~Loop() {
    {
        const std::lock_guard lock(mutex_);
        arrivals_.stopping = true;
    }
    curl_multi_wakeup(multi_);
    thread_.join();
    idle_.clear();
    curl_multi_cleanup(multi_);
    curl_share_cleanup(context_.share);
}

void CurlTransport::Loop::send(Request request, Done done) {
    ++counters_.requests;
    const std::int64_t deadline_ms = steady_ms() + request.timeout_ms;
    auto exchange = std::make_unique<Exchange>(std::move(request), std::move(done), deadline_ms);
    bool was_empty = false;
    {
        const std::lock_guard lock(mutex_);
        if (!arrivals_.stopping) {
            was_empty = arrivals_.sent.empty() && arrivals_.signed_now.empty();
            arrivals_.sent.push_back(std::move(exchange));
        }
    }
    if (exchange)
        answer(std::move(exchange), fault(TransportFault::stopped, "shutting down"));
    else
        wake_for(was_empty);
}

// One wake-up serves all that arrive before the thread looks.
void CurlTransport::Loop::wake_for(bool was_empty) {
    if (was_empty) curl_multi_wakeup(multi_);
}

CurlTransport::Loop::Arrivals CurlTransport::Loop::take_arrivals() {
    const std::lock_guard lock(mutex_);
    Arrivals taken;
    taken.sent.swap(arrivals_.sent);
    taken.signed_now.swap(arrivals_.signed_now);
    taken.stopping = arrivals_.stopping;
    return taken;
}

void CurlTransport::Loop::run() {
    while (true) {
        Arrivals arrivals = take_arrivals();
        for (ExchangePtr& exchange : arrivals.sent) admit(std::move(exchange));
        for (Signed& one : arrivals.signed_now) take_signed(std::move(one));
        if (arrivals.stopping) return run_down();

        expire_waiting();
        begin_waiting();
        int still_running = 0;
        curl_multi_perform(multi_, &still_running);
        conclude_finished();
        begin_waiting();  // in the places that have just become free

        counters_.in_flight = lanes_.in_flight();
        counters_.waiting = lanes_.waiting();
        curl_multi_poll(multi_, nullptr, 0, lanes_.waiting() > 0 ? expiry_ms : poll_ms, nullptr);
    }
}

void CurlTransport::Loop::run_down() {
    const auto stopped = [] { return fault(TransportFault::stopped, "shutting down"); };
    if (pool_) pool_->stop();
    Arrivals arrivals = take_arrivals();
    for (Signed& one : arrivals.signed_now) finish(std::move(one.exchange), stopped());
    for (auto& [transfer, owner] : running_) {
        curl_multi_remove_handle(multi_, transfer->handle());
        finish(transfer->release(), stopped());
    }
    running_.clear();
    for (auto& exchange : lanes_.take_expired(std::numeric_limits<std::int64_t>::max())) {
        answer(std::move(exchange), stopped());
    }
}

void CurlTransport::Loop::admit(ExchangePtr exchange) {
    if (auto refusal = refuse_url(settings_.rules, exchange->request.url)) {
        return answer(std::move(exchange), tl::unexpected(std::move(*refusal)));
    }
    exchange->lane = exchange->request.url.host_port();
    const std::string lane = exchange->lane;
    const std::int64_t deadline_ms = exchange->deadline_ms;
    if (lanes_.enqueue(lane, std::move(exchange), deadline_ms)) return;
    answer(std::move(exchange), fault(TransportFault::overloaded, "too many requests wait"));
}

void CurlTransport::Loop::expire_waiting() {
    const std::int64_t now_ms = steady_ms();
    if (lanes_.waiting() == 0 || now_ms < next_expiry_ms_) return;
    next_expiry_ms_ = now_ms + expiry_ms;
    for (auto& exchange : lanes_.take_expired(now_ms)) {
        answer(std::move(exchange),
               fault(TransportFault::overloaded, "no place became free before the deadline"));
    }
}

void CurlTransport::Loop::begin_waiting() {
    while (auto exchange = lanes_.next()) begin(std::move(*exchange));
}

void CurlTransport::Loop::begin(ExchangePtr exchange) {
    if (!exchange->request.identity) {
        exchange->signed_headers = exchange->request.headers;
        return start(std::move(exchange));
    }
    if (pool_) return pool_->submit(std::move(exchange));
    finish(std::move(exchange), fault(TransportFault::signing, "this transport has no signer"));
}

void CurlTransport::Loop::take_signed(Signed one) {
    if (one.result) return start(std::move(one.exchange));
    const Error& error = one.result.error();
    finish(std::move(one.exchange),
           fault(TransportFault::signing, error.safe_text + ": " + error.detail));
}

void CurlTransport::Loop::start(ExchangePtr exchange) {
    const TimeMs left_ms = exchange->deadline_ms - steady_ms();
    if (left_ms <= 0) {
        return finish(std::move(exchange), fault(TransportFault::timeout, "out of time"));
    }
    const std::size_t body_bytes = exchange->body().size();
    std::unique_ptr<CurlTransfer> transfer = take_transfer();
    if (!transfer->prepare(std::move(exchange), left_ms) ||
        curl_multi_add_handle(multi_, transfer->handle()) != CURLM_OK) {
        return finish(transfer->release(), fault(TransportFault::overloaded, "curl has no memory"));
    }
    counters_.sent_body_bytes += body_bytes;
    CurlTransfer* const key = transfer.get();
    running_.emplace(key, std::move(transfer));
}

void CurlTransport::Loop::conclude_finished() {
    int left = 0;
    while (CURLMsg* message = curl_multi_info_read(multi_, &left)) {
        if (message->msg != CURLMSG_DONE) continue;
        CURL* const easy = message->easy_handle;
        const CURLcode code = message->data.result;
        char* transfer = nullptr;
        curl_easy_getinfo(easy, CURLINFO_PRIVATE, &transfer);
        curl_multi_remove_handle(multi_, easy);  // `message` is gone after this
        conclude(*reinterpret_cast<CurlTransfer*>(transfer), code);
    }
}

void CurlTransport::Loop::conclude(CurlTransfer& transfer, CURLcode code) {
    counters_.received_body_bytes += transfer.received_bytes();
    if (transfer.died_on_kept_connection(code)) {
        ++counters_.second_tries;
        ExchangePtr exchange = transfer.release();
        recycle(transfer);
        exchange->on_fresh_connection = true;
        return begin(std::move(exchange));
    }
    Outcome outcome = transfer.conclude(code);
    ExchangePtr exchange = transfer.release();
    recycle(transfer);
    continue_or_finish(std::move(exchange), std::move(outcome));
}

void CurlTransport::Loop::continue_or_finish(ExchangePtr exchange, Outcome outcome) {
    if (!outcome || !is_redirect(outcome->status)) {
        return finish(std::move(exchange), std::move(outcome));
    }
    auto followed = follow_redirect(*exchange, *outcome);
    if (!followed) {
        return finish(std::move(exchange), tl::unexpected(std::move(followed).error()));
    }
    ++counters_.redirects;
    lanes_.release(exchange->lane);
    admit(std::move(exchange));
}

// Ends an exchange that holds a place in a lane.
void CurlTransport::Loop::finish(ExchangePtr exchange, Outcome outcome) {
    lanes_.release(exchange->lane);
    answer(std::move(exchange), std::move(outcome));
}

void CurlTransport::Loop::answer(ExchangePtr exchange, Outcome outcome) {
    if (outcome)
        ++counters_.responses;
    else
        ++counters_.faults[static_cast<std::size_t>(outcome.error().fault)];
    exchange->done(std::move(outcome));
}

std::unique_ptr<CurlTransfer> CurlTransport::Loop::take_transfer() {
    if (idle_.empty()) return std::make_unique<CurlTransfer>(context_);
    std::unique_ptr<CurlTransfer> transfer = std::move(idle_.back());
    idle_.pop_back();
    return transfer;
}

void CurlTransport::Loop::recycle(CurlTransfer& transfer) {
    auto node = running_.extract(&transfer);
    if (idle_.size() < limits::client_idle_handles_max) idle_.push_back(std::move(node.mapped()));
}

}  // namespace kith::client
