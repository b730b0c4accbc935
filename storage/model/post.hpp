#pragma once
#include "base/core/ids.hpp"

#include <optional>
#include <string>
#include <vector>

namespace kith::model {

enum class PostKind { note = 0, article = 1, page = 2, question = 3, event = 4, video = 5, image = 6, audio = 7 };
enum class Visibility { public_ = 0, unlisted = 1, followers = 2, direct = 3, group = 4 };

// One post, local or remote. A deleted one keeps its place in the thread, without content.
struct Post {
    Id id = 0;
    std::string ap_id, url;
    Id actor_id = 0;
    bool local = false;
    PostKind kind = PostKind::note;
    Visibility visibility = Visibility::public_;
    std::optional<Id> group_id;         // the group it was posted to (FEP-1b12 audience)
    std::optional<Id> in_reply_to_id;
    std::string in_reply_to_ap_id;      // kept while the parent is not known
    std::optional<Id> in_reply_to_actor_id;
    Id thread_id = 0;                   // the root post's id; its own where it is the root
    std::string title;                  // plain text; of a Note in a group its first line
    std::string content;                // sanitised HTML
    std::string source;                 // what the author typed (local), or `source.content`
    std::string source_type;            // "text/plain", "text/markdown" or ""
    std::string summary;                // content warning, plain text; "" = none
    bool sensitive = false;
    std::string language;               // BCP 47, or ""
    std::string link_url;               // a link post's target
    std::string context_url;            // the thread's collection at its origin (FEP-7888)
    TimeMs published_at = 0;            // as its author says, clamped for nothing
    TimeMs received_at = 0;             // when it came to be here
    std::optional<TimeMs> edited_at, deleted_at;
    std::int64_t replies_count = 0, likes_count = 0, dislikes_count = 0, boosts_count = 0;
    Id app_id = 0;                      // the client it was written with; 0 = unknown

    bool is_reply() const { return in_reply_to_id.has_value() || !in_reply_to_ap_id.empty(); }
};

struct Mention {
    Id actor_id = 0;
    std::string name;   // as in the text: "@bob@example.org"
};

struct Attachment {
    Id id = 0;
    std::string media_type;     // "image/png", or "" where the peer did not say
    std::string url;            // remote URL, or a path under /media
    std::string preview_url;
    std::string description;    // alt text
    std::string blurhash;
    std::optional<std::int64_t> width, height;
    std::optional<double> focus_x, focus_y, duration_s;
    std::string details;        // what else is known of the file (node/community/media_details.hpp); or ""
};

struct PollOption {
    std::string title;
    std::int64_t votes = 0;
};

struct Poll {
    bool multiple = false;
    bool hide_totals = false;           // until it has ended (local ones)
    std::optional<TimeMs> closes_at, closed_at;
    std::optional<std::int64_t> voters_count;
    std::vector<PollOption> options;
};

struct PostEdit {
    Id id = 0;
    Id post_id = 0;
    std::string title, content, source, summary;
    bool sensitive = false;
    TimeMs edited_at = 0;
    // What could be chosen then, nothing without a poll; unset of edits from before options were kept.
    std::optional<std::vector<std::string>> poll_options{};
};

struct Boost {
    Id id = 0;
    Id actor_id = 0;
    Id post_id = 0;
    std::string ap_id;
    Visibility visibility = Visibility::public_;
    TimeMs created_at = 0;
};

enum class ReactionKind { like = 0, dislike = 1 };

struct Reaction {
    Id actor_id = 0;
    Id post_id = 0;
    ReactionKind kind = ReactionKind::like;
    std::string ap_id;
    TimeMs created_at = 0;
};

}  // namespace kith::model
