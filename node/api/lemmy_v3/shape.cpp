#include "node/api/lemmy_v3/shape.hpp"

#include "node/api/lemmy/entities.hpp"
#include "node/api/lemmy/fields.hpp"
#include "node/api/lemmy/messages.hpp"
#include "node/community/messages.hpp"
#include "node/community/node_moderation.hpp"

namespace kith::lemmy::v3 {

using community::CommentItem;
using community::GroupView;
using community::ThreadItem;
using json::Writer;
using model::Actor;

namespace {

std::string_view subscribed(const GroupView& view) {
    return view.mine.follows ? "Subscribed" : view.mine.asked ? "Pending" : "NotSubscribed";
}

void write_vote(Writer& w, const community::PostView& view) {
    if (view.reaction) w.member("my_vote", *view.reaction == model::ReactionKind::like ? 1 : -1);
}

void write_score(Writer& w, const model::Post& post) {
    w.member("score", post.likes_count - post.dislikes_count).member("upvotes", post.likes_count).member("downvotes", post.dislikes_count);
    w.member("published", format_iso8601(post.published_at));
}

void write_post_counts(Writer& w, const ThreadItem& item) {
    w.key("counts").object().member("post_id", item.view.post.id).member("comments", item.state.comments);
    write_score(w, item.view.post);
    w.member("newest_comment_time", format_iso8601(item.state.comments > 0 ? item.state.newest_comment_at : item.view.post.published_at)).end();
}

void write_comment_counts(Writer& w, const CommentItem& item) {
    w.key("counts").object().member("comment_id", item.comment.view.post.id);
    write_score(w, item.comment.view.post);
    w.member("child_count", item.below).end();
}

// Of who wrote it and of how the reader stands to it. Whom the reader blocks is not shown at all.
void write_standing(Writer& w, const ApiContext& api, const ThreadItem& item) {
    const auto here = community::node_standing(api.community, item.view.author);
    w.member("creator_banned_from_community", item.author_banned).member("banned_from_community", item.group.mine.banned);
    w.member("creator_is_moderator", item.author_moderates).member("creator_is_admin", here && here->admin).member("creator_blocked", false);
    w.member("subscribed", subscribed(item.group)).member("saved", item.view.bookmarked);
    write_vote(w, item.view);
}

void write_marks(Writer& w, const ThreadItem& item) {
    w.member("read", item.read_at.has_value()).member("hidden", item.hidden_at.has_value()).member("unread_comments", item.unread);
}

class Records final : public Shape {
public:
    void person(Writer& w, const ApiContext& api, const Actor& actor) const override {
        w.object().member("id", actor.id).member("name", actor.username);
        text_unless_empty(w, "display_name", actor.name);
        picture_if(w, api, "avatar", actor.avatar_url);
        const auto here = community::node_standing(api.community, actor);
        w.member("banned", here ? here->banned : actor.suspended_at.has_value());
        if (here) time_if(w, "ban_expires", here->ban_expires_at);
        w.member("published", format_iso8601(actor.created_at));
        w.member("actor_id", actor.ap_id);
        text_unless_empty(w, "bio", about(actor));
        w.member("local", actor.local);
        picture_if(w, api, "banner", actor.header_url);
        w.member("deleted", actor.deleted_at.has_value()).member("bot_account", actor.bot).member("instance_id", instance_id(actor.host)).end();
    }

    void community(Writer& w, const ApiContext& api, const GroupView& view) const override {
        const auto& group = view.group;
        w.object().member("id", group.id).member("name", group.username).member("title", group.name.empty() ? group.username : group.name);
        text_unless_empty(w, "description", about(group));
        w.member("removed", group.suspended_at.has_value()).member("published", format_iso8601(group.created_at));
        w.member("deleted", group.deleted_at.has_value()).member("nsfw", view.profile.sensitive || group.sensitized).member("actor_id", group.ap_id);
        w.member("local", group.local);
        picture_if(w, api, "icon", group.avatar_url);
        picture_if(w, api, "banner", group.header_url);
        w.member("hidden", view.profile.visibility == model::GroupVisibility::unlisted);
        w.member("posting_restricted_to_mods", view.posting == model::PostingPolicy::moderators || view.profile.archived_at.has_value());
        // That its moderators let people in v3 has no word for.
        w.member("instance_id", instance_id(group.host)).member("visibility", view.profile.visibility == model::GroupVisibility::local_only ? "LocalOnly" : "Public").end();
    }

    void post(Writer& w, const ApiContext& api, const ThreadItem& item) const override {
        const auto& post = item.view.post;
        w.object().member("id", post.id).member("name", title_of(post));
        text_unless_empty(w, "url", url_of(api, item));
        text_unless_empty(w, "body", body_of(item.view));
        w.member("creator_id", post.actor_id).member("community_id", item.group.group.id);
        w.member("removed", item.state.removed).member("locked", item.state.locked);
        w.member("published", format_iso8601(post.published_at));
        time_if(w, "updated", post.edited_at);
        w.member("deleted", post.deleted_at.has_value()).member("nsfw", post.sensitive);
        write_embed(w, api, item);
        w.member("ap_id", post.ap_id).member("local", post.local).member("language_id", language_id(post.language));
        w.member("featured_community", item.state.featured).member("featured_local", false).end();
    }

    void comment(Writer& w, const ApiContext&, const CommentItem& item) const override {
        const auto& post = item.comment.view.post;
        w.object().member("id", post.id).member("creator_id", post.actor_id).member("post_id", post.thread_id);
        w.member("content", body_of(post)).member("removed", item.comment.state.removed);
        w.member("published", format_iso8601(post.published_at));
        time_if(w, "updated", post.edited_at);
        w.member("deleted", post.deleted_at.has_value()).member("ap_id", post.ap_id).member("local", post.local);
        w.member("path", item.path).member("distinguished", item.comment.state.distinguished).member("language_id", language_id(post.language)).end();
    }

