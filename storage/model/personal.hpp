#pragma once
#include "base/core/ids.hpp"

#include <string>

namespace kith::model {

// How far somebody read a timeline ("home", "notifications").
struct Marker {
    std::string timeline;
    Id last_read_id = 0;
    std::int64_t version = 0;  // how often it was set
    TimeMs updated_at = 0;
};

// Which replies of its members a list shows.
enum class ListReplies { followed = 0, list = 1, none = 2 };

struct List {
    Id id = 0;
    Id owner_id = 0;
    std::string title;
    ListReplies replies = ListReplies::list;
    bool exclusive = false;  // its members do not appear in home
};

// A thread of direct posts, as one of those in it has it.
struct Conversation {
    Id id = 0;
    Id owner_id = 0;
    Id thread_id = 0;
    Id last_post_id = 0;
    bool unread = false;
};

// A post that waits for its time: what the client asked for, as JSON.
struct ScheduledPost {
    Id id = 0;
    Id actor_id = 0;
    Id app_id = 0;
    TimeMs due_at = 0;
    std::string params;
};

}  // namespace kith::model
