// Loading what pages and API answers show (declared in posts.hpp): a fixed number of statements,
// however many posts.
#include "config/limits/emoji.hpp"
#include "node/community/posts.hpp"
#include "node/community/filter_views.hpp"
#include "node/community/links.hpp"
#include "node/community/quote_views.hpp"
#include "storage/repo/actors.hpp"
#include "storage/repo/comment_marks.hpp"
#include "storage/repo/emoji.hpp"
#include "storage/repo/groups.hpp"
#include "storage/repo/oauth.hpp"
#include "storage/repo/personal.hpp"
#include "node/community/gathering_text.hpp"
#include "storage/repo/gatherings.hpp"
#include "storage/repo/polls.hpp"
#include "storage/repo/posts.hpp"
#include "storage/repo/relations.hpp"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

namespace kith::community {

using sql::Tx;

namespace {

template <class T>
std::vector<T> distinct(std::vector<T> list) {
    std::sort(list.begin(), list.end());
    list.erase(std::unique(list.begin(), list.end()), list.end());
    return list;
}

// Everything around a set of posts, by id.
struct Surroundings {
    std::unordered_map<Id, model::Actor> actors;
    std::unordered_map<Id, std::vector<model::Mention>> mentions;
    std::unordered_map<Id, std::vector<std::string>> tags;
    std::unordered_map<Id, std::vector<model::Attachment>> attachments;
    std::unordered_map<Id, model::Poll> polls;
    std::unordered_map<Id, std::vector<int>> own_votes;
    std::unordered_map<Id, model::Gathering> gatherings;
    std::unordered_map<Id, model::RsvpState> rsvps;
    std::unordered_map<Id, std::vector<PostView::Emoji>> emojis;
    std::unordered_map<Id, std::vector<PostView::EmojiCount>> emoji_counts;
    std::unordered_map<Id, model::ReactionKind> reactions;
    std::unordered_set<Id> boosted, pinned, bookmarked, muted;
    std::unordered_map<Id, model::OAuthApp> apps;
    std::unordered_map<Id, Id> answers;  // by thread
    std::unordered_set<Id> are_answers;
    std::unordered_map<Id, std::string> folded;
};

Result<> add_emojis(Tx& tx, const Viewer& viewer, const std::vector<Id>& ids, Surroundings& s) {
    for (auto& row : TRY(repo::emojis_of(tx, ids)))
        s.emojis[row.post_id].push_back({std::move(row.shortcode), std::move(row.url)});
    for (auto& row : TRY(repo::emoji_counts(tx, viewer.actor_id, ids))) {
        auto& counts = s.emoji_counts[row.post_id];
        if (counts.size() < limits::emoji_reactions_shown_max)
            counts.push_back({std::move(row.name), std::move(row.url), row.count, row.mine});
    }
    return {};
}

// Of the few posts that are events.
Result<> add_gatherings(Tx& tx, const Viewer& viewer, const std::vector<model::Post>& posts, Surroundings& s) {
    std::vector<Id> ids;
    for (const auto& post : posts)
        if (post.kind == model::PostKind::event) ids.push_back(post.id);
    if (ids.empty()) return {};
    for (auto& gathering : TRY(repo::gatherings_of(tx, ids))) s.gatherings.emplace(gathering.post_id, std::move(gathering));
    if (!viewer.actor_id) return {};
    for (const auto& rsvp : TRY(repo::rsvps_among(tx, *viewer.actor_id, ids))) s.rsvps.emplace(rsvp.post_id, rsvp.state);
    return {};
}

// What groups say of their threads and comments.
Result<> add_group_marks(Tx& tx, const Viewer& viewer, const std::vector<model::Post>& posts, Surroundings& s) {
    std::vector<Id> threads, comments;
    for (const auto& post : posts)
        if (post.group_id) (post.is_reply() ? comments : threads).push_back(post.id);
    if (!threads.empty())
        for (const auto& row : TRY(repo::answers_of(tx, viewer.actor_id, threads))) s.answers.emplace(row.thread_id, row.answer_id);
    if (comments.empty()) return {};
    for (const auto id : TRY(repo::answers_among(tx, comments))) s.are_answers.insert(id);
    for (auto& row : TRY(repo::folded_among(tx, comments))) s.folded.emplace(row.post_id, std::move(row.reason));
    return {};
}

Result<Surroundings> surroundings_of(Tx& tx, const Viewer& viewer,
                                     const std::vector<model::Post>& posts,
                                     std::vector<Id> actor_ids) {
    Surroundings s;
    std::vector<Id> ids, app_ids;
    for (const auto& post : posts) {
        ids.push_back(post.id);
        actor_ids.push_back(post.actor_id);
        if (post.group_id) actor_ids.push_back(*post.group_id);
        if (post.app_id != 0) app_ids.push_back(post.app_id);
    }
    for (auto& row : TRY(repo::mentions_of(tx, ids))) {
        actor_ids.push_back(row.mention.actor_id);
        s.mentions[row.post_id].push_back(std::move(row.mention));
    }
    for (auto& actor : TRY(repo::actors_by_ids(tx, distinct(std::move(actor_ids)))))
        s.actors.emplace(actor.id, std::move(actor));
    for (auto& row : TRY(repo::tags_of(tx, ids)))
        s.tags[row.post_id].push_back(std::move(row.display));
    for (auto& row : TRY(repo::attachments_of(tx, ids)))
        s.attachments[row.post_id].push_back(std::move(row.attachment));
    for (auto& row : TRY(repo::polls_of(tx, ids)))
        s.polls.emplace(row.post_id, std::move(row.poll));
    TRY(add_emojis(tx, viewer, ids, s));
    TRY(add_gatherings(tx, viewer, posts, s));
    TRY(add_group_marks(tx, viewer, posts, s));
    if (!app_ids.empty())
        for (auto& app : TRY(repo::apps_by_ids(tx, distinct(std::move(app_ids)))))
            s.apps.emplace(app.id, std::move(app));
    if (viewer.actor_id) {
        for (const auto& r : TRY(repo::reactions_among(tx, *viewer.actor_id, ids)))
            s.reactions.emplace(r.post_id, r.kind);
        for (const auto& v : TRY(repo::votes_among(tx, *viewer.actor_id, ids)))
            s.own_votes[v.post_id].push_back(v.option);
        for (const auto& b : TRY(repo::boosts_among(tx, *viewer.actor_id, ids)))
            s.boosted.insert(b.post_id);
        for (auto id : TRY(repo::pinned_among(tx, *viewer.actor_id, ids))) s.pinned.insert(id);
        const auto marks = TRY(repo::personal_marks(tx, *viewer.actor_id, ids));
        s.bookmarked.insert(marks.bookmarked.begin(), marks.bookmarked.end());
        s.muted.insert(marks.muted.begin(), marks.muted.end());
    }
    return s;
}

PostView view_of(const model::Post& post, const Surroundings& s) {
    PostView view;
    view.post = post;
    if (auto author = s.actors.find(post.actor_id); author != s.actors.end())
        view.author = author->second;
    if (post.group_id)
        if (auto group = s.actors.find(*post.group_id); group != s.actors.end())
            view.group = group->second;
    if (auto found = s.mentions.find(post.id); found != s.mentions.end())
        for (const auto& mention : found->second)
            if (auto actor = s.actors.find(mention.actor_id); actor != s.actors.end())
                view.mentions.push_back({actor->second, mention.name});
    if (auto found = s.tags.find(post.id); found != s.tags.end()) view.tags = found->second;
    if (auto found = s.attachments.find(post.id);
        found != s.attachments.end() && !view.author.media_rejected)
        view.attachments = found->second;
    if (view.author.sensitized && !view.attachments.empty()) view.post.sensitive = true;
    if (auto found = s.polls.find(post.id); found != s.polls.end()) view.poll = found->second;
    if (auto found = s.gatherings.find(post.id); found != s.gatherings.end()) {
        view.gathering = found->second;
        view.post.content = gathering_html(found->second) + post.content;
    }
    if (auto found = s.rsvps.find(post.id); found != s.rsvps.end()) view.rsvp = found->second;
    if (auto found = s.own_votes.find(post.id); found != s.own_votes.end())
        view.own_votes = found->second;
    if (auto found = s.emojis.find(post.id);
        found != s.emojis.end() && !view.author.media_rejected)
        view.emojis = found->second;
    if (auto found = s.emoji_counts.find(post.id); found != s.emoji_counts.end())
        view.emoji_counts = found->second;
    if (auto found = s.apps.find(post.app_id); found != s.apps.end()) {
        view.app_name = found->second.name;
        view.app_website = found->second.website;
    }
    if (auto found = s.reactions.find(post.id); found != s.reactions.end())
        view.reaction = found->second;
    view.favourited = view.reaction == model::ReactionKind::like;
    view.boosted = s.boosted.contains(post.id);
    view.pinned = s.pinned.contains(post.id);
    view.bookmarked = s.bookmarked.contains(post.id);
    view.muted = s.muted.contains(post.id);
    if (auto found = s.answers.find(post.id); found != s.answers.end()) view.answer = found->second;
    view.is_answer = s.are_answers.contains(post.id);
    if (auto found = s.folded.find(post.id); found != s.folded.end()) view.folded = found->second;
    return view;
}

}  // namespace

Result<std::vector<PostView>> load_views(Tx& tx, const Viewer& viewer,
                                         std::span<const Entry> entries) {
    auto views = TRY(load_bare_views(tx, viewer, entries));
    TRY(attach_quotes(tx, viewer, views));
    return views;
}

Result<std::vector<PostView>> load_bare_views(Tx& tx, const Viewer& viewer,
                                              std::span<const Entry> entries) {
    std::vector<Id> post_ids, boost_ids, group_entry_ids, wrapper_actors;
    for (const auto& entry : entries) {
        post_ids.push_back(entry.post_id);
        if (entry.boost_id) boost_ids.push_back(*entry.boost_id);
        if (entry.group_id) group_entry_ids.push_back(entry.id);
    }
    std::unordered_map<Id, PostView::Wrapper>
        wrappers;  // by entry id; the actor is filled in below
    for (auto& boost : TRY(repo::boosts_by_ids(tx, boost_ids))) {
        wrapper_actors.push_back(boost.actor_id);
        wrappers[boost.id] = {.id = boost.id,
                              .actor = {.id = boost.actor_id},
                              .created_at = boost.created_at,
                              .ap_id = boost.ap_id,
                              .visibility = boost.visibility};
    }
    for (auto& entry : TRY(repo::group_entries_by_ids(tx, group_entry_ids))) {
        wrapper_actors.push_back(entry.group_id);
        wrappers[entry.id] = {.id = entry.id,
                              .actor = {.id = entry.group_id},
                              .created_at = id_time_ms(entry.id),
                              .ap_id = entry.ap_id};
    }
    auto posts = TRY(repo::visible_posts(tx, viewer.actor_id, distinct(post_ids)));
    auto around = TRY(surroundings_of(tx, viewer, posts, std::move(wrapper_actors)));
    std::unordered_map<Id, const model::Post*> by_id;
    for (const auto& post : posts) by_id.emplace(post.id, &post);

    std::vector<PostView> out;
    out.reserve(entries.size());
    for (const auto& entry : entries) {
        auto post = by_id.find(entry.post_id);
        if (post == by_id.end()) continue;
        auto view = view_of(*post->second, around);
        if (entry.boost_id || entry.group_id) {
            auto wrapper = wrappers.find(entry.id);
            if (wrapper == wrappers.end()) continue;
            auto actor = around.actors.find(wrapper->second.actor.id);
            if (actor == around.actors.end() || actor->second.suspended_at ||
                actor->second.deleted_at)
                continue;
            view.boost = wrapper->second;
            view.boost->actor = actor->second;
        }
        out.push_back(std::move(view));
    }
    TRY(attach_cards(tx, out));
    TRY(attach_filters(tx, viewer, out));
    return out;
}

Result<PostView> load_view(Context& context, const Viewer& viewer, Id post_id) {
    return context.db.read([&](Tx& tx) -> Result<PostView> {
        // A boost and a group's entry are statuses of their own to clients, by their own ids.
        Entry entry{.id = post_id, .post_id = post_id, .boost_id = {}, .group_id = {}};
        if (auto boost = TRY(repo::find_boost_by_id(tx, post_id))) {
            entry.post_id = boost->post_id;
            entry.boost_id = boost->id;
        } else if (auto shown = TRY(repo::find_group_entry(tx, post_id))) {
            entry.post_id = shown->post_id;
            entry.group_id = shown->group_id;
        }
        auto views = TRY(load_views(tx, viewer, std::span(&entry, 1)));
        if (views.empty()) return fail(Code::not_found, "Record not found");
        return std::move(views.front());
    });
}

}  // namespace kith::community