    void person_view(Writer& w, const ApiContext& api, const Actor& actor, bool is_admin) const override {
        w.object().key("person");
        person(w, api, actor);
        write_person_counts(w, api, actor.id);
        w.member("is_admin", is_admin).end();
    }

    void community_view(Writer& w, const ApiContext& api, const GroupView& view) const override {
        w.object().key("community");
        community(w, api, view);
        const auto& n = view.numbers;
        w.member("subscribed", subscribed(view)).member("blocked", view.mine.muted).member("banned_from_community", view.mine.banned);
        w.key("counts").object().member("community_id", view.group.id).member("subscribers", view.group.followers_count);
        w.member("posts", n.threads).member("comments", n.comments).member("published", format_iso8601(view.group.created_at));
        w.member("users_active_day", n.active_day).member("users_active_week", n.active_week);
        w.member("users_active_month", n.active_month).member("users_active_half_year", n.active_half_year);
        w.member("subscribers_local", n.members_here).end().end();
    }

    void post_view(Writer& w, const ApiContext& api, const ThreadItem& item) const override {
        w.object().key("post");
        post(w, api, item);
        w.key("creator");
        person(w, api, item.view.author);
        w.key("community");
        community(w, api, item.group);
        write_image_details(w, api, item, false);
        write_post_counts(w, item);
        write_standing(w, api, item);
        write_marks(w, item);
        w.end();
    }

    void comment_view(Writer& w, const ApiContext& api, const CommentItem& item, const ThreadItem& thread) const override {
        w.object();
        write_comment_members(w, api, item, thread);
        w.end();
    }

    void message_view(Writer& w, const ApiContext& api, const community::PostView& view, Id viewer) const override {
        const auto& post = view.post;
        const auto& to = recipient_of(view, viewer);
        const auto known = community::message(api.community, viewer, post.id);
        w.object().key("private_message").object().member("id", post.id).member("creator_id", post.actor_id).member("recipient_id", to.id);
        w.member("content", message_text(view)).member("deleted", post.deleted_at.has_value()).member("read", !known || known->read);
        w.member("published", format_iso8601(post.published_at));
        time_if(w, "updated", post.edited_at);
        w.member("ap_id", post.ap_id).member("local", post.local).end().key("creator");
        person(w, api, view.author);
        w.key("recipient");
        person(w, api, to);
        w.end();
    }

    // Who looks into reports is not told what its author keeps, reads and votes.
    void report_view(Writer& w, const ApiContext& api, const community::ReportView& view, const ThreadItem& thread,
                     const CommentItem* of_comment) const override {
        const auto& report = view.report;
        const auto& reported = of_comment ? of_comment->comment : thread;
        const auto& text = reported.view.post;
        w.object().key(of_comment ? "comment_report" : "post_report").object().member("id", report.id).member("creator_id", report.reporter_id);
        w.member(of_comment ? "comment_id" : "post_id", text.id);
        if (of_comment) {
            w.member("original_comment_text", body_of(text));
        } else {
            w.member("original_post_name", title_of(text));
            text_unless_empty(w, "original_post_url", url_of(api, thread));
            text_unless_empty(w, "original_post_body", text.source);
        }
        w.member("reason", report.comment).member("resolved", report.resolved_at.has_value());
        if (report.resolved_by_id) w.member("resolver_id", *report.resolved_by_id);
        w.member("published", format_iso8601(report.created_at)).end();
        if (of_comment) {
            w.key("comment");
            comment(w, api, *of_comment);
        }
        w.key("post");
        post(w, api, thread);
        w.key("community");
        community(w, api, thread.group);
        w.key("creator");
        person(w, api, view.reporter);
        w.key(of_comment ? "comment_creator" : "post_creator");
        person(w, api, view.target);
        if (of_comment) write_comment_counts(w, *of_comment);
        else write_post_counts(w, thread);
        w.member("creator_banned_from_community", reported.author_banned).member("creator_is_moderator", reported.author_moderates);
        w.member("creator_is_admin", false).member("creator_blocked", false).member("subscribed", "NotSubscribed").member("saved", false);
        if (!of_comment) w.member("read", false).member("hidden", false).member("unread_comments", thread.state.comments);
        if (view.resolved_by) {
            w.key("resolver");
            person(w, api, *view.resolved_by);
        }
        w.end();
    }

    // Members are told by what they ask for (unread_count), not by this.
    void end_comment_response(Writer& w) const override { w.key("recipient_ids").array().end(); }

    std::string_view reason_unsaid() const override { return "no reason given"; }
};

}  // namespace

const Shape& shape() {
    static const Records records;
    return records;
}

void write_person_counts(Writer& w, const ApiContext& api, Id person) {
    const auto numbers = numbers_of(api, person);
    w.key("counts").object().member("person_id", person).member("post_count", numbers.threads).member("comment_count", numbers.comments).end();
}

void write_comment_members(Writer& w, const ApiContext& api, const CommentItem& item, const ThreadItem& thread) {
    w.key("comment");
    lemmy::write_comment(w, api, item);
    w.key("creator");
    write_person(w, api, item.comment.view.author);
    w.key("post");
    write_post(w, api, thread);
    w.key("community");
    write_community(w, api, item.comment.group);
    write_comment_counts(w, item);
    write_standing(w, api, item.comment);
}

void write_instance(Writer& w, std::string_view host) {
    // When it came to be known here is not kept.
    w.object().member("id", instance_id(host)).member("domain", host).member("published", format_iso8601(0)).end();
}

}  // namespace kith::lemmy::v3
