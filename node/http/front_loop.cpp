#include "node/http/front_loop.hpp"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

#include "base/core/log.hpp"
#include "node/http/listen_socket.hpp"

namespace kith::http {

namespace {

constexpr int accepts_in_a_row_max = 256;   // leaves room for others in a connect storm
constexpr TimeMs forced_stop_ms = 1'000;    // for workers to notice that their sockets are shut

bool is_out_of_resources(int error) {
    return error == EMFILE || error == ENFILE || error == ENOBUFS || error == ENOMEM;
}

}  // namespace

Front::Loop::Loop(FrontOptions options, const Clock& clock) : options_(std::move(options)) {
    const HttplibAdapter::Surroundings around{limits_, clock, options_.trusted_proxies, stats_};
    for (const auto& config : options_.lanes) {
        auto& lane_stats = stats_.lanes.emplace_back();
        lane_stats.name = config.name;
        lanes_.push_back(std::make_unique<Lane>(config, around, lane_stats, stopping_,
                                                [this](Connection& c) { mailbox_->give_back(c); }));
    }
}

Front::Loop::~Loop() {
    for (const auto& listener : listeners_)
        if (listener->descriptor >= 0) ::close(listener->descriptor);
    if (epoll_ >= 0) ::close(epoll_);
}

Result<> Front::Loop::open() {
    raise_open_files_limit();
    epoll_ = ::epoll_create1(EPOLL_CLOEXEC);
    epoll_event event{.events = EPOLLIN, .data = {.ptr = &wake_}};
    if (epoll_ < 0 || mailbox_->descriptor() < 0 ||
        ::epoll_ctl(epoll_, EPOLL_CTL_ADD, mailbox_->descriptor(), &event) != 0)
        return fail(Code::internal, "Cannot watch sockets", std::strerror(errno));
    return {};
}

Result<std::uint16_t> Front::Loop::listen(const std::string& address, std::uint16_t port,
                                          const Router& router, ListenerTag tag) {
    const auto socket = TRY(open_listen_socket(address, port));
    listeners_.push_back(std::make_unique<Listener>(socket.descriptor, router, tag));
    watch(*listeners_.back());
    if (!listeners_.back()->armed)
        return fail(Code::internal, "Cannot watch sockets", std::strerror(errno));
    return socket.port;
}

void Front::Loop::watch(Listener& listener) {
    epoll_event event{.events = EPOLLIN, .data = {.ptr = &static_cast<Watched&>(listener)}};
    listener.armed = ::epoll_ctl(epoll_, EPOLL_CTL_ADD, listener.descriptor, &event) == 0;
}

void Front::Loop::request_stop() {
    stopping_ = true;
    mailbox_->wake();
}

Front::Stop Front::Loop::run() {
    for (auto& lane : lanes_) lane->start();
    bool cut_off = false;
    while (!finished()) {
        handle_events();
        wheel_.advance(now_, [this](Connection& c) { on_deadline(c); });
        if (stopping_ && stop_deadline_ == 0) begin_stop();
        if (stop_deadline_ != 0 && now_ > stop_deadline_ && !std::exchange(cut_off, true))
            cut_off_all();
        for (auto& listener : listeners_)   // descriptors came free again
            if (!listener->armed && listener->descriptor >= 0 && !graves_.empty()) watch(*listener);
        graves_.clear();
    }
    const bool clean = connections_.empty();
    for (auto& lane : lanes_) lane->stop(clean ? Lane::End::join : Lane::End::detach);
    return clean ? Stop::clean : Stop::forced;
}

bool Front::Loop::finished() const {
    if (stop_deadline_ == 0) return false;
    return connections_.empty() || now_ >= stop_deadline_ + forced_stop_ms;
}

void Front::Loop::handle_events() {
    std::array<epoll_event, 256> events;
    const int n = ::epoll_wait(epoll_, events.data(), int(events.size()),
                               int(DeadlineWheel::slot_ms));
    now_ = steady_ms();
    for (int i = 0; i < n; ++i) {
        auto& watched = *static_cast<Watched*>(events[std::size_t(i)].data.ptr);
        switch (watched.kind) {
            case Watched::Kind::wake: read_mail(); break;
            case Watched::Kind::listener: accept_all(static_cast<Listener&>(watched)); break;
            case Watched::Kind::connection: on_event(static_cast<Connection&>(watched)); break;
        }
    }
}

// ---- coming ------------------------------------------------------------------------------------

void Front::Loop::accept_all(Listener& listener) {
    for (int i = 0; i < accepts_in_a_row_max && listener.descriptor >= 0; ++i) {
        const int descriptor =
            ::accept4(listener.descriptor, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
        if (descriptor >= 0) {
            admit_connection(descriptor, listener);
            continue;
        }
        const int error = errno;
        if (error == EINTR || error == ECONNABORTED) continue;
        if (is_out_of_resources(error)) {
            make_room();
            ::epoll_ctl(epoll_, EPOLL_CTL_DEL, listener.descriptor, nullptr);   // or it would spin
            listener.armed = false;
        }
        return;
    }
}

void Front::Loop::admit_connection(int descriptor, const Listener& listener) {
    auto owner = std::make_unique<Connection>(descriptor);
    auto& c = *owner;
    c.router = &listener.router;
    c.listener_tag = listener.tag;
    const int on = 1;
    ::setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    sockaddr_storage end{};
    socklen_t size = sizeof end;
    if (::getpeername(descriptor, reinterpret_cast<sockaddr*>(&end), &size) != 0) return;   // gone
    read_socket_address(end, c.peer.address, c.peer.port);
    size = sizeof end;
    if (::getsockname(descriptor, reinterpret_cast<sockaddr*>(&end), &size) == 0)
        read_socket_address(end, c.peer.local_address, c.peer.local_port);

    bool fits = connections_.size() < limits_.connections_max || make_room();
    if (!contains(options_.trusted_proxies, c.peer.address) &&
        !contains(options_.uncapped, c.peer.address)) {
        c.address_key = limit_key(c.peer.address);
        fits = ++per_address_[c.address_key] <= limits_.connections_per_address_max && fits;
    }
    ++stats_.connections_accepted;
    connections_.emplace(&c, std::move(owner));
    stats_.connections = connections_.size();
    wheel_.add(c, now_ + limits_.request_timeout_ms);
    epoll_event event{.events = EPOLLONESHOT, .data = {.ptr = &static_cast<Watched&>(c)}};
    if (::epoll_ctl(epoll_, EPOLL_CTL_ADD, descriptor, &event) != 0) return destroy(c);
    if (fits) {
        set_idle(c, true);
        return arm(c, EPOLLIN);
    }
    ++stats_.connections_refused;
    // Refused ones linger a while; beyond that margin they are not even told.
    if (connections_.size() > limits_.connections_max + limits_.connections_max / 8) destroy(c);
    else refuse(c, 503);
}

// Closes the oldest idle connection; RFC 9112 9.5 lets a server do so at any time.
bool Front::Loop::make_room() {
    if (idle_.empty()) return false;
    ++stats_.connections_evicted;
    destroy(*idle_.front());
    return true;
}

// ---- staying -----------------------------------------------------------------------------------

void Front::Loop::set_idle(Connection& c, bool idle) {
    if (idle == c.is_idle) return;
    c.is_idle = idle;
    if (idle) c.idle_place = idle_.insert(idle_.end(), &c);
    else idle_.erase(c.idle_place);
}

void Front::Loop::arm(Connection& c, std::uint32_t events) {
    epoll_event event{.events = events | EPOLLONESHOT, .data = {.ptr = &static_cast<Watched&>(c)}};
    ::epoll_ctl(epoll_, EPOLL_CTL_MOD, c.descriptor, &event);
}

void Front::Loop::on_deadline(Connection& c) {
    if (c.phase == Connection::Phase::parked) {
        ++stats_.park_timeouts;
        parking_.leave(c.parking_ticket);
        stats_.parked = parking_.size();
        return refuse(c, 503);
    }
    const bool mid_request =
        c.phase == Connection::Phase::receiving && (c.has_head || !c.in.empty());
    if (mid_request) refuse(c, 408);
    else destroy(c);
}

// ---- going -------------------------------------------------------------------------------------

void Front::Loop::destroy(Connection& c) {
    ::epoll_ctl(epoll_, EPOLL_CTL_DEL, c.descriptor, nullptr);
    wheel_.remove(c);
    set_idle(c, false);
    release_body(c);
    release_unread(c);
    c.is_dead = true;
    if (!c.address_key.empty())
        if (const auto count = per_address_.find(c.address_key); --count->second == 0)
            per_address_.erase(count);
    const auto found = connections_.find(&c);
    graves_.push_back(std::move(found->second));
    connections_.erase(found);
    stats_.connections = connections_.size();
}

void Front::Loop::begin_stop() {
    stop_deadline_ = now_ + limits_.stop_timeout_ms;
    for (auto& listener : listeners_) {   // new clients get "connection refused" at once
        ::close(listener->descriptor);
        listener->descriptor = -1;
    }
    while (!idle_.empty()) destroy(*idle_.front());
}

// Blocked reads and writes end now; a handler that computes cannot be ended.
void Front::Loop::cut_off_all() {
    log::warn("http.stop_forced", {{"connections", connections_.size()}});
    for (auto& [c, owner] : connections_) ::shutdown(c->descriptor, SHUT_RDWR);
}

}  // namespace kith::http
