#pragma once
#include "node/api/lemmy/api_context.hpp"
#include "base/json/writer.hpp"
#include "node/community/group_threads.hpp"
#include "node/community/notifications.hpp"
#include "node/community/preferences.hpp"

#include <optional>
#include <string_view>
#include <vector>

// What is asked for, read from parameters that the versions of Lemmy's API have in common.
namespace kith::lemmy {

struct ThreadWish {
    std::string_view sort, type;            // "hot", "subscribed": v4's words; "" for the group's own order, else the usual one
    std::optional<std::int64_t> seconds;    // how old threads may be
    std::string_view usual_sort = "active";
};
// The time that so many seconds ago was; 0 where it is not limited.
TimeMs since_of(const ApiContext&, std::optional<std::int64_t> seconds);
// Code::invalid for an order or a cursor that is none.
Result<repo::ThreadQuery> thread_query(const ApiContext&, const http::Params&, const community::Viewer&, const ThreadWish&);

// Whether a member set that lists of many groups' threads leave it out; `show_nsfw` is of the query (show_sensitive).
bool unwanted(const community::ThreadItem&, const community::Preferences&, bool without_media);
// Whether marked threads are shown: as asked for, else within a group always, elsewhere as the member set it.
bool show_sensitive(const http::Params&, const community::Viewer&, const community::Preferences&, bool in_group);

// Of whom and where; `type`, "subscribed" or "local", where no group is named.
Result<repo::CommentQuery> comment_query(const ApiContext&, const http::Params&, const community::Viewer&, std::string_view type);
// Below one thread, all that a reader may see, in the order asked for ("new", "old", or as below). With parent_id the
// branch that begins with it; with max_depth no deeper than that, the upper levels first, and what is gone in between
// without its words.
Result<std::vector<community::CommentItem>> comments_of_thread(const ApiContext&, const community::Viewer&, repo::CommentQuery, const http::Params&,
                                                               std::string_view sort);
bool is_tree(const http::Params&);  // parent_id or max_depth is given
// By score against age, "top" or "controversial"; the newest of equals first.
void sort_comments(std::vector<community::CommentItem>&, std::string_view sort);
// Each with its thread; those whose thread is not shown are left out.
void write_comment_views(json::Writer&, const ApiContext&, const community::Viewer&, const std::vector<community::CommentItem>&);

// As the viewer sees it; and what was taken out of a group for who may put it back. CommentResponse.
Result<community::ThreadItem> thread_seen(const ApiContext&, const community::Viewer&, Id post);
Result<std::string> comment_seen(const ApiContext&, const community::Viewer&, Id comment);

// By person_id or username; of another node by asking it. Code::invalid where neither is given.
Result<model::Actor> person_asked(const ApiContext&, const http::Params&);
// {"person_view"}, and whether it is so now: "blocked", "banned" (v3 has these).
Result<> answer_person(const ApiContext&, http::Exchange&, const model::Actor&, std::string_view state, bool holds);
// The groups that somebody moderates.
Result<std::vector<community::GroupView>> moderated_by(const ApiContext&, const community::Viewer&, Id person);
// Those that a member follows.
Result<std::vector<community::GroupView>> followed_by(const ApiContext&, Id member);
// What somebody does not hear of: groups that they muted.
Result<std::vector<community::GroupView>> muted_groups(const ApiContext&, Id member);

// Who a text names: "!group@host", "@person@host" or a URL. One of the two.
struct Named {
    std::optional<Id> post;
    std::optional<model::Actor> actor;
};
Result<Named> resolve_text(const ApiContext&, std::string text);

// What happened to a member in groups, or by a message.
enum class Told { reply, mention, message };
std::optional<Told> told_by(const community::NotificationView&, Id owner);
// Those that a list of them shows: not what is said in a thread that is gone.
Result<std::vector<community::NotificationView>> shown_of(const ApiContext&, Id owner, std::vector<community::NotificationView>);

std::string_view registration_mode(const Config&);  // "closed", "require_application", "require_invitation", "open"

}  // namespace kith::lemmy
