#pragma once
#include "base/core/lru_map.hpp"
#include "base/core/result.hpp"
#include "config/limits/followers_sync.hpp"
#include "federation/keys/fetch_document.hpp"
#include "federation/vocab/followers_sync.hpp"
#include "node/community/context.hpp"

#include <mutex>
#include <set>
#include <string>
#include <string_view>

namespace kith::community {

// The receiving end of FEP-8fcf: whom of us another server counts among the followers of its actor,
// where that differs from what we believe. Repairs what a lost Accept, Reject or Undo left behind.
// Thread-safe.
class FollowersSync {
public:
    static constexpr const char* job_kind = "followers_sync";

    // Both outlive it.
    FollowersSync(Context& context, keys::Documents& documents)
        : context_(context), documents_(documents), asked_(limits::followers_sync_actors_max) {}

    // A Collection-Synchronization header came, signed, with an activity of this actor. Compares,
    // and where that differs queues the job: one for an actor in followers_sync_every_ms, and
    // for a host in followers_sync_host_every_ms.
    void heard(const std::string& actor_ap_id, std::string_view header);

    // The job: fetches the list and goes by it. A peer that does not answer, or answers with
    // another list than it announced, changes nothing: its next post announces it again.
    Result<> work(std::string_view payload);

private:
    Result<> compare(const std::string& actor_ap_id, std::string_view header);
    bool may_ask(const std::string& actor_ap_id, const std::string& host);
    Result<std::set<std::string>> listed(const vocab::FollowersState&);
    Result<> forget_unlisted(Id actor, const std::set<std::string>& listed, TimeMs asked_at);
    Result<> settle_listed(Id actor, const std::set<std::string>& listed);

    Context& context_;
    keys::Documents& documents_;
    std::mutex mutex_;
    LruMap<TimeMs> asked_;  // by actor, and by host
};

}  // namespace kith::community
