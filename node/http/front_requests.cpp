#include "node/http/front_loop.hpp"
#include "node/http/refusal.hpp"

#include <fcntl.h>
#include <sys/epoll.h>
#include <sys/socket.h>

#include <array>
#include <cerrno>
#include <utility>

namespace kith::http {

namespace {

constexpr std::size_t receive_bytes = 64 * 1024;
constexpr std::size_t waste_bytes = 16 * 1024;
constexpr std::size_t kept_capacity_bytes = 4 * 1024;   // idle connections stay small

void shrink(std::string& buffer) {
    if (buffer.capacity() > kept_capacity_bytes) std::string().swap(buffer);
}

bool would_block(int error) { return error == EAGAIN || error == EWOULDBLOCK || error == EINTR; }

}  // namespace

void Front::Loop::on_event(Connection& c) {
    if (c.is_dead) return;
    switch (c.phase) {
        case Connection::Phase::receiving: return receive(c);
        case Connection::Phase::writing: return write_out(c);
        case Connection::Phase::lingering: return linger(c);
        case Connection::Phase::parked:
        case Connection::Phase::working: return;   // ONESHOT: not armed
    }
}

void Front::Loop::receive(Connection& c) {
    std::array<char, receive_bytes> buffer;  // not thread_local: every thread would pay for it
    const auto n = ::recv(c.descriptor, buffer.data(), buffer.size(), 0);
    if (n < 0 && would_block(errno)) return arm(c, EPOLLIN);
    if (n <= 0) return destroy(c);   // half-closed: all complete requests before it are answered
    if (c.is_idle) {
        set_idle(c, false);
        c.started = now_;
        wheel_.move(c, now_ + limits_.request_timeout_ms);
    }
    c.in.append(buffer.data(), std::size_t(n));
    advance(c);
}

// Looks for the next request in c.in and does what is due: wait, refuse or hand on.
void Front::Loop::advance(Connection& c) {
    if (!c.has_head && !take_head(c)) return;
    if (collect_body(c)) hand_on(c);
}

// True when the head is there and admitted.
bool Front::Loop::take_head(Connection& c) {
    drop_leading_empty_line(c.in, c.scan);
    int status = 0;
    const auto end = find_head_end(c.in, c.scan, limits_, status);
    if (status != 0) return refuse(c, status), false;
    if (!end) return arm(c, EPOLLIN), false;
    c.head.text.assign(c.in, 0, *end);
    c.in.erase(0, *end);
    c.scan = {};
    c.has_head = true;
    if ((status = parse_head(c.head, limits_)) != 0) return refuse(c, status), false;

    if (options_.handover && !c.head.has_body() && options_.handover->wants(c.head, c.listener_tag))
        return hand_over(c), false;
    const auto admission = options_.admit(c.head, c.listener_tag);
    if (c.head.encoded && (!c.head.gzip || admission.refuse_encoded))
        return refuse(c, 415), false;
    c.lane = admission.lane;
    c.body_bytes_max = admission.body_bytes_max;
    c.body.begin(c.head, admission.body_bytes_max, limits_, options_.spool_directory);
    if (c.head.expect_continue && c.in.empty() &&
        c.head.content_length <= admission.body_bytes_max) {
        c.out += "HTTP/1.1 100 Continue\r\n\r\n";
        if (!send_pending(c)) return destroy(c), false;
    }
    return true;
}

// To who keeps it open: the front knows of it no more.
void Front::Loop::hand_over(Connection& c) {
    const int descriptor = ::fcntl(c.descriptor, F_DUPFD_CLOEXEC, 0);
    if (descriptor < 0) return refuse(c, 503);
    options_.handover->take(descriptor, c.head.text, std::move(c.in));
    destroy(c);
}

// True when the body is whole. Otherwise the connection waits for more, or is refused.
bool Front::Loop::collect_body(Connection& c) {
    const auto before = c.body.size();
    const auto state = c.body.take(c.in);
    stats_.bodies_bytes += c.body.size() - before;
    switch (state) {
        case BodyCollector::State::complete: return true;
        case BodyCollector::State::broken: return refuse(c, 400), false;
        case BodyCollector::State::too_large: return refuse(c, 413), false;
        case BodyCollector::State::no_room: return refuse(c, 503), false;
        case BodyCollector::State::incomplete: break;
    }
    if (stats_.bodies_bytes > limits_.bodies_bytes_max) return refuse(c, 503), false;
    wheel_.move(c, c.started + limits_.request_timeout_ms + transfer_time(c.body.size()));
    arm(c, EPOLLIN);
    return false;
}

// The request is whole: to a worker, or to wait for what the worker will need.
void Front::Loop::hand_on(Connection& c) {
    const auto key = options_.park ? options_.park->key(c.head, c.listener_tag) : std::string();
    if (key.empty()) return enqueue(c);
    const auto ticket = parking_.enter(c, key);
    if (!ticket) return refuse(c, 503);
    ++stats_.parked_total;
    stats_.parked = parking_.size();
    c.phase = Connection::Phase::parked;
    c.parking_ticket = *ticket;
    wheel_.move(c, now_ + limits_.park_timeout_ms);
    options_.park->begin(c.head, [box = mailbox_, t = *ticket] { box->resume(t); });
}

void Front::Loop::enqueue(Connection& c) {
    wheel_.move(c, 0);
    if (!lanes_[c.lane]->enqueue(c)) refuse(c, 503);
}

void Front::Loop::read_mail() {
    const auto mail = mailbox_->take();
    for (const auto ticket : mail.resumed)
        if (auto* c = parking_.leave(ticket)) enqueue(*c);
    stats_.parked = parking_.size();
    for (auto* c : mail.returned) {
        c->has_head = false;
        release_body(*c);
        if (c->unsent() == 0) answered(*c);
        else write_out(*c);
    }
}

void Front::Loop::release_body(Connection& c) {
    stats_.bodies_bytes -= c.body.size();
    c.body.reset();
}

void Front::Loop::refuse(Connection& c, int status) {
    ++stats_.refusals;
    set_idle(c, false);
    c.out += refusal(status);
    c.close_after = true;
    write_out(c);
}

// The rest of an answer that the socket did not take at once: a slow reader costs no worker.
void Front::Loop::write_out(Connection& c) {
    if (c.phase != Connection::Phase::writing) {
        c.phase = Connection::Phase::writing;
        wheel_.move(c, now_ + limits_.transfer_grace_ms + transfer_time(c.unsent()));
    }
    if (!send_pending(c)) return destroy(c);
    if (c.unsent() == 0) return answered(c);
    if (c.out_counted == 0 && !count_unread(c)) return destroy(c);
    arm(c, EPOLLOUT);
}

// Many large answers that nobody reads must not take the machine's memory.
bool Front::Loop::count_unread(Connection& c) {
    if (stats_.answers_bytes + c.out.size() > limits_.answers_bytes_max)
        return ++stats_.answers_dropped, false;
    c.out_counted = c.out.size();
    stats_.answers_bytes += c.out_counted;
    return true;
}

void Front::Loop::release_unread(Connection& c) {
    stats_.answers_bytes -= std::exchange(c.out_counted, 0);
}

void Front::Loop::answered(Connection& c) {
    release_unread(c);
    shrink(c.out);
    if (c.close_after) {
        ::shutdown(c.descriptor, SHUT_WR);
        c.phase = Connection::Phase::lingering;
        wheel_.move(c, now_ + limits_.linger_timeout_ms);
        return linger(c);
    }
    c.phase = Connection::Phase::receiving;
    if (c.in.empty()) {
        if (stop_deadline_ != 0) return destroy(c);
        shrink(c.in);
        set_idle(c, true);
        wheel_.move(c, now_ + limits_.idle_timeout_ms);
        return arm(c, EPOLLIN);
    }
    c.started = now_;
    wheel_.move(c, now_ + limits_.request_timeout_ms);
    advance(c);   // a pipelined request; not deeper, since it goes through a queue or ends here
}

// Closing with unread input would reset the connection and destroy the answer on its way.
void Front::Loop::linger(Connection& c) {
    std::array<char, waste_bytes> waste;
    const auto n = ::recv(c.descriptor, waste.data(), waste.size(), 0);
    if (n > 0) c.lingered_bytes += std::size_t(n);
    const bool open = n > 0 || (n < 0 && would_block(errno));
    if (open && c.lingered_bytes < limits_.linger_bytes_max) arm(c, EPOLLIN);
    else destroy(c);
}

TimeMs Front::Loop::transfer_time(std::uint64_t bytes) const {
    return TimeMs(bytes / std::uint64_t(limits_.transfer_rate_min_bytes_per_ms));
}

}  // namespace kith::http
