#pragma once
#include "base/core/ids.hpp"

#include <optional>
#include <string>
#include <vector>

namespace kith::model {

// Who finds a group, and who reads what is written in it. Numbers are stored.
enum class GroupVisibility {
    public_ = 0,
    unlisted = 1,    // in no directory and no timeline of everything; whoever has its name reads it
    local_only = 2,  // people of this node, signed in; nothing leaves it
    private_ = 3,    // members, whom a moderator let in
};

constexpr bool is_closed(GroupVisibility v) { return v >= GroupVisibility::local_only; }

// What a group says of itself and how it is used, beside its actor: of a group elsewhere as far as its
// host tells. A group without one is as here by default.
struct GroupProfile {
    Id group_id = 0;
    GroupVisibility visibility = GroupVisibility::public_;
    bool restricted = false;             // of a group elsewhere: only moderators post
    std::string brief;                   // a line about it, plain text
    std::vector<std::string> languages;  // two-letter codes; none = every language
    bool sensitive = false;
    std::optional<TimeMs> archived_at;   // since when nobody writes or votes
    // Of a group here.
    std::string welcome;                 // markdown, sent to who joins for the first time
    std::string default_order;           // of its threads: a name of Lemmy's ("hot"); "" = the reader's
    std::vector<std::string> questions;  // that are asked of who wants to join
    bool seeks_moderators = false;       // its team would like more hands
    int slow_threads_s = 0, slow_comments_s = 0;  // between two of one member; 0 = as they like
};

struct GroupRule {
    Id id = 0, group_id = 0;
    int position = 0;
    std::string text;  // markdown
};

// What a moderator reads with a request to join.
struct JoinAnswers {
    Id group_id = 0, actor_id = 0;
    std::vector<std::string> answers;  // to the questions, in their order
    TimeMs at = 0;
};

// A label that a group has for its threads (Lemmy: CommunityPostTag).
struct GroupTag {
    Id id = 0, group_id = 0;
    std::string ap_id;
    std::string name;          // in its URL
    std::string display_name, summary;
    int color = 1;             // one of ten: 1 to 10
    TimeMs created_at = 0;
    std::optional<TimeMs> updated_at, deleted_at;
};

// A collection of groups that somebody keeps, and others follow (Lemmy: multi-community, type Feed). Its
// actor is a Service that posts nothing.
struct MultiCommunity {
    Id actor_id = 0;
    std::optional<Id> creator_id;
    std::string brief;  // a line about it, plain text
};

}  // namespace kith::model
