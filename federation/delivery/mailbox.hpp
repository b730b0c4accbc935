#pragma once
#include "base/core/clock.hpp"
#include "base/core/result.hpp"
#include "federation/client/request.hpp"
#include "federation/keys/fetch_document.hpp"

#include <condition_variable>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace kith::delivery {

// What other threads tell the lanes. Shared with the transport's callbacks, so that an answer that
// comes after the end finds somebody to take it. Thread-safe.
class Mailbox {
public:
    struct Answer {
        std::string host;
        Id delivery = 0;
        std::optional<client::Outcome> outcome;                       // of a delivery, or …
        std::optional<Result<keys::FetchedDocument>> actor_document;  // … of asking its actor
        Id actor_id = 0;
        bool at_shared_inbox = false;
    };
    struct Mail {
        std::vector<Answer> answers;
        std::set<std::string> queued;
        std::vector<std::string> spoke;
    };

    void answer(Answer);
    void queued(const std::set<std::string>& hosts);
    // Heard of only for hosts in trouble, each once in delivery_revive_ms.
    void spoke(std::string_view host, TimeMs now);
    void stop();

    Mail take();
    // Until there is mail, or it is time. False when it is stopped.
    bool wait(const Clock&, TimeMs until_ms);
    // For real time: false where nothing came.
    bool wait_for_answer(int timeout_ms);

    // Which hosts are in trouble.
    void set_troubled(const std::string& host, bool troubled);

private:
    bool has_mail() const;

    std::mutex mutex_;
    std::condition_variable changed_;
    Mail mail_;
    bool stopping_ = false;
    std::unordered_map<std::string, TimeMs> troubled_;  // host → when it was last heard of
};

}  // namespace kith::delivery
