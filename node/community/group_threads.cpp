#include "node/community/group_threads.hpp"

#include "base/text/strings.hpp"
#include "config/limits/community.hpp"
#include "config/limits/groups.hpp"
#include "config/limits/lemmy_api.hpp"
#include "node/community/group_moderation.hpp"
#include "node/community/group_settings.hpp"
#include "node/community/group_team.hpp"
#include "node/community/groups.hpp"
#include "node/community/paging.hpp"
#include "node/community/reports.hpp"
#include "node/community/site_settings.hpp"
#include "node/community/visibility.hpp"
#include "storage/repo/actors.hpp"
#include "storage/repo/group_acts.hpp"
#include "storage/repo/group_profiles.hpp"
#include "storage/repo/group_tags.hpp"
#include "storage/repo/groups.hpp"
#include "storage/repo/post_marks.hpp"
#include "storage/repo/posts.hpp"
#include "storage/repo/relations.hpp"
#include "storage/repo/reports.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace kith::community {

using model::Actor;
using model::Post;
using sql::Tx;

namespace {

Failure not_found() { return fail(Code::not_found, "Record not found"); }

Result<GroupView> view_of(Tx& tx, const Context& context, const Viewer& viewer, const Actor& group) {
    GroupView out{.group = group, .posting = {}, .profile = {}, .tags = {}, .numbers = {}, .mine = {}};
    const auto now = context.clock.now_ms();
    out.profile = TRY(repo::group_profile(tx, group.id));
    out.tags = TRY(repo::group_tags(tx, group.id));
    if (const auto settings = TRY(repo::find_group(tx, group.id))) out.posting = settings->posting;
    else if (out.profile.restricted) out.posting = model::PostingPolicy::moderators;
    out.numbers = TRY(repo::group_numbers(tx, group.id, now));
    if (!viewer.actor_id) return out;
    if (const auto follow = TRY(repo::find_follow(tx, *viewer.actor_id, group.id))) {
        out.mine.follows = follow->state == model::FollowState::accepted;
        out.mine.asked = !out.mine.follows;
        out.mine.followed_at = follow->created_at;
    }
    out.mine.moderates = TRY(is_group_moderator(tx, group, *viewer.actor_id));
    const auto role = TRY(team_role(tx, group, *viewer.actor_id));
    out.mine.may_moderate = out.mine.moderates || role >= model::TeamRole::moderator;
    out.mine.sees_reports = may(role, GroupRight::see_reports) || (!group.local && TRY(handles_reports(tx, *viewer.actor_id)));
    out.mine.banned = TRY(repo::is_banned(tx, group.id, *viewer.actor_id, now));
    out.mine.muted = TRY(repo::find_mute(tx, *viewer.actor_id, group.id, now)).has_value();
    out.mine.notice = TRY(repo::group_notice(tx, *viewer.actor_id, group.id));
    return out;
}

// Of those in groups whose reports the viewer sees.
Result<> count_reports(Tx& tx, Id viewer, std::vector<ThreadItem>& items) {
    std::vector<Id> seen;
    for (const auto& item : items)
        if (item.group.mine.sees_reports) seen.push_back(item.view.post.id);
    if (seen.empty()) return {};
    std::map<Id, repo::PostReports> found;
    for (const auto& each : TRY(repo::post_reports(tx, seen, viewer, TRY(handles_reports(tx, viewer))))) found[each.post_id] = each;
    for (auto& item : items)
        if (const auto each = found.find(item.view.post.id); each != found.end() && item.group.mine.sees_reports) {
            item.reports = each->second.all;
            item.open_reports = each->second.open;
        }
    return {};
}

// What belongs to each of these posts; one group is looked at once.
Result<std::vector<ThreadItem>> items_of(Tx& tx, const Context& context, const Viewer& viewer, const std::vector<Id>& ids) {
    std::vector<Entry> entries;
    for (const auto id : ids) entries.push_back({.id = id, .post_id = id, .boost_id = {}, .group_id = {}});
    std::map<Id, repo::ThreadState> states;
    for (const auto& state : TRY(repo::thread_states(tx, ids))) states[state.post_id] = state;
    std::map<Id, std::vector<model::GroupTag>> tags;
    for (auto& row : TRY(repo::group_tags_of(tx, ids))) tags[row.post_id].push_back(std::move(row.tag));
    std::map<Id, repo::PostMark> marks;
    if (viewer.actor_id)
        for (const auto& mark : TRY(repo::post_marks(tx, *viewer.actor_id, ids))) marks[mark.post_id] = mark;
    std::map<Id, GroupView> groups;
    std::vector<ThreadItem> out;
    for (auto& view : TRY(load_views(tx, viewer, entries))) {
        // What was taken from this node is shown no more by what is in it.
        if (!view.group || view.group->suspended_at || view.group->deleted_at) continue;
        const auto group = view.group->id;
        if (!groups.contains(group)) groups.emplace(group, TRY(view_of(tx, context, viewer, *view.group)));
        ThreadItem item{.view = std::move(view), .state = {}, .group = groups.at(group), .tags = {}};
        item.tags = std::move(tags[item.view.post.id]);
        item.state = states[item.view.post.id];
        item.read_at = marks[item.view.post.id].read_at;
        item.hidden_at = marks[item.view.post.id].hidden_at;
        item.unread = !item.read_at                                     ? item.state.comments
                      : item.state.newest_comment_at <= *item.read_at ? 0
                                                                      : TRY(repo::comments_since(tx, item.view.post.id, *item.read_at));
        if (viewer.actor_id && !item.view.post.is_reply()) {
            item.notice = TRY(repo::thread_notice(tx, *viewer.actor_id, item.view.post.id));
            if (item.view.muted) item.notice = repo::Notice::mute;
        }
        item.author_moderates = TRY(is_group_moderator(tx, item.group.group, item.view.author.id));
        item.author_banned = TRY(repo::is_banned(tx, group, item.view.author.id, context.clock.now_ms()));
        out.push_back(std::move(item));
    }
    if (viewer.actor_id) TRY(count_reports(tx, *viewer.actor_id, out));
    return out;
}

Result<std::vector<CommentItem>> comments_of(Tx& tx, const Context& context, const Viewer& viewer, const std::vector<Id>& ids) {
    std::map<Id, repo::CommentPath> paths;
    for (auto& path : TRY(repo::comment_paths(tx, ids))) paths.emplace(path.post_id, std::move(path));
    std::vector<CommentItem> out;
    for (auto& item : TRY(items_of(tx, context, viewer, ids))) {
        auto& path = paths[item.view.post.id];
        out.push_back({std::move(item), std::move(path.path), path.below});
    }
    return out;
}

// In the order asked for, all that there are: they stand above the first page.
Result<std::vector<Id>> featured_of(Tx& tx, const Viewer& viewer, repo::ThreadQuery query) {
    query.featured = repo::Featured::only;
    query.limit = int(limits::group_featured_max);
    std::vector<Id> out;
    for (const auto& row : TRY(repo::threads_page(tx, viewer.actor_id, query))) out.push_back(row.post_id);
    return out;
}

// The comments on whose paths these stand, which are not among them; each with one that stands below it.
std::map<Id, const CommentItem*> missing_above(const std::vector<CommentItem>& shown) {
    std::set<Id> there;
    for (const auto& item : shown) there.insert(item.comment.view.post.id);
    std::map<Id, const CommentItem*> out;
    for (const auto& item : shown)
        for (const auto step : text::split(item.path, '.'))
            if (const auto id = parse_id(step); id && *id != 0 && !there.contains(*id)) out.emplace(*id, &item);
    return out;
}

// Where it stood and whose it was; nothing of what was said.
Result<std::optional<CommentItem>> gone(Tx& tx, Id id, const CommentItem& below) {
    const auto post = TRY(repo::find_post(tx, id));
    auto author = post ? TRY(repo::find_actor(tx, post->actor_id)) : std::nullopt;
    if (!author) return std::optional<CommentItem>{};
    const bool taken_out = TRY(repo::post_state(tx, id)).removed;
    const bool author_gone = author->deleted_at || author->suspended_at;
    if (!post->deleted_at && !taken_out && !author_gone) return std::optional<CommentItem>{};
    CommentItem out{.comment = {.view = {}, .state = {}, .group = below.comment.group, .tags = {}}, .path = {}};
    auto& bare = out.comment.view.post;
    bare.id = id;
    bare.ap_id = post->ap_id;
    bare.local = post->local;
    bare.actor_id = post->actor_id;
    bare.thread_id = post->thread_id;
    bare.group_id = post->group_id;
    bare.in_reply_to_id = post->in_reply_to_id;
    bare.published_at = post->published_at;
    if (!taken_out) bare.deleted_at = post->deleted_at.value_or(post->published_at);
    out.comment.state.post_id = id;
    out.comment.state.removed = taken_out;
    out.comment.view.group = below.comment.view.group;
    out.comment.view.author = std::move(*author);
    return std::optional(std::move(out));
}

Result<Actor> group_by_id(Tx& tx, const Viewer& viewer, Id id) {
    auto group = TRY(repo::find_actor(tx, id));
    if (!group || !group->is_group() || group->deleted_at || group->suspended_at) return not_found();
    if (!TRY(may_know_group(tx, viewer, id))) return not_found();
    return std::move(*group);
}

}  // namespace

