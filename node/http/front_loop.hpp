#pragma once
#include "node/http/deadline_wheel.hpp"
#include "node/http/front.hpp"
#include "node/http/mailbox.hpp"
#include "node/http/parking.hpp"

#include <atomic>
#include <list>
#include <memory>
#include <unordered_map>
#include <vector>

namespace kith::http {

// The front's one thread. front_loop.cpp has what concerns connections as such (accept, caps, stop),
// front_requests.cpp the way of one request.
class Front::Loop {
public:
    Loop(FrontOptions, const Clock&);
    Loop(const Loop&) = delete;
    Loop& operator=(const Loop&) = delete;
    ~Loop();

    Result<> open();
    Result<std::uint16_t> listen(const std::string& address, std::uint16_t port, const Router&,
                                 ListenerTag);
    Front::Stop run();
    void request_stop();
    const FrontStats& stats() const { return stats_; }

private:
    struct Listener : Watched {
        Listener(int d, const Router& r, ListenerTag t)
            : Watched(Kind::listener), descriptor(d), router(r), tag(t) {}
        int descriptor;
        const Router& router;
        const ListenerTag tag;
        bool armed = false;
    };

    // ---- connections
    void handle_events();
    void watch(Listener&);
    void accept_all(Listener&);
    void admit_connection(int descriptor, const Listener&);
    bool make_room();
    void set_idle(Connection&, bool idle);
    void arm(Connection&, std::uint32_t events);
    void destroy(Connection&);
    void on_deadline(Connection&);
    void begin_stop();
    void cut_off_all();
    bool finished() const;

    // ---- requests
    void on_event(Connection&);
    void read_mail();
    void receive(Connection&);
    void advance(Connection&);
    bool take_head(Connection&);
    bool collect_body(Connection&);
    void hand_on(Connection&);
    void hand_over(Connection&);
    void enqueue(Connection&);
    void release_body(Connection&);
    void refuse(Connection&, int status);
    void write_out(Connection&);
    bool count_unread(Connection&);
    void release_unread(Connection&);
    void answered(Connection&);
    void linger(Connection&);
    TimeMs transfer_time(std::uint64_t bytes) const;

    const FrontOptions options_;
    const Limits& limits_ = options_.limits;
    FrontStats stats_;
    std::atomic<bool> stopping_{false};
    const std::shared_ptr<Mailbox> mailbox_ = std::make_shared<Mailbox>();
    std::vector<std::unique_ptr<Lane>> lanes_;

    int epoll_ = -1;
    Watched wake_{Watched::Kind::wake};
    std::vector<std::unique_ptr<Listener>> listeners_;
    TimeMs now_ = steady_ms();
    TimeMs stop_deadline_ = 0;   // 0: not stopping
    DeadlineWheel wheel_{now_};
    std::unordered_map<Connection*, std::unique_ptr<Connection>> connections_;
    std::vector<std::unique_ptr<Connection>> graves_;   // freed after the batch of events
    std::list<Connection*> idle_;                       // the oldest first
    std::unordered_map<std::string, std::size_t> per_address_;
    Parking parking_{limits_};
};

}  // namespace kith::http
