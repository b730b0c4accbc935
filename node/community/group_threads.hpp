#pragma once
#include "node/community/context.hpp"
#include "node/community/posts.hpp"
#include "storage/model/group_profile.hpp"
#include "storage/repo/groups.hpp"
#include "storage/repo/notices.hpp"
#include "storage/repo/threads.hpp"

#include <optional>
#include <string>
#include <vector>

// Groups as their people read them: threads in the order they like, comments as trees, and how the reader
// stands to each.
namespace kith::community {

// How somebody stands to a group.
struct GroupStanding {
    bool follows = false, asked = false, moderates = false;
    bool may_moderate = false;  // or is of the node's team
    bool sees_reports = false;
    std::optional<TimeMs> followed_at;
    bool banned = false, muted = false;
    std::optional<repo::Notice> notice;  // what they want to hear of it
};
struct GroupView {
    model::Actor group;
    model::PostingPolicy posting = model::PostingPolicy::everyone;
    model::GroupProfile profile;
    std::vector<model::GroupTag> tags;
    repo::GroupNumbers numbers;
    GroupStanding mine;
};

struct ThreadItem {
    PostView view;
    repo::ThreadState state;
    GroupView group;
    std::vector<model::GroupTag> tags;
    bool author_moderates = false, author_banned = false;
    std::optional<TimeMs> read_at, hidden_at;  // by the reader
    std::int64_t unread = 0;                   // comments that came since the reader read it; all, where they did not
    std::optional<repo::Notice> notice;        // what the reader wants to hear of it
    std::int64_t reports = 0, open_reports = 0;  // for whom may see them
};
struct CommentItem {
    ThreadItem comment;
    std::string path;        // "0.11.12"
    std::int64_t below = 0;  // answers, and answers to these
};

// Rank and id of a thread at an end of a page.
struct ThreadCursor {
    double rank = 0;
    Id id = 0;
};
struct ThreadPage {
    std::vector<ThreadItem> items;
    std::optional<ThreadCursor> next, prev;  // the last and the first, where there are more beyond them
};
// Where in a group's own list those stand that its moderators show first: in their place, or above the first page, which
// is longer by them then.
enum class FeaturedThreads { in_place, first };
// Code::not_found for a group that is not here.
Result<ThreadPage> group_threads(Context&, const Viewer&, const repo::ThreadQuery&, FeaturedThreads = FeaturedThreads::in_place);
Result<ThreadItem> group_thread(Context&, const Viewer&, Id post);  // Code::not_found: not visible, or in no group

// Other threads about the page that it links to, the newest first.
Result<std::vector<ThreadItem>> cross_posts(Context&, const Viewer&, Id post);

struct CommentPage {
    std::vector<CommentItem> items;
    std::optional<Id> next, prev;
};
Result<CommentPage> group_comments(Context&, const Viewer&, const repo::CommentQuery&);
// What these comments answer and is gone, deleted or taken out: without its words, so that a tree holds together.
Result<std::vector<CommentItem>> gone_above(Context&, const std::vector<CommentItem>&);
Result<CommentItem> group_comment(Context&, const Viewer&, Id post);

Result<GroupView> group_view(Context&, const Viewer&, Id group);
Result<std::vector<GroupView>> group_views(Context&, const Viewer&, const std::vector<model::Actor>&);
// All that are known, those here, or those that somebody follows or moderates.
struct GroupQuery {
    std::optional<Id> follower_id, moderator_id;
    bool local = false;
    std::string words;  // in name or title
    int limit = 20, offset = 0;
    std::optional<Id> multi_id = {};  // in this collection
    repo::GroupListOrder order = repo::GroupListOrder::members;
    bool with_sensitive = true;
};
Result<std::vector<GroupView>> find_groups(Context&, const Viewer&, const GroupQuery&);

enum class Mark { read, hidden };
// Code::not_found for what is no thread that the member sees.
Result<> mark_thread(Context&, Id member, Id post, Mark, bool on);
// The last marked first; the cursors' rank is the time.
Result<ThreadPage> marked_threads(Context&, Id member, Mark, const std::optional<ThreadCursor>& from, bool back, int limit);

struct NewThread {
    std::string title, body, link;  // body: markdown
    bool sensitive = false;
    std::string language, idempotency_key;
    std::vector<Id> tags;       // of the group's
    std::optional<Id> picture;  // an upload of the author's, in place of a link
};
Result<model::Post> start_thread(Context&, Id author, Id group, const NewThread&);
struct ThreadChange {
    std::optional<std::string> title, body, link;
    std::optional<bool> sensitive;
    std::optional<std::string> language;
    std::optional<std::vector<Id>> tags;
    std::optional<Id> picture;
};
Result<model::Post> change_thread(Context&, Id author, Id post, const ThreadChange&);

}  // namespace kith::community
