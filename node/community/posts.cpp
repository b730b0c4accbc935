#include "node/community/posts.hpp"

#include "base/json/writer.hpp"
#include "base/text/strings.hpp"
#include "base/text/utf8.hpp"
#include "config/limits/community.hpp"
#include "node/community/compose.hpp"
#include "node/community/custom_emoji.hpp"
#include "node/community/events.hpp"
#include "node/community/groups.hpp"
#include "node/community/moves.hpp"
#include "node/community/notifications.hpp"
#include "node/community/post_search.hpp"
#include "node/community/post_steps.hpp"
#include "node/community/quotes.hpp"
#include "storage/repo/accounts.hpp"
#include "storage/repo/actors.hpp"
#include "storage/repo/groups.hpp"
#include "storage/repo/media.hpp"
#include "storage/repo/posts.hpp"
#include "storage/repo/relations.hpp"

#include <algorithm>

namespace kith::community {

using model::Actor;
using model::EventKind;
using model::Post;
using model::Visibility;
using sql::Tx;

namespace {

Failure not_found() { return fail(Code::not_found, "Record not found"); }

Result<> validate_text(const Context& context, std::string_view text, std::string_view summary,
                       bool has_media) {
    if (text::trim(text).empty() && !has_media)
        return fail(Code::unprocessable, "Validation failed: Text can't be blank");
    auto most = context.config.limits.post_characters_max;
    if (utf8::length(text) + utf8::length(summary) > std::size_t(most))
        return fail(Code::unprocessable, "Validation failed: Text character limit of " +
                                             std::to_string(most) + " exceeded");
    if (utf8::length(summary) > limits::post_summary_characters_max)
        return fail(Code::unprocessable, "Validation failed: the content warning is too long");
    return {};
}

// Where a new post stands: its parent, and the group it goes to.
struct Place {
    std::optional<Post> parent;
    std::optional<Actor> group;
};

Result<Place> place_of(Tx& tx, Id author_id, const NewPost& draft, const Composed& composed) {
    Place place;
    if (draft.in_reply_to_id) {
        auto parent = TRY(repo::find_post(tx, *draft.in_reply_to_id));
        if (!parent || !TRY(repo::sees_post(tx, author_id, parent->id))) return not_found();
        if (TRY(repo::either_blocks(tx, author_id, parent->actor_id)))
            return fail(Code::forbidden, "This action is not allowed");
        TRY(may_interact(tx, *parent, author_id, model::Interaction::reply));
        if (parent->group_id) place.group = TRY(repo::find_actor(tx, *parent->group_id));
        place.parent = std::move(parent);
    } else if (draft.group_id) {
        place.group = TRY(repo::find_actor(tx, *draft.group_id));
        if (!place.group || !place.group->is_group()) return not_found();
    } else {
        for (const auto& mentioned : composed.mentions)
            if (mentioned.actor.is_group()) {
                place.group = mentioned.actor;
                break;
            }
    }
    // A direct post that names a group is a message, not a post in it.
    if (draft.visibility == Visibility::direct || draft.visibility == Visibility::followers)
        place.group.reset();
    if (place.group && (place.group->deleted_at || place.group->suspended_at)) return not_found();
    if (place.group && place.group->local && !TRY(may_post(tx, place.group->id, author_id)))
        return fail(Code::forbidden, "Only members may post in this group");
    return place;
}

Post draft_to_post(const Context& context, const Actor& author, const NewPost& draft,
                   const Composed& composed, const Place& place) {
    Post post;
    post.id = context.ids.next();
    post.ap_id = context.urls.post(post.id);
    post.url = context.urls.post_page(author.username, post.id);
    post.actor_id = author.id;
    post.local = true;
    post.visibility = draft.visibility;
    post.thread_id = post.id;
    if (place.group) post.group_id = place.group->id;
    if (place.parent) {
        post.in_reply_to_id = place.parent->id;
        post.in_reply_to_actor_id = place.parent->actor_id;
        post.thread_id = place.parent->thread_id;
    }
    post.content = composed.html;
    post.source = draft.text;
    post.source_type = draft.content_type;
    post.summary = draft.summary;
    post.sensitive = draft.sensitive || !draft.summary.empty();
    post.language = draft.language;
    if (place.group && !place.parent) {
        post.kind = model::PostKind::page;
        post.title = !draft.title.empty()
                         ? draft.title
                         : title_from_content(composed.html, place.group->username);
    }
    if (draft.poll) post.kind = model::PostKind::question;
    post.context_url = context.urls.post(post.thread_id) + "/context";
    post.published_at = post.received_at = context.clock.now_ms();
    post.app_id = draft.app_id;
    return post;
}

Result<> store_parts(Tx& tx, const Context& context, const Post& post, const Composed& composed,
                     const std::optional<Actor>& group) {
    for (const auto& mentioned : composed.mentions) {
        TRY(repo::add_mention(tx, post.id, {mentioned.actor.id, mentioned.name}));
        TRY(repo::add_audience(tx, post.id, mentioned.actor.id));
    }
    if (group) TRY(repo::add_audience(tx, post.id, group->id));
    return attach_tags(tx, context, post.id, composed.tags);
}

std::vector<Id> mentioned_ids(const Composed& composed) {
    std::vector<Id> out;
    for (const auto& mentioned : composed.mentions) out.push_back(mentioned.actor.id);
    return out;
}

Result<Post> create_in(Tx& tx, const Context& context, Id author_id, const NewPost& draft,
                       Id user_for_key) {
    auto now = context.clock.now_ms();
    if (!draft.idempotency_key.empty())
        if (auto done = TRY(repo::find_idempotent(tx, user_for_key, draft.idempotency_key,
                                                  now - limits::idempotency_ms)))
            if (auto post = TRY(repo::find_post(tx, *done))) return *post;
    auto author = TRY(repo::find_actor(tx, author_id));
    if (!author || !author->local || author->deleted_at || author->suspended_at) return not_found();
    TRY(refuse_moved(*author));
    auto composed = TRY(compose(tx, context, draft.text, draft.content_type));
    auto place = TRY(place_of(tx, author_id, draft, composed));
    auto post = draft_to_post(context, *author, draft, composed, place);
    TRY(repo::insert_post(tx, post));
    TRY(store_parts(tx, context, post, composed, place.group));
    if (!draft.media_ids.empty() && draft.poll)
        return fail(Code::unprocessable, "Validation failed: a post has pictures or a poll, not both");
    if (!draft.media_ids.empty()) TRY(attach(tx, context, post, draft.media_ids));
    if (draft.poll) TRY(open_poll(tx, context, post, *draft.poll));
    TRY(attach_own_emojis(tx, post));
    TRY(index_post(tx, post));
    TRY(count_post(tx, context, post, 1));
    TRY(surface_at_home(tx, context, post));
    if (place.group && place.group->local) TRY(enter_group(tx, context, post, {}));
    TRY(notify_mentioned(tx, context, post, mentioned_ids(composed)));
    TRY(emit(tx, context,
             {.kind = EventKind::post_created,
              .actor_id = author_id,
              .post_id = post.id,
              .group_id = post.group_id,
              .object_ap_id = post.ap_id,
              .at = now}));
    if (draft.quote_audience) TRY(set_quote_policy(tx, post, *draft.quote_audience));
    if (draft.quoted_id) TRY(quote_with_new_post(tx, context, post, *draft.quoted_id));
    if (!draft.idempotency_key.empty())
        TRY(repo::put_idempotent(tx, user_for_key, draft.idempotency_key, post.id, now));
    return post;
}

Result<> describe_pictures(Tx& tx, const Post& post,
                           const std::vector<std::pair<Id, PictureText>>& texts) {
    if (texts.empty()) return {};
    for (auto& row : TRY(repo::attachments_of(tx, std::span(&post.id, 1))))
        for (const auto& [id, text] : texts) {
            if (id != row.attachment.id) continue;
            if (text.description) row.attachment.description = *text.description;
            if (text.focus) {
                row.attachment.focus_x = text.focus->first;
                row.attachment.focus_y = text.focus->second;
            }
            TRY(repo::describe_attachment(tx, row.attachment));
        }
    return {};
}

// Whoever reacted by boosting or was named is told of an edit, as Mastodon does.
Result<Post> edit_in(Tx& tx, const Context& context, Id author_id, Id post_id,
                     const PostChange& change) {
    auto found = TRY(repo::find_post(tx, post_id));
    if (!found || found->deleted_at || found->actor_id != author_id || !found->local)
        return not_found();
    auto post = *found;
    auto now = context.clock.now_ms();
    auto composed = TRY(compose(tx, context, change.text, post.source_type));
    TRY(repo::add_edit(tx, {.id = context.ids.next(),
                            .post_id = post.id,
                            .title = post.title,
                            .content = post.content,
                            .source = post.source,
                            .summary = post.summary,
                            .sensitive = post.sensitive,
                            .edited_at = post.edited_at.value_or(post.published_at)}));
    if (change.media_ids) TRY(attach(tx, context, post, *change.media_ids));
    TRY(describe_pictures(tx, post, change.media_texts));
    if (text::trim(change.text).empty() &&
        TRY(repo::attachments_of(tx, std::span(&post.id, 1))).empty())
        return fail(Code::unprocessable, "Validation failed: Text can't be blank");
    post.content = composed.html;
    post.source = change.text;
    post.summary = change.summary;
    post.sensitive = change.sensitive.value_or(post.sensitive) || !post.summary.empty();
    if (change.language) post.language = *change.language;
    if (!post.title.empty()) {
        auto group =
            post.group_id ? TRY(repo::find_actor(tx, *post.group_id)) : std::optional<Actor>{};
        post.title = title_from_content(post.content, group ? group->username : "");
    }
    post.edited_at = now;
    TRY(repo::update_post(tx, post));
    auto before = TRY(repo::audience_of(tx, post.id));
    TRY(repo::clear_mentions(tx, post.id));
    TRY(repo::clear_tags(tx, post.id));
    std::vector<Id> newly_named;
    for (const auto& mentioned : composed.mentions) {
        TRY(repo::add_mention(tx, post.id, {mentioned.actor.id, mentioned.name}));
        if (std::find(before.begin(), before.end(), mentioned.actor.id) != before.end()) continue;
        // The audience of a post that is not open to all never grows (architecture: Who may see a
        // post).
        if (post.visibility > Visibility::unlisted) continue;
        TRY(repo::add_audience(tx, post.id, mentioned.actor.id));
        newly_named.push_back(mentioned.actor.id);
    }
    TRY(attach_own_emojis(tx, post));
    TRY(index_post(tx, post));
    TRY(attach_tags(tx, context, post.id, composed.tags));
    TRY(notify_mentioned(tx, context, post, newly_named));
    TRY(notify_quoters(tx, context, post));
    if (change.quote_audience) TRY(set_quote_policy(tx, post, *change.quote_audience));
    TRY(emit(tx, context,
             {.kind = EventKind::post_updated,
              .actor_id = author_id,
              .post_id = post.id,
              .group_id = post.group_id,
              .object_ap_id = post.ap_id,
              .at = now}));
    return post;
}

Result<bool> may_moderate(Tx& tx, const Post& post, Id actor_id) {
    if (!post.group_id) return false;
    auto member = TRY(repo::find_membership(tx, *post.group_id, actor_id));
    return member && !member->left_at && member->role >= model::GroupRole::moderator;
}

}  // namespace

Result<Post> create_post(Context& context, Id author_id, const NewPost& draft) {
    TRY(validate_text(context, draft.text, draft.summary, !draft.media_ids.empty()));
    if (draft.poll) TRY(validate_poll(*draft.poll));
    return context.db.write([&context, author_id, draft](Tx& tx) -> Result<Post> {
        Id user_id = 0;
        if (!draft.idempotency_key.empty())
            if (auto user = TRY(repo::find_user_by_actor(tx, author_id))) user_id = user->id;
        return create_in(tx, context, author_id, draft, user_id);
    });
}

Result<Post> edit_post(Context& context, Id author_id, Id post_id, const PostChange& change) {
    TRY(validate_text(context, change.text, change.summary,
                      !change.media_ids || !change.media_ids->empty()));
    for (const auto& [id, text] : change.media_texts) TRY(check_text(text));
    return context.db.write([&context, author_id, post_id, change](Tx& tx) {
        return edit_in(tx, context, author_id, post_id, change);
    });
}

Result<Post> delete_post(Context& context, Id actor_id, Id post_id) {
    return context.db.write([&context, actor_id, post_id](Tx& tx) -> Result<Post> {
        auto post = TRY(repo::find_post(tx, post_id));
        if (!post || post->deleted_at || !TRY(repo::sees_post(tx, actor_id, post_id)))
            return not_found();
        const bool own = post->actor_id == actor_id;
        if (!own && !TRY(may_moderate(tx, *post, actor_id)))
            return fail(Code::forbidden, "This action is not allowed");
        TRY(remove_post(tx, context, *post));
        json::Writer w;
        w.object().member("by", actor_id).end();
        TRY(emit(tx, context,
                 {.kind = EventKind::post_deleted,
                  .actor_id = post->actor_id,
                  .post_id = post->id,
                  .group_id = post->group_id,
                  .object_ap_id = post->ap_id,
                  .payload = own ? "" : w.take()}));
        return *post;
    });
}

Result<Post> visible_post(Context& context, const Viewer& viewer, Id post_id) {
    return context.db.read([&](Tx& tx) -> Result<Post> {
        auto post = TRY(repo::find_post(tx, post_id));
        if (!post || !TRY(repo::sees_post(tx, viewer.actor_id, post->id))) return not_found();
        return *post;
    });
}

Result<Post> visible_post(Context& context, const Viewer& viewer, std::string_view ap_id) {
    return context.db.read([&](Tx& tx) -> Result<Post> {
        auto post = TRY(repo::find_post_by_url(tx, ap_id));
        if (!post || !TRY(repo::sees_post(tx, viewer.actor_id, post->id))) return not_found();
        return *post;
    });
}

Result<> pin_post(Context& context, Id actor_id, Id post_id) {
    return context.db.write([&context, actor_id, post_id](Tx& tx) -> Result<> {
        auto post = TRY(repo::find_post(tx, post_id));
        if (!post || post->deleted_at || post->actor_id != actor_id) return not_found();
        if (post->visibility == Visibility::direct)
            return fail(Code::unprocessable, "Validation failed: a direct post cannot be pinned");
        if (TRY(repo::pinned_by(tx, actor_id)).size() >= std::size_t(limits::pins_max))
            return fail(Code::unprocessable,
                        "Validation failed: You have already pinned the maximum number of posts");
        TRY(repo::pin(tx, actor_id, post_id, context.clock.now_ms()));
        return emit(tx, context,
                    {.kind = EventKind::post_pinned, .actor_id = actor_id, .post_id = post_id});
    });
}

Result<> unpin_post(Context& context, Id actor_id, Id post_id) {
    return context.db.write([&context, actor_id, post_id](Tx& tx) -> Result<> {
        TRY(repo::unpin(tx, actor_id, post_id));
        return emit(tx, context,
                    {.kind = EventKind::post_unpinned, .actor_id = actor_id, .post_id = post_id});
    });
}

Result<std::vector<model::PostEdit>> history_of(Context& context, const Viewer& viewer,
                                                Id post_id) {
    return context.db.read([&](Tx& tx) -> Result<std::vector<model::PostEdit>> {
        auto post = TRY(repo::find_post(tx, post_id));
        if (!post || !TRY(repo::sees_post(tx, viewer.actor_id, post_id))) return not_found();
        auto edits = TRY(repo::edits_of(tx, post_id));
        edits.push_back({.id = post->id,
                         .post_id = post->id,
                         .title = post->title,
                         .content = post->content,
                         .source = post->source,
                         .summary = post->summary,
                         .sensitive = post->sensitive,
                         .edited_at = post->edited_at.value_or(post->published_at)});
        return edits;
    });
}

}  // namespace kith::community
