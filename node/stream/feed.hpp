#pragma once
#include "base/core/thread.hpp"
#include "node/community/context.hpp"
#include "node/stream/message.hpp"
#include "node/stream/voice.hpp"
#include "storage/model/event.hpp"

#include <condition_variable>
#include <mutex>
#include <set>

namespace kith::stream {

// Reads what is new, by cursor and not by claim, because each process has its own listeners, and tells
// those whom it concerns. What happens while nobody listens is passed over. One thread.
class Feed {
public:
    Feed(community::Context& context, Listeners& listeners, Voice& voice, Outlet& outlet)
        : context_(context), listeners_(listeners), voice_(voice), outlet_(outlet) {}
    ~Feed() { stop(); }

    void start();
    void stop();
    // Something was committed here. What others wrote is seen within limits::stream_poll_ms. Any thread.
    void notify();

    // One look at what is new: what the thread does.
    Result<> step();

private:
    void run();
    Result<> check_tokens();
    Result<> read_events(sql::Tx&);
    Result<> read_notifications(sql::Tx&);
    Result<> tell(sql::Tx&, const model::Event&);
    Result<> tell_post(sql::Tx&, const model::Event&, std::string_view event);
    Result<> tell_boost(sql::Tx&, const model::Event&);
    Result<> tell_deletion(sql::Tx&, const model::Event&);
    Result<> tell_notification(sql::Tx&, const model::Notification&);
    void tell_all_members(std::string_view event, std::string_view payload);
    void tell_account(Id account, std::string_view event, std::string_view payload);

    community::Context& context_;
    Listeners& listeners_;
    Voice& voice_;
    Outlet& outlet_;

    Id last_event_ = 0, last_notification_ = 0;
    TimeMs tokens_checked_at_ = 0;
    std::set<Id> told_;               // ids within the time in which others' commits may come late
    std::vector<Id> announcements_;   // written once the snapshot is closed

    std::mutex mutex_;
    std::condition_variable changed_;
    bool notified_ = false, stopping_ = false;
    Thread thread_;
};

}  // namespace kith::stream
