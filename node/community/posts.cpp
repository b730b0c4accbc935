#include "node/community/posts.hpp"

#include "base/json/writer.hpp"
#include "base/text/strings.hpp"
#include "base/text/url.hpp"
#include "base/text/utf8.hpp"
#include "config/limits/community.hpp"
#include "config/limits/groups.hpp"
#include "config/limits/media.hpp"
#include "node/community/compose.hpp"
#include "node/community/custom_emoji.hpp"
#include "node/community/events.hpp"
#include "node/community/group_moderation.hpp"
#include "node/community/group_move.hpp"
#include "node/community/group_pace.hpp"
#include "node/community/group_queue.hpp"
#include "node/community/group_settings.hpp"
#include "node/community/group_tags.hpp"
#include "node/community/groups.hpp"
#include "node/community/language.hpp"
#include "node/community/links.hpp"
#include "node/community/moves.hpp"
#include "node/community/notifications.hpp"
#include "node/community/post_search.hpp"
#include "node/community/post_steps.hpp"
#include "node/community/quotes.hpp"
#include "node/community/site_settings.hpp"
#include "node/community/text_scan.hpp"
#include "node/community/visibility.hpp"
#include "storage/repo/accounts.hpp"
#include "storage/repo/actors.hpp"
#include "storage/repo/group_acts.hpp"
#include "storage/repo/group_profiles.hpp"
#include "storage/repo/groups.hpp"
#include "storage/repo/links.hpp"
#include "storage/repo/media.hpp"
#include "storage/repo/node_acts.hpp"
#include "storage/repo/polls.hpp"
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

constexpr std::string_view removed_by_moderator = "Removed by a moderator";

Failure not_found() { return fail(Code::not_found, "Record not found"); }
Failure pictures_or_poll() { return fail(Code::unprocessable, "Validation failed: a post has pictures or a poll, not both"); }

Failure poll_of_event() { return fail(Code::unprocessable, "Validation failed: an event is no reply and has no poll"); }

Result<> validate_text(const Context& context, std::string_view text, std::string_view summary,
                       bool has_media) {
    if (text::trim(text).empty() && !has_media)
        return fail(Code::unprocessable, "Validation failed: Text can't be blank");
    return validate_length(context, text, summary);
}

// Of a group's thread: a title of one line, and a page of the web.
Result<> validate_thread(std::string_view title, std::string_view link) {
    if (utf8::length(title) > limits::post_title_characters_max || title.find('\n') != title.npos)
        return fail(Code::unprocessable, "Validation failed: the title is one line of at most " +
                                             std::to_string(limits::post_title_characters_max) + " characters");
    if (!link.empty() && !Url::parse(link)) return fail(Code::unprocessable, "Validation failed: the link is no http or https URL");
    return {};
}

Result<> validate_event(const NewPost& draft) {
    if (text::trim(draft.title).empty()) return fail(Code::unprocessable, "Validation failed: Title can't be blank");
    return draft.poll || draft.in_reply_to_id ? Result<>(poll_of_event()) : Result<>{};
}

// Where a new post stands: its parent, and the group it goes to.
struct Place {
    std::optional<Post> parent;
    std::optional<Actor> group;
};

// A post is in one group, the first that it names; who names many would be heard in each of them, where they are.
Result<> check_groups_named(const Composed& composed) {
    const auto groups = std::count_if(composed.mentions.begin(), composed.mentions.end(),
                                      [](const auto& mentioned) { return mentioned.actor.is_group(); });
    if (std::size_t(groups) <= limits::post_groups_max) return {};
    return fail(Code::unprocessable, "Validation failed: a post names at most " + std::to_string(limits::post_groups_max) +
                                         " groups, and is posted in the first");
}

