#include "node/community/inbound/remote_posts.hpp"

#include "base/html/sanitize.hpp"
#include "base/html/to_text.hpp"
#include "base/text/strings.hpp"
#include "base/text/url.hpp"
#include "base/text/utf8.hpp"
#include "config/limits/community.hpp"
#include "config/limits/groups.hpp"
#include "node/community/events.hpp"
#include "node/community/group_answers.hpp"
#include "node/community/group_moderation.hpp"
#include "node/community/group_move.hpp"
#include "node/community/group_pace.hpp"
#include "node/community/group_queue.hpp"
#include "node/community/group_settings.hpp"
#include "node/community/groups.hpp"
#include "node/community/inbound/emoji.hpp"
#include "node/community/inbound/relay.hpp"
#include "node/community/inbound/remote_gatherings.hpp"
#include "node/community/inbound/remote_polls.hpp"
#include "node/community/inbound/stamps.hpp"
#include "node/community/language.hpp"
#include "node/community/links.hpp"
#include "node/community/node_moderation.hpp"
#include "node/community/notifications.hpp"
#include "node/community/post_search.hpp"
#include "node/community/post_steps.hpp"
#include "node/community/quote_steps.hpp"
#include "storage/repo/actors.hpp"
#include "storage/repo/group_acts.hpp"
#include "storage/repo/group_profiles.hpp"
#include "storage/repo/group_tags.hpp"
#include "storage/repo/groups.hpp"
#include "storage/repo/polls.hpp"
#include "storage/repo/post_search.hpp"
#include "storage/repo/posts.hpp"
#include "storage/repo/quotes.hpp"
#include "storage/repo/relations.hpp"
#include "storage/repo/threads.hpp"

#include <algorithm>

