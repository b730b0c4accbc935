#include "node/api/mastodon/status.hpp"

#include "base/html/escape.hpp"
#include "base/text/strings.hpp"
#include "node/api/mastodon/account.hpp"
#include "node/api/mastodon/card.hpp"
#include "node/api/mastodon/collection.hpp"
#include "node/api/mastodon/emoji.hpp"
#include "node/api/mastodon/filter.hpp"
#include "node/api/mastodon/quote.hpp"
#include "node/api/mastodon/polls.hpp"
#include "node/api/mastodon/trends.hpp"
#include "node/community/accounts.hpp"
#include "node/community/collections.hpp"
#include "node/community/groups.hpp"

namespace kith::mastodon {

using community::Context;
using community::PostView;
using community::Viewer;
using json::Writer;
using model::Visibility;

std::string_view visibility_name(Visibility visibility) {
    switch (visibility) {
        case Visibility::public_:
            return "public";
        case Visibility::unlisted:
            return "unlisted";
        case Visibility::direct:
            return "direct";
        case Visibility::followers:
        case Visibility::group:
            break;
    }
    return "private";
}

std::optional<Visibility> visibility_from(std::string_view name) {
    for (auto v :
         {Visibility::public_, Visibility::unlisted, Visibility::followers, Visibility::direct})
        if (visibility_name(v) == name) return v;
    return {};
}

std::string content_of(const PostView& view) {
    const auto& post = view.post;
    const auto content = view.quote && view.quote->quoted_id ? without_quote_inline(post.content)
                                                             : post.content;
    std::string out;
    if (!post.title.empty()) {
        const auto group = view.group ? view.group->username : std::string();
        if (community::title_from_content(content, group) != post.title)
            out = "<p><strong>" + html::escape(post.title) + "</strong></p>";
    }
    out += content;
    const auto link = html::escape(post.link_url);
    if (!link.empty() && content.find(link) == std::string::npos)
        out +=
            "<p><a href=\"" + link + "\" rel=\"nofollow noopener noreferrer\">" + link + "</a></p>";
    return out;
}

namespace {

void write_id_or_null(Writer& w, std::string_view name, std::optional<Id> id) {
    if (id)
        w.member(name, std::to_string(*id));
    else
        w.null_member(name);
}

void write_text_or_null(Writer& w, std::string_view name, std::string_view text) {
    if (text.empty())
        w.null_member(name);
    else
        w.member(name, text);
}

void write_empty_list(Writer& w, std::string_view name) { w.key(name).array().end(); }

void write_mentions(Writer& w, const Context& context, const PostView& view) {
    w.key("mentions").array();
    for (const auto& mentioned : view.mentions) {
        const auto& actor = mentioned.actor;
        w.object().member("id", std::to_string(actor.id)).member("username", actor.username);
        w.member("url", actor.url.empty() ? actor.ap_id : actor.url);
        w.member("acct", community::acct_of(context, actor)).end();
    }
    w.end();
}

void write_application(Writer& w, const PostView& view) {
    if (view.app_name.empty()) return void(w.null_member("application"));
    w.key("application").object().member("name", view.app_name);
    write_text_or_null(w, "website", view.app_website);
    w.end();
}

void write_counts(Writer& w, const model::Post& post) {
    w.member("replies_count", post.replies_count).member("reblogs_count", post.boosts_count);
    w.member("favourites_count", post.likes_count);
}

void write_viewer_members(Writer& w, const Context& context, const Viewer& viewer, const PostView& view) {
    if (!viewer.actor_id) return;
    w.member("favourited", view.favourited).member("reblogged", view.boosted);
    w.member("muted", view.muted).member("bookmarked", view.bookmarked);
    if (view.author.id == *viewer.actor_id) w.member("pinned", view.pinned);
    write_filtered(w, view, context.clock.now_ms());
}

void write_parts(Writer& w, const Context& context, const Viewer& viewer, const PostView& view) {
    w.key("media_attachments").array();
    for (const auto& attachment : view.attachments) write_attachment(w, context, attachment);
    w.end();
    write_mentions(w, context, view);
    w.key("tags").array();
    for (const auto& tag : view.tags) {
        w.object();
        write_tag_members(w, context, tag);
        w.end();
    }
    w.end();
    write_emojis(w, context.urls, view);
    write_reactions(w, context.urls, view);
    w.key("card");
    write_card(w, context, view.card);
    w.key("poll");
    if (view.poll)
        write_poll(w, context, viewer, view);
    else
        w.null();
}

enum class Text { leave_out, show };

void write_post(Writer& w, const Context& context, const Viewer& viewer, const PostView& view,
                Text text) {
    const auto& post = view.post;
    w.object();
    w.member("id", std::to_string(post.id)).member("created_at", format_iso8601(post.published_at));
    write_id_or_null(w, "in_reply_to_id", post.in_reply_to_id);
    write_id_or_null(w, "in_reply_to_account_id", post.in_reply_to_actor_id);
    w.member("sensitive", post.sensitive).member("spoiler_text", post.summary);
    w.member("visibility", visibility_name(post.visibility));
    write_text_or_null(w, "language", post.language);
    w.member("uri", post.ap_id).member("url", post.url.empty() ? post.ap_id : post.url);
    write_counts(w, post);
    if (post.edited_at)
        w.member("edited_at", format_iso8601(*post.edited_at));
    else
        w.null_member("edited_at");
    w.member("content", content_of(view)).null_member("reblog");
    write_quote_members(w, context, viewer, view);
    if (text == Text::show) w.member("text", post.source);
    write_application(w, view);
    w.key("account");
    write_account(w, context, view.author);
    write_parts(w, context, viewer, view);
    w.key("tagged_collections").array();
    for (const auto& each : community::collections_linked(context, viewer, post.content)) write_collection(w, context, each);
    w.end();
    write_viewer_members(w, context, viewer, view);
    w.end();
}

// The status that says "X boosted" or "group G shows"; its content is that of `reblog`.
void write_wrapper(Writer& w, const Context& context, const Viewer& viewer, const PostView& view) {
    const auto& post = view.post;
    const auto& wrapper = *view.boost;
    w.object();
    w.member("id", std::to_string(wrapper.id))
        .member("created_at", format_iso8601(wrapper.created_at));
    w.null_member("in_reply_to_id").null_member("in_reply_to_account_id");
    w.member("sensitive", post.sensitive).member("spoiler_text", post.summary);
    w.member("visibility", visibility_name(wrapper.visibility));
    write_text_or_null(w, "language", post.language);
    w.member("uri", wrapper.ap_id).member("url", post.url.empty() ? post.ap_id : post.url);
    write_counts(w, post);
    w.null_member("edited_at").member("content", "").null_member("application");
    w.null_member("quote");
    w.key("account");
    write_account(w, context, wrapper.actor);
    for (auto list : {"media_attachments", "mentions", "tags", "emojis"}) write_empty_list(w, list);
    w.null_member("card").null_member("poll");
    write_viewer_members(w, context, viewer, view);
    w.key("reblog");
    write_post(w, context, viewer, view, Text::leave_out);
    w.end();
}

}  // namespace

void write_tag_members(Writer& w, const Context& context, std::string_view name) {
    w.member("name", name).member("url", context.urls.tag(text::percent_encode(name)));
}

void write_tag(Writer& w, const Context& context, std::string_view name,
               std::optional<TagStanding> standing, const std::vector<community::TagDay>& history) {
    w.object();
    write_tag_members(w, context, name);
    write_history(w, history);
    if (standing) w.member("following", standing->following).member("featuring", standing->featuring);
    w.end();
}

void write_status(Writer& w, const Context& context, const Viewer& viewer, const PostView& view) {
    if (view.boost)
        write_wrapper(w, context, viewer, view);
    else
        write_post(w, context, viewer, view, Text::leave_out);
}

std::string status_json(const Context& context, const Viewer& viewer, const PostView& view) {
    Writer w;
    write_status(w, context, viewer, view);
    return w.take();
}

std::string statuses_json(const Context& context, const Viewer& viewer,
                          std::span<const PostView> views) {
    Writer w;
    w.array();
    for (const auto& view : views) write_status(w, context, viewer, view);
    w.end();
    return w.take();
}

std::string deleted_status_json(const Context& context, const Viewer& viewer,
                                const PostView& view) {
    Writer w;
    write_post(w, context, viewer, view, Text::show);
    return w.take();
}

std::string history_json(const Context& context, const PostView& present,
                         std::span<const model::PostEdit> edits) {
    Writer w;
    w.array();
    for (const auto& edit : edits) {
        w.object();
        w.member("content", edit.content).member("spoiler_text", edit.summary);
        w.member("sensitive", edit.sensitive).member("created_at", format_iso8601(edit.edited_at));
        w.key("account");
        write_account(w, context, present.author);
        w.key("media_attachments").array();
        for (const auto& attachment : present.attachments) write_attachment(w, context, attachment);
        w.end();
        write_emojis(w, context.urls, present);
        if (edit.poll_options && !edit.poll_options->empty()) {
            w.key("poll").object().key("options").array();
            for (const auto& option : *edit.poll_options) w.object().member("title", option).end();
            w.end().end();
        }
        w.end();
    }
    w.end();
    return w.take();
}

}  // namespace kith::mastodon