Result<> keep_pace(Tx& tx, const Context& context, const Actor& group, Id author, bool comments) {
    const auto written = comments ? Written::comment : Written::thread;
    const auto now = context.clock.now_ms();
    const auto wait_ms = TRY(wait_in_group(tx, group, author, written, now));
    return wait_ms == 0 ? Result<>{} : fail(Code::rate_limited, slow_mode_text(written, now, wait_ms));
}

Result<Place> place_of(Tx& tx, const Context& context, Id author_id, const NewPost& draft, const Composed& composed) {
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
        if (draft.visibility <= Visibility::unlisted) TRY(check_groups_named(composed));
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
    if (place.group) place.group = TRY(group_of_now(tx, *place.group));
    if (place.group) TRY(refuse_leaving(tx, *place.group));
    if (place.group && TRY(repo::is_banned(tx, place.group->id, author_id, context.clock.now_ms())))
        return fail(Code::forbidden, "You may not post in this group");
    // Elsewhere, only threads are for moderators (Lemmy).
    const bool judged = place.group && (place.group->local || !place.parent);
    if (judged && !TRY(may_post(tx, context, place.group->id, author_id)))
        return fail(Code::forbidden, place.group->local ? "Only members may post in this group" : "Only moderators post in this group");
    if (place.group) TRY(check_group_open(tx, place.group->id, draft.language));
    if (place.group && place.parent && TRY(repo::post_state(tx, place.parent->id)).locked &&
        !TRY(is_group_moderator(tx, *place.group, author_id)))
        return fail(Code::forbidden, "This thread is locked");
    if (place.group) TRY(keep_pace(tx, context, *place.group, author_id, place.parent.has_value()));
    return place;
}

