#pragma once
#include "base/core/clock.hpp"
#include "base/core/lru_map.hpp"
#include "config/limits/ap.hpp"
#include "federation/client/transport.hpp"
#include "node/ap/asker.hpp"
#include "storage/model/actor.hpp"

#include <map>
#include <mutex>
#include <string>

// Who of other servers reads what was written for a group's members (groups.md 1.3, 1.5; FEP-db0e).
namespace kith::ap {

// As whom an asker reads a group's posts: another server's own actor, which signs for all of its
// people, as one of them who is a member; everybody else as himself.
Result<community::Viewer> viewer_in_group(ApContext&, const Asker&, Id group);

// As whom an asker reads what an actor shows.
inline Result<community::Viewer> viewer_of(ApContext& context, const model::Actor& actor, const Asker& asker) {
    return actor.is_group() ? viewer_in_group(context, asker, actor.id) : asker.viewer();
}

// Whether an actor is a member of a group here: itself, or as its server's own actor through one of its people.
Result<bool> is_member(sql::Tx&, Id group, const model::Actor&);

// The hosts of groups elsewhere, asked who their members are: of what our people wrote in such a
// group, its host alone knows who may read it. Thread-safe.
class GroupHomes {
public:
    // Both outlive it.
    GroupHomes(client::Transport& transport, const Clock& clock) : transport_(transport), clock_(clock) {}

    // Waits for the answer, which holds for limits::group_reader_fresh_ms. Whoever cannot be asked has not said yes; nor
    // has who is being asked already, so that a slow host holds up few.
    bool confirms(const model::Actor& group, const std::string& asker_ap_id);

private:
    struct Answer {
        bool yes = false;
        TimeMs at = 0;
    };

    client::Transport& transport_;
    const Clock& clock_;
    std::mutex mutex_;
    LruMap<Answer> answers_{limits::group_readers_held_max};
    std::map<std::string, int> asked_now_;  // by host
    int all_asked_now_ = 0;

    bool begin(const std::string& host);
    void end(const std::string& host);
};

}  // namespace kith::ap
