#pragma once
#include "base/core/ids.hpp"
#include "base/core/result.hpp"
#include "storage/model/post.hpp"
#include "storage/repo/relations.hpp"
#include "storage/sql/db.hpp"

#include <optional>
#include <span>
#include <string>
#include <vector>

// Threads of groups in the orders that people read them in, and what groups and their people come to in
// numbers.
namespace kith::repo {

Result<> add_thread(sql::Tx&, const model::Post& first, Id group);
Result<> remove_thread(sql::Tx&, Id post);  // its first post was deleted
// Somebody's account was: their threads are none any more, and their comments not counted.
Result<> forget_threads_of(sql::Tx&, Id actor);
// How many people wrote in the group within a month, counted anew where that is older than an hour: what
// `scaled` is measured by.
Result<> refresh_group_activity(sql::Tx&, Id group, TimeMs now);
// After a vote on its first post: score and ranks.
Result<> rank_thread(sql::Tx&, Id post);
// After a comment came or went (`by` +1 or -1).
Result<> count_comment(sql::Tx&, Id thread, TimeMs at, int by);

// What a group shows first, among the others; or those alone, or the others alone.
enum class Featured { mixed, only, without };
enum class ThreadOrder { hot, active, new_, old, top, most_comments, new_comments, controversial, scaled };
struct ThreadQuery {
    std::optional<Id> group_id;     // else of all groups …
    std::optional<Id> follower_id;  // … that this person is a member of
    std::optional<Id> moderator_id; // … or moderates
    bool local_groups = false;      // … or of groups here
    std::optional<Id> multi_id;     // … or of those in this collection
    std::optional<Id> tag_id;       // with this label
    std::optional<bool> answered;   // whether one of their comments is their answer
    std::optional<Id> author_id;    // begun by this person
    bool without_comments = false;  // of which nobody said anything
    bool with_sensitive = true;
    Featured featured = Featured::mixed;  // of group_id
    ThreadOrder order = ThreadOrder::hot;
    TimeMs since = 0;               // posts of that time or later
    bool with_hidden = false, with_read = true;  // of the viewer's marks
    TimeMs now = 0;                 // by which mutes end
    std::optional<double> after;    // rank of the last one read, with …
    Id after_id = 0;                // … its id
    bool backwards = false;         // those right before that one, still in the order
    int limit = 20, offset = 0;     // rows passed over after that
    std::vector<std::string> words = {};  // all of these are in them (text::query_tokens), and the viewer may find them by it
    std::string link = {};                // about this page, likewise
};
struct ThreadRow {
    Id post_id = 0;
    double rank = 0;
};
// Those that the viewer may see, the first in the order first.
Result<std::vector<ThreadRow>> threads_page(sql::Tx&, std::optional<Id> viewer, const ThreadQuery&);

// Other threads about the page that this one links to, which the viewer may see; the newest first.
Result<std::vector<Id>> cross_posts(sql::Tx&, std::optional<Id> viewer, Id post, int limit);

struct ThreadState {
    Id post_id = 0;
    std::int64_t comments = 0;
    TimeMs newest_comment_at = 0;
    bool removed = false, locked = false, featured = false, distinguished = false;
};
// A moderator speaks as one. False where it is so already.
Result<bool> set_distinguished(sql::Tx&, Id comment, bool);
Result<std::vector<ThreadState>> thread_states(sql::Tx&, std::span<const Id> posts);

struct GroupNumbers {
    Id group_id = 0;
    std::int64_t threads = 0, comments = 0, members_here = 0;
    std::int64_t active_day = 0, active_week = 0, active_month = 0, active_half_year = 0;
};
// Of all groups here.
struct GroupTotals {
    std::int64_t groups = 0, threads = 0, comments = 0;
};
Result<GroupTotals> group_totals(sql::Tx&);
Result<GroupNumbers> group_numbers(sql::Tx&, Id group, TimeMs now);
struct PersonNumbers {
    Id actor_id = 0;
    std::int64_t threads = 0, comments = 0;  // in groups
};
Result<std::vector<PersonNumbers>> person_numbers(sql::Tx&, std::span<const Id> actors);

// Comments below a post, or in a group, or of a person.
struct CommentQuery {
    std::optional<Id> thread_id, group_id, author_id;
    bool oldest_first = false;
    std::optional<Id> follower_id;  // in groups that this person is a member of …
    bool local_groups = false;      // … or in groups here
    TimeMs since = 0;  // of that time or later
    TimeMs now = 0;    // by which mutes end
    Id after_id = 0;  // the last one read; 0 = from the beginning
    bool backwards = false;  // those right before that one, still in the order
    int limit = 50, offset = 0;
    std::vector<std::string> words = {};  // as ThreadQuery's
};
Result<std::vector<Id>> comments_page(sql::Tx&, std::optional<Id> viewer, const CommentQuery&);
// How many came below a thread since then.
Result<std::int64_t> comments_since(sql::Tx&, Id thread, TimeMs);
// What somebody wrote in groups, threads and comments, newest first.
Result<std::vector<Id>> group_posts_of(sql::Tx&, std::optional<Id> viewer, Id author, std::optional<Id> group, const Window&);
// From the thread's first post to each of these: "0.11.12", as far as the posts are here.
struct CommentPath {
    Id post_id = 0;
    std::string path;
    std::int64_t below = 0;  // answers to it, and to these
};
Result<std::vector<CommentPath>> comment_paths(sql::Tx&, std::span<const Id> comments);

}  // namespace kith::repo