Post draft_to_post(const Context& context, const model::GroupProfile& profile, const Actor& author, const NewPost& draft,
                   const Composed& composed, const Place& place) {
    Post post;
    post.id = context.ids.next();
    post.ap_id = context.urls.post(post.id);
    post.url = context.urls.post_page(author.username, post.id);
    post.actor_id = author.id;
    post.local = true;
    post.visibility = visibility_in(profile, draft.visibility);
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
    post.sensitive = draft.sensitive || !draft.summary.empty() || profile.sensitive;
    post.link_url = draft.link;
    post.language = draft.language;
    if (place.group && !place.parent) {
        post.kind = model::PostKind::page;
        post.title = !draft.title.empty()
                         ? draft.title
                         : title_from_content(composed.html, place.group->username);
    }
    if (draft.poll) post.kind = model::PostKind::question;
    if (draft.gathering) {
        post.kind = model::PostKind::event;
        post.title = draft.title;
    }
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

// What happens when a post is there for others; of one that waits, release_post() does it later.
Result<> make_public(Tx& tx, const Context& context, const Post& post, const Composed& composed, const Place& place, TimeMs now) {
    TRY(count_post(tx, context, post, 1));
    TRY(surface_at_home(tx, context, post));
    if (place.group && place.group->local) TRY(enter_group(tx, context, post, {}));
    TRY(notify_mentioned(tx, context, post, mentioned_ids(composed)));
    TRY(notify_answered(tx, context, post, mentioned_ids(composed)));
    return emit(tx, context,
                {.kind = EventKind::post_created,
                 .actor_id = post.actor_id,
                 .post_id = post.id,
                 .group_id = post.group_id,
                 .object_ap_id = post.ap_id,
                 .at = now});
}

// What the post says, else what its author's posts say; everybody needs no saying.
Result<> set_first_quote_policy(Tx& tx, const Post& post, std::optional<int> said) {
    if (said) return set_quote_policy(tx, post, *said);
    const auto usual = TRY(repo::profile_settings(tx, post.actor_id)).quote_audience;
    return usual == model::audience_public ? Result<>{} : set_quote_policy(tx, post, usual);
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
    if (TRY(repo::is_person_banned(tx, author_id, now))) return fail(Code::forbidden, "You are banned");
    TRY(refuse_moved(*author));
    auto composed = TRY(compose(tx, context, draft.text, draft.content_type));
    if (draft.to_first_named && composed.mentions.size() > 1) composed.mentions.resize(1);
    auto place = TRY(place_of(tx, context, author_id, draft, composed));
    if (!draft.link.empty() && is_url_blocked(TRY(site_settings(tx)), draft.link))
        return fail(Code::unprocessable, "Validation failed: nobody links there from this node");
    const auto profile = place.group ? TRY(repo::group_profile(tx, place.group->id)) : model::GroupProfile{};
    if (profile.visibility == model::GroupVisibility::local_only)
        std::erase_if(composed.mentions, [](const auto& mentioned) { return !mentioned.actor.local; });
    auto post = draft_to_post(context, profile, *author, draft, composed, place);
    // As Mastodon does: what the client says, else what the member's posts are in, else a guess.
    if (post.language.empty())
        if (const auto user = TRY(repo::find_user_by_actor(tx, author_id))) post.language = user->language;
    if (post.language.empty()) post.language = likely_language(post);
    TRY(repo::insert_post(tx, post));
    TRY(store_parts(tx, context, post, composed, place.group));
    if (!draft.media_ids.empty() && draft.poll) return pictures_or_poll();
    if (!draft.media_ids.empty()) TRY(attach(tx, context, post, draft.media_ids));
    if (draft.poll) TRY(open_poll(tx, context, post, *draft.poll));
    if (draft.gathering) TRY(open_gathering(tx, context, post, *draft.gathering));
    TRY(label_post(tx, post, draft.group_tags));
    TRY(attach_own_emojis(tx, post));
    TRY(index_post(tx, post));
    const bool waits = place.group && TRY(keep_back(tx, context, *place.group, post));
    if (waits && draft.quoted_id)
        return fail(Code::unprocessable, "Validation failed: your posts in this group are looked at first, and cannot quote until then");
    if (!waits) TRY(make_public(tx, context, post, composed, place, now));
    TRY(set_first_quote_policy(tx, post, draft.quote_audience));
    if (draft.quoted_id) TRY(quote_with_new_post(tx, context, post, *draft.quoted_id));
    TRY(note_link(tx, context, post));
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

// What an edit says of the poll; a group's thread is one with and without.
Result<> change_poll(Tx& tx, const Context& context, Post& post, const std::optional<NewPoll>& wanted) {
    using model::PostKind;
    if (wanted && post.kind == PostKind::event) return poll_of_event();
    if (wanted) {
        post.kind = PostKind::question;
        return edit_poll(tx, context, post, *wanted);
    }
    if (post.kind != PostKind::question) return {};
    post.kind = post.group_id && !post.is_reply() ? PostKind::page : PostKind::note;
    return repo::remove_poll(tx, post.id);
}

// A title that somebody wrote stays where the text changes; one taken from the first line follows it.
Result<bool> has_own_title(Tx& tx, const Post& post) {
    if (post.title.empty()) return false;
    const auto group = post.group_id ? TRY(repo::find_actor(tx, *post.group_id)) : std::optional<Actor>{};
    return title_from_content(post.content, group ? group->username : "") != post.title;
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
    const bool keeps_title = post.kind == model::PostKind::event || TRY(has_own_title(tx, post));
    TRY(repo::add_edit(tx, wording_of(post, context.ids.next(), post.edited_at.value_or(post.published_at), TRY(repo::poll_options(tx, post.id)))));
    if (change.media_ids) TRY(attach(tx, context, post, *change.media_ids));
    TRY(describe_pictures(tx, post, change.media_texts));
    if (change.poll) TRY(change_poll(tx, context, post, change.poll->all));
    const bool has_pictures = !TRY(repo::attachments_of(tx, std::span(&post.id, 1))).empty();
    if (has_pictures && post.kind == model::PostKind::question) return pictures_or_poll();
    if (text::trim(change.text).empty() && !keeps_title && !has_pictures)
        return fail(Code::unprocessable, "Validation failed: Text can't be blank");
    post.content = composed.html;
    post.source = change.text;
    post.summary = change.summary;
    post.sensitive = change.sensitive.value_or(post.sensitive) || !post.summary.empty();
    if (change.language) post.language = *change.language;
    if (change.language && post.group_id) TRY(check_group_open(tx, *post.group_id, post.language));
    if (change.group_tags) TRY(label_post(tx, post, *change.group_tags));
    if (change.link) post.link_url = *change.link;
    const bool titled = (post.group_id || post.kind == model::PostKind::event) && !post.is_reply();
    if (change.title && titled) {
        post.title = *change.title;
    } else if (!post.title.empty() && !keeps_title) {
        auto group =
            post.group_id ? TRY(repo::find_actor(tx, *post.group_id)) : std::optional<Actor>{};
        post.title = title_from_content(post.content, group ? group->username : "");
    }
    if (post.language.empty()) post.language = likely_language(post);
    post.edited_at = now;
    if (post.kind == model::PostKind::event && text::trim(post.title).empty())
        return fail(Code::unprocessable, "Validation failed: Title can't be blank");
    TRY(repo::update_post(tx, post));
    if (change.gathering) TRY(edit_gathering(tx, context, post, *change.gathering));
    auto before = TRY(repo::audience_of(tx, post.id));
    TRY(repo::clear_mentions(tx, post.id));
    TRY(repo::clear_tags(tx, post.id));
    std::vector<Id> newly_named;
    for (const auto& mentioned : composed.mentions) {
        const bool had = std::find(before.begin(), before.end(), mentioned.actor.id) != before.end();
        // Of a direct post a name that is new is of somebody who does not get it: text.
        if (!had && post.visibility == Visibility::direct) continue;
        TRY(repo::add_mention(tx, post.id, {mentioned.actor.id, mentioned.name}));
        if (had) continue;
        // The audience of a post that is not open to all never grows (architecture: Who may see a
        // post).
        if (post.visibility > Visibility::unlisted) continue;
        TRY(repo::add_audience(tx, post.id, mentioned.actor.id));
        newly_named.push_back(mentioned.actor.id);
    }
    TRY(attach_own_emojis(tx, post));
    TRY(index_post(tx, post));
    TRY(attach_tags(tx, context, post.id, composed.tags));
    TRY(note_link(tx, context, post));
    if (change.quote_audience) TRY(set_quote_policy(tx, post, *change.quote_audience));
    if (TRY(is_kept_back(tx, post.id))) return post;
    TRY(notify_mentioned(tx, context, post, newly_named));
    TRY(notify_of_edit(tx, context, post));
    TRY(close_edit_requests(tx, context, post));
    TRY(judge_edit(tx, context, post));
    TRY(emit(tx, context,
             {.kind = EventKind::post_updated,
              .actor_id = author_id,
              .post_id = post.id,
              .group_id = post.group_id,
              .object_ap_id = post.ap_id,
              .at = now}));
    return post;
}

}  // namespace

Result<> validate_length(const Context& context, std::string_view text, std::string_view summary) {
    const auto most = std::size_t(context.config.limits.post_characters_max);
    const auto warning = utf8::length(summary);
    if (counted_length(text) + warning > most || utf8::length(text) > most * limits::post_uncounted_factor)
        return fail(Code::unprocessable, "Validation failed: Text character limit of " +
                                             std::to_string(most) + " exceeded");
    if (warning > limits::post_summary_characters_max)
        return fail(Code::unprocessable, "Validation failed: the content warning is too long");
    return {};
}

Result<Post> create_post(Context& context, Id author_id, const NewPost& draft) {
    TRY(validate_text(context, draft.text, draft.summary, !draft.media_ids.empty() || !draft.title.empty()));
    TRY(validate_thread(draft.title, draft.link));
    if (draft.poll) TRY(validate_poll(*draft.poll));
    if (draft.gathering) TRY(validate_event(draft));
    return context.db.write([&context, author_id, draft](Tx& tx) -> Result<Post> {
        Id user_id = 0;
        if (!draft.idempotency_key.empty())
            if (auto user = TRY(repo::find_user_by_actor(tx, author_id))) user_id = user->id;
        return create_in(tx, context, author_id, draft, user_id);
    });
}

Result<Post> create_post_within(Tx& tx, const Context& context, Id author_id, const NewPost& draft) {
    TRY(validate_text(context, draft.text, draft.summary, false));
    return create_in(tx, context, author_id, draft, 0);
}

Result<Post> edit_post(Context& context, Id author_id, Id post_id, const PostChange& change) {
    TRY(validate_length(context, change.text, change.summary));
    TRY(validate_thread(change.title.value_or("-"), change.link.value_or("")));
    for (const auto& [id, text] : change.media_texts) TRY(check_text(text));
    if (change.poll && change.poll->all) TRY(validate_poll(*change.poll->all));
    return context.db.write([&context, author_id, post_id, change](Tx& tx) {
        return edit_in(tx, context, author_id, post_id, change);
    });
}

namespace {

// The files of a deleted post are its author's uploads again, for as long as any that hangs on no post.
Result<> give_back_files(Tx& tx, const Context& context, const Post& post) {
    const auto until = context.clock.now_ms() + limits::media_unattached_ms;
    for (auto& row : TRY(repo::attachments_of(tx, std::span(&post.id, 1))))
        TRY(repo::insert_upload(tx, {.picture = std::move(row.attachment),
                                     .owner_id = post.actor_id,
                                     .expires_at = until,
                                     .source = {},
                                     .problem = {}}));
    return {};
}

}  // namespace

Result<Post> delete_post(Context& context, Id actor_id, Id post_id, FilesOfDeleted files) {
    // In a group, a moderator takes a post out of it; it stays its author's.
    const auto found = TRY(visible_post(context, Viewer::actor(actor_id), post_id));
    if (found.actor_id != actor_id && found.group_id) {
        TRY(moderate(context, actor_id, {.kind = model::GroupActKind::remove_post,
                                         .group_id = *found.group_id,
                                         .post_id = post_id,
                                         .target_id = {},
                                         .reason = std::string(removed_by_moderator),
                                         .expires_at = {}}));
        return found;
    }
    return context.db.write([&context, actor_id, post_id, files](Tx& tx) -> Result<Post> {
        const auto post = TRY(seen_post(tx, actor_id, post_id));
        if (post.actor_id != actor_id) return fail(Code::forbidden, "This action is not allowed");
        const bool waited = TRY(is_kept_back(tx, post_id));
        if (files == FilesOfDeleted::given_back) TRY(give_back_files(tx, context, post));
        TRY(remove_post(tx, context, post));
        if (waited) return post;  // nobody had it
        TRY(emit(tx, context,
                 {.kind = EventKind::post_deleted,
                  .actor_id = post.actor_id,
                  .post_id = post.id,
                  .group_id = post.group_id,
                  .object_ap_id = post.ap_id}));
        return post;
    });
}

Result<Post> visible_post(Context& context, const Viewer& viewer, Id post_id) {
    return context.db.read([&](Tx& tx) { return seen_post(tx, viewer.actor_id, post_id); });
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
        const auto post = TRY(seen_post(tx, viewer.actor_id, post_id));
        auto edits = TRY(repo::edits_of(tx, post_id));
        edits.push_back(wording_of(post, post.id, post.edited_at.value_or(post.published_at), TRY(repo::poll_options(tx, post_id))));
        // What was edited before options were kept had those that there are now.
        for (auto& edit : edits)
            if (!edit.poll_options) edit.poll_options = edits.back().poll_options;
        return edits;
    });
}

}  // namespace kith::community
