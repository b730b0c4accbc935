#include "node/api/lemmy/entities.hpp"

#include "config/limits/lemmy_api.hpp"
#include "node/api/lemmy/fields.hpp"
#include "node/api/lemmy/shape.hpp"
#include "node/community/relations.hpp"

namespace kith::lemmy {

using community::CommentItem;
using community::GroupView;
using community::NodeStanding;
using community::ThreadItem;
using json::Writer;
using model::Actor;

namespace {

void write_tags(Writer& w, const std::vector<model::GroupTag>& tags) {
    w.key("tags").array();
    for (const auto& tag : tags) write_tag(w, tag);
    w.end();
}

std::string_view visibility_name(model::GroupVisibility visibility) {
    switch (visibility) {
        case model::GroupVisibility::public_:
            return "public";
        case model::GroupVisibility::unlisted:
            return "unlisted";
        case model::GroupVisibility::local_only:
            return "local_only_private";
        case model::GroupVisibility::private_:
            break;
    }
    return "private";
}

std::string_view name_of(repo::Notice notice) {
    switch (notice) {
        case repo::Notice::mute:
            return "mute";
        case repo::Notice::all_posts:
            return "all_posts";
        case repo::Notice::all_posts_and_comments:
            return "all_posts_and_comments";
        case repo::Notice::all_comments:
            return "all_comments";
    }
    return "replies_and_mentions";
}

NodeStanding standing_of(const ApiContext& api, const Actor& actor) {
    return community::node_standing(api.community, actor).value_or(NodeStanding{});
}

void write_standing(Writer& w, const GroupView& view) {
    const auto& mine = view.mine;
    w.key("community_actions").object();
    time_if(w, "followed_at", mine.followed_at);
    // When is not kept; that it is so is what clients look at.
    if (mine.muted) w.member("blocked_at", format_iso8601(view.group.created_at));
    if (mine.follows || mine.asked) w.member("follow_state", mine.follows ? "accepted" : "pending");
    if (mine.moderates) w.member("became_moderator_at", format_iso8601(mine.followed_at.value_or(view.group.created_at)));
    if (mine.banned) w.member("received_ban_at", format_iso8601(view.group.created_at));
    if (mine.notice) w.member("notifications", name_of(*mine.notice));
    w.end();
}

void write_vote(Writer& w, const community::PostView& view) {
    if (!view.reaction) return;
    w.member("voted_at", format_iso8601(view.post.published_at));
    w.member("vote_is_upvote", *view.reaction == model::ReactionKind::like);
}

// The members that posts and comments have in common, of who wrote them.
void write_author_members(Writer& w, const ApiContext& api, const ThreadItem& item) {
    const auto standing = standing_of(api, item.view.author);
    w.member("creator_is_admin", standing.admin);
    write_tags(w, item.tags);
    w.member("can_mod", item.group.mine.may_moderate);
    write_banned(w, "creator_banned", standing);
    w.member("creator_is_moderator", item.author_moderates);
    w.member("creator_banned_from_community", item.author_banned);
}

void begin_view(Writer& w, std::string_view type) {
    w.object();
    if (!type.empty()) w.member("type_", type);
}

}  // namespace

Id instance_id(std::string_view host) {
    std::uint64_t hash = 14695981039346656037ULL;  // FNV-1a
    for (const char c : host) hash = (hash ^ std::uint8_t(c)) * 1099511628211ULL;
    return Id(hash & 0x7fffffff) + 1;
}

void write_instance(Writer& w, std::string_view host) {
    // When it came to be known here is not kept.
    w.object().member("id", instance_id(host)).member("domain", host).member("published_at", format_iso8601(0)).end();
}

void write_person(Writer& w, const ApiContext& api, const Actor& actor) {
    if (api.shape) return api.shape->person(w, api, actor);
    const auto numbers = numbers_of(api, actor.id);
    w.object().member("id", actor.id).member("name", actor.username);
    text_unless_empty(w, "display_name", actor.name);
    picture_if(w, api, "avatar", actor.avatar_url);
    picture_if(w, api, "banner", actor.header_url);
    w.member("published_at", format_iso8601(actor.created_at)).member("ap_id", actor.ap_id);
    text_unless_empty(w, "bio", about(actor));
    w.member("local", actor.local).member("last_refreshed_at", format_iso8601(actor.local ? actor.updated_at : actor.fetched_at));
    w.member("deleted", actor.deleted_at.has_value()).member("bot_account", actor.bot);
    w.member("instance_id", instance_id(actor.host)).member("post_count", numbers.threads).member("comment_count", numbers.comments);
    w.end();
}

void write_community(Writer& w, const ApiContext& api, const GroupView& view) {
    if (api.shape) return api.shape->community(w, api, view);
    const auto& group = view.group;
    w.object().member("id", group.id).member("name", group.username);
    text_unless_empty(w, "title", group.name);
    text_unless_empty(w, "sidebar", about(group));
    text_unless_empty(w, "summary", view.profile.brief);
    w.member("removed", group.suspended_at.has_value()).member("published_at", format_iso8601(group.created_at));
    w.member("deleted", group.deleted_at.has_value()).member("nsfw", view.profile.sensitive || group.sensitized).member("ap_id", group.ap_id);
    w.member("local", group.local).member("last_refreshed_at", format_iso8601(group.local ? group.updated_at : group.fetched_at));
    picture_if(w, api, "icon", group.avatar_url);
    picture_if(w, api, "banner", group.header_url);
    w.member("posting_restricted_to_mods", view.posting == model::PostingPolicy::moderators || view.profile.archived_at.has_value());
    if (group.updated_at > group.created_at) w.member("updated_at", format_iso8601(group.updated_at));
    w.member("instance_id", instance_id(group.host)).member("visibility", visibility_name(view.profile.visibility));
    const auto& n = view.numbers;
    w.member("subscribers", group.followers_count).member("posts", n.threads).member("comments", n.comments);
    w.member("users_active_day", n.active_day).member("users_active_week", n.active_week);
    w.member("users_active_month", n.active_month).member("users_active_half_year", n.active_half_year);
    w.member("subscribers_local", n.members_here).member("report_count", 0).member("unresolved_report_count", 0);
    w.member("local_removed", false).end();
}

void write_post(Writer& w, const ApiContext& api, const ThreadItem& item) {
    if (api.shape) return api.shape->post(w, api, item);
    const auto& post = item.view.post;
    w.object().member("id", post.id).member("name", title_of(post));
    text_unless_empty(w, "url", url_of(api, item));
    text_unless_empty(w, "body", body_of(item.view));
    w.member("creator_id", post.actor_id).member("community_id", item.group.group.id);
    w.member("removed", item.state.removed).member("locked", item.state.locked);
    w.member("published_at", format_iso8601(post.published_at));
    time_if(w, "updated_at", post.edited_at);
    w.member("deleted", post.deleted_at.has_value()).member("nsfw", post.sensitive);
    write_embed(w, api, item);
    w.member("ap_id", post.ap_id).member("local", post.local).member("language_id", language_id(post.language));
    w.member("featured_community", item.state.featured).member("featured_local", false);
    if (item.state.comments > 0) w.member("newest_comment_time_at", format_iso8601(item.state.newest_comment_at));
    w.member("comments", item.state.comments).member("score", post.likes_count - post.dislikes_count);
    w.member("upvotes", post.likes_count).member("downvotes", post.dislikes_count);
    w.member("report_count", item.reports).member("unresolved_report_count", item.open_reports).member("federation_pending", false).end();
}

void write_comment(Writer& w, const ApiContext& api, const CommentItem& item) {
    if (api.shape) return api.shape->comment(w, api, item);
    const auto& post = item.comment.view.post;
    w.object().member("id", post.id).member("creator_id", post.actor_id).member("post_id", post.thread_id);
    w.member("content", body_of(post)).member("removed", item.comment.state.removed);
    w.member("published_at", format_iso8601(post.published_at));
    time_if(w, "updated_at", post.edited_at);
    w.member("deleted", post.deleted_at.has_value()).member("ap_id", post.ap_id).member("local", post.local);
    w.member("path", item.path).member("distinguished", item.comment.state.distinguished).member("language_id", language_id(post.language));
    w.member("score", post.likes_count - post.dislikes_count).member("upvotes", post.likes_count);
    w.member("downvotes", post.dislikes_count).member("child_count", item.below).member("report_count", item.comment.reports);
    w.member("unresolved_report_count", item.comment.open_reports).member("federation_pending", false).member("locked", item.comment.state.locked).end();
}

void write_banned(Writer& w, std::string_view name, const NodeStanding& standing) {
    w.member(name, standing.banned);
    time_if(w, name == "banned" ? "ban_expires_at" : "creator_ban_expires_at", standing.ban_expires_at);
}

void write_person_view(Writer& w, const ApiContext& api, const Actor& actor, std::string_view type, const community::Viewer& viewer) {
    const auto standing = standing_of(api, actor);
    if (api.shape) return api.shape->person_view(w, api, actor, standing.admin);
    begin_view(w, type);
    w.key("person");
    write_person(w, api, actor);
    w.member("is_admin", standing.admin);
    write_banned(w, "banned", standing);
    if (viewer.actor_id && *viewer.actor_id != actor.id)
        if (const auto relation = community::relationships(api.community, *viewer.actor_id, std::span(&actor.id, 1)); relation && !relation->empty()) {
            w.key("person_actions").object();
            // When is not kept; that it is so is what clients look at.
            if (relation->front().blocking) w.member("blocked_at", format_iso8601(actor.created_at));
            text_unless_empty(w, "note", relation->front().note);
            w.end();
        }
    w.end();
}

std::string person_response(const ApiContext& api, const Actor& actor) {
    Writer w;
    w.object().key("person_view");
    write_person_view(w, api, actor);
    w.end();
    return w.take();
}

void write_community_view(Writer& w, const ApiContext& api, const GroupView& view, std::string_view type) {
    if (api.shape) return api.shape->community_view(w, api, view);
    begin_view(w, type);
    w.key("community");
    write_community(w, api, view);
    write_standing(w, view);
    w.member("can_mod", view.mine.may_moderate);
    write_tags(w, view.tags);
    w.end();
}

void write_post_view(Writer& w, const ApiContext& api, const ThreadItem& item, std::string_view type) {
    if (api.shape) return api.shape->post_view(w, api, item);
    begin_view(w, type);
    w.key("post");
    write_post(w, api, item);
    w.key("creator");
    write_person(w, api, item.view.author);
    w.key("community");
    write_community(w, api, item.group);
    write_image_details(w, api, item, true);
    write_standing(w, item.group);
    w.key("post_actions").object();
    if (item.view.bookmarked) w.member("saved_at", format_iso8601(item.view.post.received_at));
    time_if(w, "read_at", item.read_at);
    if (item.read_at) {
        w.member("read_comments_at", format_iso8601(*item.read_at));
        w.member("read_comments_amount", std::max<std::int64_t>(item.state.comments - item.unread, 0));
    }
    time_if(w, "hidden_at", item.hidden_at);
    if (item.notice) w.member("notifications", name_of(*item.notice));
    write_vote(w, item.view);
    w.end();
    write_author_members(w, api, item);
    w.end();
}

void write_comment_view(Writer& w, const ApiContext& api, const CommentItem& item, const ThreadItem& thread, std::string_view type) {
    if (api.shape) return api.shape->comment_view(w, api, item, thread);
    begin_view(w, type);
    w.key("comment");
    write_comment(w, api, item);
    w.key("creator");
    write_person(w, api, item.comment.view.author);
    w.key("post");
    write_post(w, api, thread);
    w.key("community");
    write_community(w, api, item.comment.group);
    write_standing(w, item.comment.group);
    w.key("comment_actions").object();
    if (item.comment.view.bookmarked) w.member("saved_at", format_iso8601(item.comment.view.post.received_at));
    write_vote(w, item.comment.view);
    w.end();
    write_author_members(w, api, item.comment);
    w.end();
}

void write_comment_slim(Writer& w, const ApiContext& api, const CommentItem& item) {
    w.object().key("comment");
    write_comment(w, api, item);
    w.key("creator");
    write_person(w, api, item.comment.view.author);
    w.key("comment_actions").object();
    write_vote(w, item.comment.view);
    w.end();
    write_author_members(w, api, item.comment);
    w.end();
}

std::string community_response(const ApiContext& api, const GroupView& view) {
    Writer w;
    w.object().key("community_view");
    write_community_view(w, api, view);
    write_discussion_languages(w, view);
    w.end();
    return w.take();
}

void write_discussion_languages(Writer& w, const GroupView& view) {
    w.key("discussion_languages").array();
    if (!view.profile.languages.empty()) w.value(0);  // what names none is let in
    for (const auto& code : view.profile.languages)
        if (const auto id = language_id(code); id != 0) w.value(id);
    w.end();
}

std::string post_response(const ApiContext& api, const ThreadItem& item) {
    Writer w;
    w.object().key("post_view");
    write_post_view(w, api, item);
    w.end();
    return w.take();
}

std::string comment_response(const ApiContext& api, const CommentItem& comment, const ThreadItem& thread) {
    Writer w;
    w.object().key("comment_view");
    write_comment_view(w, api, comment, thread);
    if (api.shape) api.shape->end_comment_response(w);
    w.end();
    return w.take();
}

Result<std::string> comment_response(const ApiContext& api, const community::Viewer& viewer, Id id) {
    const auto comment = TRY(community::group_comment(api.community, viewer, id));
    return comment_response(api, comment, TRY(community::group_thread(api.community, viewer, comment.comment.view.post.thread_id)));
}

std::optional<TimeMs> expiry_of(const http::Params& params) {
    const auto v4 = params.integer("expires_at");
    const auto seconds = v4 ? v4 : params.integer("expires");  // as v3 calls it
    if (!seconds || *seconds <= 0 || *seconds >= 100'000'000'000) return {};
    return *seconds * 1000;
}

std::string success() { return R"({"success":true})"; }

void write_moderators(Writer& w, const ApiContext& api, std::string_view name, const GroupView& view,
                      const std::vector<Actor>& moderators) {
    w.key(name).array();
    for (const auto& moderator : moderators) {
        w.object().key("community");
        write_community(w, api, view);
        w.key("moderator");
        write_person(w, api, moderator);
        w.end();
    }
    w.end();
}

}  // namespace kith::lemmy