Result<ThreadPage> group_threads(Context& context, const Viewer& viewer, const repo::ThreadQuery& asked, FeaturedThreads featured) {
    auto query = asked;
    query.now = context.clock.now_ms();
    return context.db.read([&](Tx& tx) -> Result<ThreadPage> {
        if (query.group_id) TRY(group_by_id(tx, viewer, *query.group_id));
        std::vector<Id> ids;
        const bool above = featured == FeaturedThreads::first && query.group_id && query.offset == 0;
        if (featured == FeaturedThreads::first && query.group_id) query.featured = repo::Featured::without;
        const auto read = [&](bool at_place, bool back, int limit) {
            auto some = query;
            if (!at_place) some.after.reset();
            some.backwards = back;
            some.limit = limit;
            return repo::threads_page(tx, viewer.actor_id, some);
        };
        const auto part = TRY(slice<repo::ThreadRow>(query.after.has_value(), query.backwards, query.limit, read));
        ThreadPage page;
        if (part.more_behind) page.next = ThreadCursor{part.rows.back().rank, part.rows.back().post_id};
        if (part.more_before && part.rows.empty()) page.prev = ThreadCursor{*query.after, query.after_id};
        else if (part.more_before) page.prev = ThreadCursor{part.rows.front().rank, part.rows.front().post_id};
        if (above && !part.more_before) {
            query.after.reset();
            query.backwards = false;
            ids = TRY(featured_of(tx, viewer, query));
        }
        for (const auto& row : part.rows) ids.push_back(row.post_id);
        page.items = TRY(items_of(tx, context, viewer, ids));
        return page;
    });
}

