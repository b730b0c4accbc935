#include "node/http/front.hpp"

#include <utility>

#include "node/http/front_loop.hpp"

namespace kith::http {

Front::Front(std::unique_ptr<Loop> loop) : loop_(std::move(loop)) {}
Front::~Front() = default;

Result<std::unique_ptr<Front>> Front::open(FrontOptions options, const Clock& clock) {
    auto loop = std::make_unique<Loop>(std::move(options), clock);
    TRY(loop->open());
    return std::unique_ptr<Front>(new Front(std::move(loop)));
}

Result<std::uint16_t> Front::listen(const std::string& address, std::uint16_t port,
                                    const Router& router, ListenerTag tag) {
    return loop_->listen(address, port, router, tag);
}

Front::Stop Front::run() { return loop_->run(); }
void Front::request_stop() { loop_->request_stop(); }
const FrontStats& Front::stats() const { return loop_->stats(); }

}  // namespace kith::http
