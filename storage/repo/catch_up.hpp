#pragma once
#include "base/core/clock.hpp"
#include "base/core/ids.hpp"
#include "base/core/result.hpp"
#include "storage/sql/db.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

// What a node that was away has to ask for, by host: the outboxes of those who are followed here, and
// conversations that people here take part in.
namespace kith::repo {

// When the node last noted that it is there; nothing on its first start.
Result<std::optional<TimeMs>> last_alive(sql::Tx&);
Result<> note_alive(sql::Tx&, TimeMs now);

enum class CatchUpKind { actor = 0, thread = 1, profile = 2 };

struct CatchUpSubject {
    CatchUpKind kind = CatchUpKind::actor;
    Id subject_id = 0;  // an actor, or the post that a conversation begins with
    TimeMs since = 0;   // what is older is known
};

// Queues them; one that is queued already keeps its earlier `since`. Of one host, or of all ("").
Result<> queue_followed(sql::Tx&, TimeMs since, std::string_view host, int limit);
// Remote conversations with a post from `live_from` on that somebody here wrote in; also those with
// several such posts whose first author is followed here.
Result<> queue_threads(sql::Tx&, TimeMs since, Id live_from, std::string_view host, int limit);
// One conversation, by the post that it begins with, where that is a remote one.
Result<> queue_thread(sql::Tx&, Id first_post, TimeMs now);
// What a remote actor shows first: posts and hashtags.
Result<> queue_profile(sql::Tx&, Id actor, TimeMs now);
// Hosts of what is queued, due at `now`, also those that were done before. A catch-up counts anew; what
// is asked because of a single conversation is added. Who listens to Db::on_news hears of it.
enum class Counts { anew, go_on };
Result<> open_hosts(sql::Tx&, TimeMs since, TimeMs now, Counts);

// How one host was asked.
struct CatchUpHost {
    std::string host;
    TimeMs since = 0;
    TimeMs not_before = 0;
    int attempts = 0;
    std::optional<TimeMs> started_at, finished_at;
    std::int64_t requests = 0;  // made of it
    std::int64_t found = 0;     // entries that were not known
    std::int64_t taken = 0;     // of those, that came to be here
    std::string error;          // "" = none
};
Result<bool> has_due_host(sql::Tx&, TimeMs now);
// The due host whose people are followed most, leased until then; nothing where none is due.
Result<std::optional<CatchUpHost>> claim_host(sql::Tx&, TimeMs now, TimeMs lease_until);
// Actors, most followed first, then conversations, newest first.
Result<std::vector<CatchUpSubject>> subjects_of(sql::Tx&, std::string_view host);
Result<> finish_subject(sql::Tx&, const CatchUpSubject&);
// Saves all but the host's name and `since`; where it is finished what is left of it is dropped.
Result<> save_host(sql::Tx&, const CatchUpHost&);
// What a killed process had leased is due again.
Result<> release_hosts(sql::Tx&, TimeMs now);

Result<std::optional<CatchUpHost>> catch_up_of(sql::Tx&, std::string_view host);
Result<std::vector<CatchUpHost>> catch_ups(sql::Tx&);  // by host

}  // namespace kith::repo
