#pragma once
#include "base/core/lru_map.hpp"
#include "base/core/thread.hpp"
#include "config/limits/catch_up.hpp"
#include "federation/discovery/object_store.hpp"
#include "federation/inbox/sink.hpp"
#include "federation/keys/fetch_document.hpp"
#include "node/community/context.hpp"
#include "storage/repo/catch_up.hpp"

#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace kith::community {

struct CatchUpParts {
    Context& context;
    keys::Documents& documents;
    std::function<Result<bool>(const std::string& host)> suspended;
    // inbox::Pipeline::take_found.
    std::function<Result<bool>(const std::string& actor_ap_id, std::string_view body,
                               inbox::Fetcher&)>
        take;
    discovery::ObjectStore& posts;
};

// What a node does after it was away: most servers give up within minutes to days and send nothing
// again, so it asks. By host, the most followed first: the outboxes of those who are followed here,
// newest first until what is known, and the conversations that people here take part in. What was
// missed goes the way of what is sent, through the same gate. Bounded by limits/catch_up.hpp; what is
// queued survives a restart. Its threads do nothing else. Thread-safe.
class CatchUp {
public:
    explicit CatchUp(CatchUpParts parts) : parts_(std::move(parts)) {}
    ~CatchUp() { stop(); }

    // Begins by itself where the node was away for longer than limits::catch_up_after_ms.
    Result<> start();
    void stop();

    // Asks for everything since then; of one host, or of all ("").
    Result<> begin(TimeMs since, std::string_view host);
    // Somebody opened a conversation: what was said in it elsewhere is asked for, once in
    // limits::conversation_asked_every_ms (FEP-7888, FEP-f228, DRAFTs).
    void ask_conversation(Id first_post);
    // Somebody opened a profile: the posts and hashtags that its owner shows first are asked for, once in
    // limits::profile_asked_every_ms.
    void ask_profile(Id actor);
    // To be called every limits::alive_noted_every_ms.
    Result<> note_alive();
    // Something was written that may be for it.
    void notify();

private:
    // Whether its time has come; then it is noted.
    bool is_due(LruMap<TimeMs>& asked, Id subject, TimeMs every_ms);
    void queue(Result<> (*write)(sql::Tx&, Id, TimeMs), Id subject);
    void run();
    Result<bool> run_one();

    CatchUpParts parts_;
    std::mutex mutex_;
    std::condition_variable wake_;
    bool stopping_ = false;
    unsigned news_ = 0;
    LruMap<TimeMs> asked_{limits::conversations_asked_max};  // conversations, and when
    LruMap<TimeMs> profiles_asked_{limits::profiles_asked_max};
    std::vector<Thread> threads_;
};

}  // namespace kith::community