Result<ThreadItem> group_thread(Context& context, const Viewer& viewer, Id post) {
    return context.db.read([&](Tx& tx) -> Result<ThreadItem> {
        auto items = TRY(items_of(tx, context, viewer, {post}));
        if (items.empty() || items.front().view.post.is_reply()) return not_found();
        return std::move(items.front());
    });
}

Result<std::vector<ThreadItem>> cross_posts(Context& context, const Viewer& viewer, Id post) {
    return context.db.read([&](Tx& tx) -> Result<std::vector<ThreadItem>> {
        return items_of(tx, context, viewer, TRY(repo::cross_posts(tx, viewer.actor_id, post, limits::cross_posts_max)));
    });
}

Result<CommentPage> group_comments(Context& context, const Viewer& viewer, const repo::CommentQuery& asked) {
    auto query = asked;
    query.now = context.clock.now_ms();
    return context.db.read([&](Tx& tx) -> Result<CommentPage> {
        const auto part = TRY(slice<Id>(query.after_id != 0, query.backwards, query.limit, [&](bool at_place, bool back, int limit) {
            auto some = query;
            if (!at_place) some.after_id = 0;
            some.backwards = back;
            some.limit = limit;
            return repo::comments_page(tx, viewer.actor_id, some);
        }));
        CommentPage page;
        if (part.more_behind) page.next = part.rows.back();
        if (part.more_before) page.prev = part.rows.empty() ? query.after_id : part.rows.front();
        page.items = TRY(comments_of(tx, context, viewer, part.rows));
        return page;
    });
}

Result<std::vector<CommentItem>> gone_above(Context& context, const std::vector<CommentItem>& shown) {
    return context.db.read([&](Tx& tx) -> Result<std::vector<CommentItem>> {
        std::vector<CommentItem> out;
        std::vector<Id> ids;
        for (const auto& [id, below] : missing_above(shown)) {
            if (int(out.size()) == limits::lemmy_comments_page_max) break;
            if (auto item = TRY(gone(tx, id, *below))) {
                ids.push_back(id);
                out.push_back(std::move(*item));
            }
        }
        const auto paths = TRY(repo::comment_paths(tx, ids));
        for (std::size_t i = 0; i < out.size(); ++i) {
            out[i].path = paths[i].path;
            out[i].below = paths[i].below;
        }
        return out;
    });
}

Result<CommentItem> group_comment(Context& context, const Viewer& viewer, Id post) {
    return context.db.read([&](Tx& tx) -> Result<CommentItem> {
        auto items = TRY(comments_of(tx, context, viewer, {post}));
        if (items.empty() || !items.front().comment.view.post.is_reply()) return not_found();
        return std::move(items.front());
    });
}

