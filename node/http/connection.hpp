#pragma once
#include "base/core/clock.hpp"
#include "base/core/descriptor.hpp"
#include "node/http/body_collector.hpp"
#include "node/http/peer.hpp"

#include <unistd.h>

#include <cstdint>
#include <list>
#include <string>

namespace kith::http {

class Router;

// What an epoll event can name.
struct Watched {
    enum class Kind { wake, listener, connection };
    explicit Watched(Kind k) : kind(k) {}
    const Kind kind;
};

// One socket. Exactly one thread owns it: the front, or (in phase `working`) one worker. Ownership
// passes through two mutex-guarded queues, which is all the synchronisation there is. Only the front
// destroys it, so the descriptor is closed once.
struct Connection : Watched {
    enum class Phase { receiving, parked, working, writing, lingering };

    explicit Connection(int socket) : Watched(Kind::connection), descriptor(socket) {}
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;
    ~Connection() { ::close(descriptor); }

    const int descriptor;
    Peer peer;
    const Router* router = nullptr;   // of the listener that it came by
    unsigned listener_tag = 0;
    std::string address_key;          // what connections are counted by; empty: not counted
    Phase phase = Phase::receiving;

    std::string in;                   // received, not yet used; keeps pipelined requests
    HeadScan scan;
    Head head;
    bool has_head = false;            // head is filled and its text no longer in `in`
    BodyCollector body;               // whole before a worker sees the request
    std::uint64_t body_bytes_max = 0;
    std::size_t lane = 0;
    TimeMs started = 0;               // first byte of this request; steady time, as all here
    std::uint64_t parking_ticket = 0;

    std::string out;                  // what the socket did not take at once
    std::size_t out_sent = 0;
    FilePart file;                    // what follows `out` of an answer that is a file
    std::size_t out_counted = 0;      // of `out`, in the budget for unread answers
    bool close_after = false;
    int requests = 0;
    std::size_t lingered_bytes = 0;

    TimeMs deadline = 0;              // 0: none. The three belong to DeadlineWheel
    std::list<Connection*>::iterator wheel_place;
    std::size_t wheel_slot = 0;
    std::list<Connection*>::iterator idle_place;   // valid while is_idle
    bool is_idle = false;
    bool is_dead = false;             // destroyed, but an event of the batch under way may name it

    std::uint64_t unsent() const { return out.size() - out_sent + file.size; }
};

// Sends what the socket takes now, of a file limits::http_file_turn_bytes at most, so that others get
// their turn. False when the peer is gone, or the file is shorter than it was.
bool send_pending(Connection&);

}  // namespace kith::http