namespace kith::community {

using model::Actor;
using model::EventKind;
using model::Post;
using model::PostKind;
using model::Visibility;
using sql::Tx;

namespace {

constexpr int id_draws_max = 16;  // collisions of a drawn id; each is one in millions

bool names(const std::vector<std::string>& ids, std::string_view id) {
    return !id.empty() && std::find(ids.begin(), ids.end(), id) != ids.end();
}

// federation.md 1.3: Public in `to` = public, in `cc` = unlisted, a followers collection = those,
// else direct.
Visibility visibility_of(const vocab::Post& v, const Actor& author,
                         const std::optional<Actor>& group) {
    if (v.type == vocab::PostType::chat_message) return Visibility::direct;
    if (names(v.to, vocab::public_collection)) return Visibility::public_;
    // A group's posts name Public in cc as often as in to; both are open to all.
    if (names(v.cc, vocab::public_collection))
        return group ? Visibility::public_ : Visibility::unlisted;
    if (group && (names(v.to, group->followers_url) || names(v.cc, group->followers_url)))
        return Visibility::group;
    if (names(v.to, author.followers_url) || names(v.cc, author.followers_url))
        return Visibility::followers;
    return Visibility::direct;
}

// The actors known here that a post names in to or cc.
Result<std::vector<Actor>> addressed(Tx& tx, const vocab::Post& v) {
    std::vector<Actor> out;
    for (const auto* list : {&v.to, &v.cc})
        for (const auto& id : *list) {
            if (vocab::public_collection == id) continue;
            auto actor = TRY(repo::find_actor_by_ap_id(tx, id));
            if (actor && std::none_of(out.begin(), out.end(),
                                      [&](const Actor& a) { return a.id == actor->id; }))
                out.push_back(std::move(*actor));
        }
    return out;
}

// The group of the thread, also where what is answered came before the thread did and stands in none.
Result<std::optional<Id>> group_of_thread(Tx& tx, const Post& parent) {
    if (parent.group_id || parent.thread_id == parent.id) return parent.group_id;
    const auto first = TRY(repo::find_post(tx, parent.thread_id));
    return first ? first->group_id : std::optional<Id>{};
}

// groups.md 1.2: the thread's, whose rules are not for its comments' authors to choose; else `audience`, else the first
// group among those addressed.
Result<std::optional<Actor>> group_of(Tx& tx, const vocab::Post& v, const std::vector<Actor>& to,
                                      const std::optional<Post>& parent, const Actor* shown_by) {
    if (shown_by) return std::optional<Actor>(*shown_by);
    if (parent)
        if (const auto id = TRY(group_of_thread(tx, *parent)))
            if (auto of_thread = TRY(repo::find_actor(tx, *id))) return of_thread;
    if (!v.audience.empty()) {
        auto named = TRY(repo::find_actor_by_ap_id(tx, v.audience));
        if (named && named->is_group()) return named;
    }
    for (const auto& actor : to)
        if (actor.is_group()) return std::optional<Actor>(actor);
    return std::optional<Actor>{};
}

std::string clean_content(const vocab::Post& v) {
    auto html = html::sanitize(v.content);
    return html.size() <= limits::post_content_bytes_max
               ? html
               : html::sanitize(utf8::truncate_bytes(html, limits::post_content_bytes_max));
}

std::string web_url(const std::string& url) { return Url::parse(url) ? url : std::string(); }

// What an edit may change too.
void fill_text(Post& p, const vocab::Post& v, const std::optional<Actor>& group) {
    p.url = web_url(v.url).empty() ? v.id : v.url;
    p.title = utf8::truncate(html::to_text(v.name), limits::post_title_characters_max);
    p.content = clean_content(v);
    p.source = v.content_source;
    p.source_type = v.content_source_type;
    p.summary = utf8::truncate(html::to_text(v.summary), limits::post_summary_characters_max);
    p.sensitive = v.sensitive || !p.summary.empty();
    p.language = v.language;
    p.link_url = web_url(v.link_url);
    if (p.title.empty() && group && !p.is_reply())
        p.title = title_from_content(p.content, group->username);
    if (p.language.empty()) p.language = likely_language(p);
}

Result<> store_attachments(Tx& tx, const Context& context, Id post_id, const vocab::Post& v) {
    int position = 0;
    for (const auto& a : v.attachments) {
        if (position == int(limits::post_attachments_max)) break;
        if (web_url(a.url).empty()) continue;
        TRY(repo::add_attachment(tx, post_id, position++,
                                 {.id = context.ids.next(),
                                  .media_type = a.media_type,
                                  .url = a.url,
                                  .preview_url = web_url(a.preview_url),
                                  .description = html::to_text(a.description),
                                  .blurhash = a.blurhash,
                                  .width = a.width,
                                  .height = a.height,
                                  .focus_x = a.focus_x,
                                  .focus_y = a.focus_y,
                                  .duration_s = a.duration_s}));
    }
    return {};
}

// Mentioned actors that are known here; of those who are local, the ids to tell.
Result<std::vector<Id>> store_mentions(Tx& tx, const Context&, const Post& post,
                                       const vocab::Post& v) {
    std::vector<Id> local;
    for (const auto& tag : v.tags) {
        if (tag.type != vocab::TagType::mention) continue;
        auto actor = TRY(repo::find_actor_by_ap_id(tx, tag.href));
        if (!actor || actor->id == post.actor_id) continue;
        TRY(repo::add_mention(tx, post.id,
                              {actor->id, tag.name.empty() ? "@" + actor->username : tag.name}));
        // A Mention notifies only whom the post is addressed to.
        if (actor->local && (names(v.to, tag.href) || names(v.cc, tag.href)))
            local.push_back(actor->id);
    }
    return local;
}

// Labels of the group that the post is in (Lemmy), as far as they are known here.
Result<> store_group_tags(Tx& tx, const Post& post, const vocab::Post& v) {
    std::vector<Id> tags;
    for (const auto& tag : v.tags) {
        if (tag.type != vocab::TagType::group_tag || tags.size() == limits::post_group_tags_max) continue;
        const auto known = TRY(repo::find_group_tag_by_ap_id(tx, tag.href));
        if (known && post.group_id == known->group_id) tags.push_back(known->id);
    }
    return repo::set_tags_of_post(tx, post.id, tags);
}

Result<> store_tags(Tx& tx, const Context& context, Id post_id, const vocab::Post& v) {
    std::vector<std::string> tags;
    for (const auto& tag : v.tags) {
        if (tag.type != vocab::TagType::hashtag) continue;
        auto name = std::string(text::trim(tag.name));
        if (name.starts_with('#')) name.erase(0, 1);
        if (!name.empty() && name.size() <= limits::tag_bytes_max &&
            tags.size() < limits::post_tags_max)
            tags.push_back(std::move(name));
    }
    return attach_tags(tx, context, post_id, tags);
}

Result<std::optional<Post>> parent_of(Tx& tx, const vocab::Post& v) {
    if (v.in_reply_to.empty()) return std::optional<Post>{};
    return repo::find_post_by_ap_id(tx, v.in_reply_to);
}

// Answers that came before what they answer come into the group with it: by whom it would take an answer now.
Result<> adopt_answers(Tx& tx, const Context& context, const Post& parent, const Actor* group) {
    std::vector<Id> outsiders;
    const bool locked = group && TRY(repo::post_state(tx, parent.id)).locked;
    if (group)
        for (const auto author : TRY(repo::authors_of_orphans(tx, parent.ap_id))) {
            // Elsewhere the group's host says who else may not.
            const bool writes = group->local ? TRY(may_post(tx, context, group->id, author))
                                             : !TRY(repo::is_banned(tx, group->id, author, context.clock.now_ms()));
            if (!writes || (group->local && locked && !TRY(is_group_moderator(tx, *group, author)))) outsiders.push_back(author);
        }
    return repo::adopt_orphans(tx, parent, outsiders);
}

// Draws ids until one is free; nothing where the ap_id is taken, which is another's doing just now.
Result<bool> insert_with_drawn_id(Tx& tx, const Context& context, Post& p) {
    for (int draw = 0; draw < id_draws_max; ++draw) {
        p.id = draw_remote_id(p.published_at, context.clock.now_ms(), context.random);
        // Boosts and entries of groups are statuses too: one id names one of all.
        if (TRY(repo::find_boost_by_id(tx, p.id)) || TRY(repo::find_group_entry(tx, p.id))) continue;
        if (!p.in_reply_to_id) p.thread_id = p.id;
        if (TRY(repo::try_insert_post(tx, p))) return true;
        if (TRY(repo::find_post_by_ap_id(tx, p.ap_id))) return false;
    }
    return fail(Code::internal, "no id could be drawn for a post", p.ap_id);
}

}  // namespace

bool names_group(const vocab::Post& v, const Actor& group) {
    if (v.audience == group.ap_id || one_origin(v.id, group.ap_id)) return true;
    for (const auto* ids : {&v.to, &v.cc})
        if (names(*ids, group.ap_id) || names(*ids, group.followers_url)) return true;
    return false;
}

PostKind kind_of(vocab::PostType type) {
    switch (type) {
        case vocab::PostType::note:
        case vocab::PostType::chat_message:
            return PostKind::note;
        case vocab::PostType::article:
            return PostKind::article;
        case vocab::PostType::page:
            return PostKind::page;
        case vocab::PostType::question:
            return PostKind::question;
        case vocab::PostType::event:
            return PostKind::event;
        case vocab::PostType::video:
            return PostKind::video;
        case vocab::PostType::image:
            return PostKind::image;
        case vocab::PostType::audio:
            return PostKind::audio;
    }
    return PostKind::note;
}

Result<bool> is_relevant(Tx& tx, const Context&, const vocab::Post& v, const Actor& author,
                         const Actor* group) {
    if (TRY(repo::has_local_follower(tx, author.id))) return true;
    // A post may overtake the Accept that makes it wanted: what is open to all is kept meanwhile.
    const bool open =
        names(v.to, vocab::public_collection) || names(v.cc, vocab::public_collection);
    if (open && TRY(repo::has_local_follow_request(tx, author.id))) return true;
    if (group && (group->local || TRY(repo::has_local_follower(tx, group->id)))) return true;
    if (!v.in_reply_to.empty() && TRY(repo::find_post_by_ap_id(tx, v.in_reply_to))) return true;
    if (!v.quote.empty()) {
        auto quoted = TRY(repo::find_post_by_ap_id(tx, v.quote));
        if (quoted && quoted->local) return true;
    }
    for (const auto& actor : TRY(addressed(tx, v)))
        if (actor.local || (actor.is_group() && TRY(repo::has_local_follower(tx, actor.id))))
            return true;
    return false;
}

Result<> note_distinguished(Tx& tx, const Post& stored, const vocab::Post& v) {
    if (!stored.group_id || !stored.is_reply()) return {};
    const auto group = TRY(repo::find_actor(tx, *stored.group_id));
    const bool may = group && TRY(is_group_moderator(tx, *group, stored.actor_id));
    TRY(repo::set_distinguished(tx, stored.id, v.distinguished && may));
    return {};
}

Result<std::optional<Post>> store_remote_post(Tx& tx, const Context& context, const vocab::Post& v,
                                              TimeMs received_at, const Actor* shown_by) {
    // Wherever it was found: nobody writes at another origin than their own (checklist line 11).
    if (!one_origin(v.attributed_to, v.id)) return std::optional<Post>{};
    auto author = TRY(repo::find_actor_by_ap_id(tx, v.attributed_to));
    if (!author || author->local || author->deleted_at || TRY(is_shut_out(tx, context, *author)))
        return std::optional<Post>{};
    if (auto known = TRY(repo::find_post_by_ap_id(tx, v.id))) return known;
    if (TRY(repo::find_tombstone(tx, v.id)))
        return std::optional<Post>{};  // Delete came before Create
    auto parent = TRY(parent_of(tx, v));
    // A vote is no post, wherever it was found.
    if (parent && parent->kind == PostKind::question && looks_like_vote(v))
        return std::optional<Post>{};
    auto to = TRY(addressed(tx, v));
    auto group = TRY(group_of(tx, v, to, parent, shown_by));
    // Whoever has not heard yet that the group has moved.
    if (group && !group->local && !shown_by) group = TRY(group_of_now(tx, *group));
    if (group) TRY(refuse_leaving(tx, *group));
    if (group && group->local && !TRY(may_post(tx, context, group->id, author->id)))
        return fail(Code::forbidden, "not allowed to post in this group", author->ap_id);
    if (group && group->local) TRY(check_group_open(tx, group->id, v.language));
    if (parent && group && group->local && TRY(repo::post_state(tx, parent->id)).locked &&
        !TRY(is_group_moderator(tx, *group, author->id)))
        return fail(Code::forbidden, "the thread is locked", parent->ap_id);
    if (parent && parent->local && TRY(repo::either_blocks(tx, parent->actor_id, author->id)))
        return fail(Code::forbidden, "blocked by the parent's author", author->ap_id);

    Post p;
    p.ap_id = v.id;
    p.actor_id = author->id;
    p.kind = kind_of(v.type);
    p.visibility = visibility_of(v, *author, group);
    // A group here is what its moderators made it, whatever an author elsewhere took it for; one elsewhere says
    // who reads by how its posts are addressed, but for what is unlisted.
    if (group) {
        const auto profile = TRY(repo::group_profile(tx, group->id));
        if (group->local || profile.visibility == model::GroupVisibility::unlisted) p.visibility = visibility_in(profile, p.visibility);
    }
    if (p.visibility != Visibility::direct && p.visibility != Visibility::followers && group)
        p.group_id = group->id;
    if (p.group_id)
        if (TRY(wait_in_group(tx, *group, author->id, v.in_reply_to.empty() ? Written::thread : Written::comment, received_at)) > 0)
            return fail(Code::forbidden, "the group is in slow mode", author->ap_id);
    if (parent) {
        p.in_reply_to_id = parent->id;
        p.in_reply_to_actor_id = parent->actor_id;
        p.thread_id = parent->thread_id;
    } else {
        p.in_reply_to_ap_id = v.in_reply_to;
    }
    p.context_url = v.context;
    p.received_at = received_at;
    // What were of tomorrow would stand above all that is hot, or has a new comment, until then.
    p.published_at = std::min(v.published.value_or(received_at), context.clock.now_ms());
    if (v.updated && *v.updated > p.published_at) p.edited_at = v.updated;
    fill_text(p, v, group);
    if (!TRY(insert_with_drawn_id(tx, context, p))) return repo::find_post_by_ap_id(tx, v.id);

    for (const auto& actor : to) TRY(repo::add_audience(tx, p.id, actor.id));
    if (group) TRY(repo::add_audience(tx, p.id, group->id));
    TRY(store_tags(tx, context, p.id, v));
    TRY(store_group_tags(tx, p, v));
    TRY(store_attachments(tx, context, p.id, v));
    TRY(store_emojis(tx, context, p, *author, v));
    TRY(store_remote_poll(tx, p.id, v));
    TRY(store_remote_gathering(tx, p.id, v));
    auto told = TRY(store_mentions(tx, context, p, v));
    // FEP-5feb: whose author lets it be searched; and what is for somebody here.
    if ((author->indexable.value_or(false) && p.visibility == Visibility::public_) || !told.empty())
        TRY(index_post(tx, p));
    const bool waits = group && TRY(keep_back(tx, context, *group, p));
    if (!waits) TRY(count_post(tx, context, p, 1));
    TRY(adopt_answers(tx, context, p, p.group_id ? &*group : nullptr));
    TRY(repo::adopt_quotes(tx, p.id, p.ap_id, p.actor_id));
    TRY(store_rules(tx, p, *author, v.policy));
    if (v.distinguished) TRY(note_distinguished(tx, p, v));
    TRY(note_answer(tx, p, v.accepted_answer));
    if (v.quote.empty()) TRY(note_link(tx, context, p));
    if (parent) TRY(note_reach(tx, context, *parent, *author));
    if (waits) return std::optional<Post>(p);
    TRY(surface_at_home(tx, context, p));
    if (group && group->local && !p.is_reply()) TRY(enter_group(tx, context, p, {}));
    TRY(notify_mentioned(tx, context, p, told));
    TRY(notify_answered(tx, context, p, told));
    TRY(emit(tx, context,
             {.kind = EventKind::post_created,
              .actor_id = author->id,
              .local = false,
              .post_id = p.id,
              .group_id = p.group_id,
              .object_ap_id = p.ap_id}));
    return std::optional<Post>(p);
}

Result<bool> update_remote_post(Tx& tx, const Context& context, const Post& stored,
                                const vocab::Post& v) {
    auto before = stored.edited_at.value_or(stored.published_at);
    // Results come without a new `updated` (federation.md 1.3) and are no edit.
    if (!v.updated || *v.updated <= before) {
        TRY(take_results(tx, context, stored.id, v));
        TRY(take_attendees(tx, stored.id, v));
        TRY(note_answer(tx, stored, v.accepted_answer));
        return false;
    }
    const auto options = TRY(repo::poll_options(tx, stored.id));
    TRY(take_edited_poll(tx, context, stored.id, v));
    auto group =
        stored.group_id ? TRY(repo::find_actor(tx, *stored.group_id)) : std::optional<Actor>{};
    auto p = stored;
    TRY(repo::add_edit(tx, wording_of(p, context.ids.next(), before, options)));
    fill_text(p, v, group);
    p.kind = kind_of(v.type);
    p.edited_at = v.updated;
    TRY(repo::update_post(tx, p));
    TRY(take_edited_gathering(tx, context, p, v));
    const bool waits = TRY(is_kept_back(tx, p.id));
    if (!waits) TRY(notify_of_edit(tx, context, p));
    TRY(repo::clear_mentions(tx, p.id));
    TRY(repo::clear_tags(tx, p.id));
    TRY(repo::clear_attachments(tx, p.id));
    TRY(store_mentions(tx, context, p, v));
    TRY(store_tags(tx, context, p.id, v));
    TRY(store_group_tags(tx, p, v));
    TRY(store_attachments(tx, context, p.id, v));
    if (auto author = TRY(repo::find_actor(tx, p.actor_id)))
        TRY(store_emojis(tx, context, p, *author, v));
    if (TRY(repo::has_post_words(tx, p.id))) TRY(index_post(tx, p));
    TRY(note_link(tx, context, p));
    if (waits) return true;
    TRY(close_edit_requests(tx, context, p));
    TRY(judge_edit(tx, context, p));
    TRY(emit(tx, context,
             {.kind = EventKind::post_updated,
              .actor_id = p.actor_id,
              .local = false,
              .post_id = p.id,
              .group_id = p.group_id,
              .object_ap_id = p.ap_id}));
    return true;
}

}  // namespace kith::community