Result<GroupView> group_view(Context& context, const Viewer& viewer, Id group) {
    return context.db.read([&](Tx& tx) -> Result<GroupView> {
        return view_of(tx, context, viewer, TRY(group_by_id(tx, viewer, group)));
    });
}

Result<std::vector<GroupView>> group_views(Context& context, const Viewer& viewer, const std::vector<Actor>& groups) {
    return context.db.read([&](Tx& tx) -> Result<std::vector<GroupView>> {
        std::vector<GroupView> out;
        for (const auto& group : groups) out.push_back(TRY(view_of(tx, context, viewer, group)));
        return out;
    });
}

Result<std::vector<GroupView>> find_groups(Context& context, const Viewer& viewer, const GroupQuery& query) {
    const auto groups = TRY(context.db.read([&](Tx& tx) {
        return repo::groups_by_members(tx, {.follower_id = query.follower_id,
                                            .moderator_id = query.moderator_id,
                                            .local = query.local,
                                            .words = query.words,
                                            .limit = query.limit,
                                            .offset = query.offset,
                                            .viewer_id = viewer.actor_id,
                                            .multi_id = query.multi_id,
                                            .order = query.order,
                                            .with_sensitive = query.with_sensitive});
    }));
    return group_views(context, viewer, groups);
}

Result<> mark_thread(Context& context, Id member, Id post_id, Mark mark, bool on) {
    const auto at = on ? std::optional(context.clock.now_ms()) : std::nullopt;
    return context.db.write([&](Tx& tx) -> Result<> {
        TRY(seen_thread(tx, member, post_id));
        return mark == Mark::read ? repo::set_post_read(tx, member, post_id, at) : repo::set_post_hidden(tx, member, post_id, at);
    });
}

Result<ThreadPage> marked_threads(Context& context, Id member, Mark mark, const std::optional<ThreadCursor>& from, bool back, int limit) {
    const auto place_of = [mark](const repo::PostMark& row) {
        return ThreadCursor{double((mark == Mark::read ? row.read_at : row.hidden_at).value_or(0)), row.post_id};
    };
    return context.db.read([&](Tx& tx) -> Result<ThreadPage> {
        const auto part = TRY(slice<repo::PostMark>(from.has_value(), back, limit, [&](bool at_place, bool backwards, int most) {
            repo::MarkWindow window{.backwards = backwards, .limit = most};
            if (at_place) {
                window.at = TimeMs(from->rank);
                window.post_id = from->id;
            }
            return mark == Mark::read ? repo::posts_read(tx, member, window) : repo::posts_hidden(tx, member, window);
        }));
        ThreadPage page;
        if (part.more_behind) page.next = place_of(part.rows.back());
        if (part.more_before) page.prev = part.rows.empty() ? *from : place_of(part.rows.front());
        std::vector<Id> ids;
        for (const auto& row : part.rows) ids.push_back(row.post_id);
        page.items = TRY(items_of(tx, context, Viewer::actor(member), ids));
        return page;
    });
}

Result<Post> start_thread(Context& context, Id author, Id group, const NewThread& wanted) {
    NewPost draft;
    draft.text = wanted.body;
    draft.content_type = "text/markdown";
    draft.title = wanted.title;
    draft.link = wanted.link;
    draft.sensitive = wanted.sensitive;
    draft.group_id = group;
    draft.language = wanted.language;
    draft.idempotency_key = wanted.idempotency_key;
    draft.group_tags = wanted.tags;
    if (wanted.picture) draft.media_ids = {*wanted.picture};
    return create_post(context, author, draft);
}

Result<Post> change_thread(Context& context, Id author, Id post_id, const ThreadChange& change) {
    const auto before = TRY(visible_post(context, Viewer::actor(author), post_id));
    if (change.link && is_url_blocked(TRY(site_settings(context)), *change.link))
        return fail(Code::unprocessable, "Validation failed: nobody links there from this node");
    PostChange wanted;
    wanted.text = change.body.value_or(before.source);
    wanted.summary = before.summary;
    wanted.sensitive = change.sensitive.value_or(before.sensitive);
    wanted.title = change.title;
    wanted.link = change.link;
    wanted.language = change.language;
    wanted.group_tags = change.tags;
    if (change.picture) {
        wanted.media_ids = std::vector<Id>{*change.picture};
        wanted.link = "";
    }
    return edit_post(context, author, post_id, wanted);
}

}  // namespace kith::community
