#include "node/community/personal.hpp"

#include "base/text/fold.hpp"
#include "base/text/host.hpp"
#include "base/text/utf8.hpp"
#include "config/limits/community.hpp"
#include "config/limits/personal.hpp"
#include "node/community/events.hpp"
#include "node/community/follow_steps.hpp"
#include "node/community/page_window.hpp"
#include "node/community/post_search.hpp"
#include "node/community/text_scan.hpp"
#include "storage/repo/actors.hpp"
#include "storage/repo/featured_tags.hpp"
#include "storage/repo/personal.hpp"
#include "storage/repo/posts.hpp"

namespace kith::community {

using sql::Tx;

namespace {

Failure invalid(std::string what) {
    return fail(Code::unprocessable, "Validation failed: " + std::move(what));
}

Result<model::Actor> known_actor(Tx& tx, Id id) {
    auto actor = TRY(repo::find_actor(tx, id));
    if (!actor || actor->deleted_at || actor->suspended_at)
        return fail(Code::not_found, "Record not found");
    return std::move(*actor);
}

Result<Relationship> standing(Context& context, Id actor, Id target) {
    const Id others[] = {target};
    auto found = TRY(relationships(context, actor, others));
    if (found.empty()) return fail(Code::not_found, "Record not found");
    return found.front();
}

using ReadPosts = Result<std::vector<repo::TimelineRow>> (*)(Tx&, Id, const repo::Window&);

Result<Page<PostView>> kept(Context& context, Id actor, const PageRequest& request, ReadPosts read) {
    return context.db.read([&](Tx& tx) -> Result<Page<PostView>> {
        const auto rows = TRY(read(tx, actor, window_of(request)));
        std::vector<Entry> entries;
        for (const auto& row : rows)
            entries.push_back({.id = row.post_id, .post_id = row.post_id, .boost_id = {}, .group_id = {}});
        Page<PostView> page;
        if (!rows.empty()) set_cursors(page, rows.front().id, rows.back().id, rows.size(), request);
        page.items = TRY(load_views(tx, Viewer::actor(actor), entries));
        return page;
    });
}

// Follows in both directions end as if each side had ended its own.
Result<> end_follows_with(Tx& tx, const Context& context, Id actor, std::string_view host) {
    for (const auto& f : TRY(repo::follows_between(tx, actor, host, limits::host_follows_ended_max)))
        TRY(f.follower_id == actor ? undo_follow(tx, context, f) : refuse_follow(tx, context, f));
    return {};
}

Result<std::string> name_of_tag(std::string_view name) {
    if (name.starts_with('#')) name.remove_prefix(1);
    if (!is_hashtag(name)) return invalid("Tag is invalid");
    return std::string(name);
}

Result<FollowedTag> tag_for(Tx& tx, std::optional<Id> viewer, const std::string& name) {
    FollowedTag out{.name = name};
    const auto folded = text::fold(name);
    if (!viewer) return out;
    if (const auto id = TRY(repo::find_tag(tx, folded)))
        out.following = TRY(repo::follows_tag(tx, *viewer, *id));
    for (const auto& tag : TRY(repo::featured_tags(tx, *viewer)))
        out.featuring = out.featuring || tag.name == folded;
    return out;
}

}  // namespace

Result<> bookmark(Context& context, Id actor, Id post) {
    return context.db.write([&context, actor, post](Tx& tx) -> Result<> {
        TRY(repo::add_bookmark(tx, actor, post, context.ids.next()));
        return index_kept_post(tx, post);
    });
}

Result<> unbookmark(Context& context, Id actor, Id post) {
    return context.db.write([actor, post](Tx& tx) { return repo::remove_bookmark(tx, actor, post); });
}

Result<Page<PostView>> bookmarks(Context& context, Id actor, const PageRequest& request) {
    return kept(context, actor, request, repo::bookmarks_page);
}

Result<Page<PostView>> favourites(Context& context, Id actor, const PageRequest& request) {
    return kept(context, actor, request, repo::favourites_page);
}

Result<Page<PostView>> dislikes(Context& context, Id actor, const PageRequest& request) {
    return kept(context, actor, request, repo::dislikes_page);
}

Result<Page<PostView>> voted(Context& context, Id actor, const PageRequest& request) {
    return kept(context, actor, request, repo::voted_page);
}

Result<> mute_conversation(Context& context, Id actor, Id post_id) {
    return context.db.write([actor, post_id](Tx& tx) -> Result<> {
        const auto post = TRY(repo::find_post(tx, post_id));
        return post ? repo::mute_thread(tx, actor, post->thread_id) : Result<>{};
    });
}

Result<> unmute_conversation(Context& context, Id actor, Id post_id) {
    return context.db.write([actor, post_id](Tx& tx) -> Result<> {
        const auto post = TRY(repo::find_post(tx, post_id));
        return post ? repo::unmute_thread(tx, actor, post->thread_id) : Result<>{};
    });
}

Result<Relationship> set_note(Context& context, Id actor, Id target, std::string_view text) {
    if (utf8::length(text) > limits::account_note_characters_max)
        return invalid("Comment is too long (maximum is " +
                       std::to_string(limits::account_note_characters_max) + " characters)");
    TRY(context.db.write([&](Tx& tx) -> Result<> {
        TRY(known_actor(tx, target));
        return repo::put_account_note(tx, actor, target, text);
    }));
    return standing(context, actor, target);
}

Result<Relationship> endorse(Context& context, Id actor, Id target) {
    TRY(context.db.write([&](Tx& tx) -> Result<> {
        TRY(known_actor(tx, target));
        const auto follow = TRY(repo::find_follow(tx, actor, target));
        if (!follow || follow->state != model::FollowState::accepted)
            return invalid("You must be already following the person you want to endorse");
        return repo::add_endorsement(tx, actor, target, context.ids.next());
    }));
    return standing(context, actor, target);
}

Result<Relationship> unendorse(Context& context, Id actor, Id target) {
    TRY(context.db.write([&](Tx& tx) { return repo::remove_endorsement(tx, actor, target); }));
    return standing(context, actor, target);
}

Result<Page<model::Actor>> endorsements(Context& context, Id actor, const PageRequest& request) {
    return context.db.read([&](Tx& tx) -> Result<Page<model::Actor>> {
        return actor_page_from(TRY(repo::endorsements_page(tx, actor, window_of(request))), request);
    });
}

Result<std::vector<model::Actor>> familiar_followers(Context& context, Id actor, Id target) {
    return context.db.read([&](Tx& tx) -> Result<std::vector<model::Actor>> {
        if (!TRY(repo::members_seen_by(tx, actor, target))) return std::vector<model::Actor>{};
        return repo::familiar_followers(tx, actor, target, limits::familiar_followers_max);
    });
}

Result<> block_host(Context& context, Id actor, std::string_view name) {
    const auto host = normalize_host(name);
    if (!host) return invalid("Domain is not a valid domain name");
    if (*host == context.config.server.host || *host == context.config.server.account_domain)
        return invalid("Domain is this server");
    return context.db.write([&](Tx& tx) -> Result<> {
        TRY(repo::add_own_domain_block(tx, actor, *host, context.ids.next()));
        return end_follows_with(tx, context, actor, *host);
    });
}

Result<> unblock_host(Context& context, Id actor, std::string_view name) {
    const auto host = normalize_host(name);
    if (!host) return invalid("Domain is not a valid domain name");
    return context.db.write([&](Tx& tx) { return repo::remove_own_domain_block(tx, actor, *host); });
}

Result<Page<std::string>> blocked_hosts(Context& context, Id actor, const PageRequest& request) {
    return context.db.read([&](Tx& tx) -> Result<Page<std::string>> {
        auto rows = TRY(repo::own_domain_blocks_page(tx, actor, window_of(request)));
        Page<std::string> page;
        if (!rows.empty()) set_cursors(page, rows.front().id, rows.back().id, rows.size(), request);
        for (auto& row : rows) page.items.push_back(std::move(row.host));
        return page;
    });
}

Result<std::vector<model::Marker>> markers(Context& context, Id actor) {
    return context.db.read([actor](Tx& tx) { return repo::markers(tx, actor); });
}

Result<> set_markers(Context& context, Id actor,
                     const std::vector<std::pair<std::string, Id>>& by_timeline) {
    return context.db.write([&](Tx& tx) -> Result<> {
        for (const auto& [timeline, id] : by_timeline)
            TRY(repo::put_marker(tx, actor, timeline, id, context.clock.now_ms()));
        return {};
    });
}

Result<FollowedTag> tag_by_name(Context& context, std::optional<Id> viewer, std::string_view given) {
    const auto name = TRY(name_of_tag(given));
    return context.db.read([&](Tx& tx) { return tag_for(tx, viewer, name); });
}

Result<FollowedTag> follow_tag(Context& context, Id actor, std::string_view given) {
    const auto name = TRY(name_of_tag(given));
    return context.db.write([&](Tx& tx) -> Result<FollowedTag> {
        const auto already = TRY(repo::followed_tags_page(tx, actor, {.limit = limits::followed_tags_max}));
        const auto tag = TRY(repo::tag_id(tx, context.ids.next(), text::fold(name), name));
        if (already.size() >= std::size_t(limits::followed_tags_max) &&
            !TRY(repo::follows_tag(tx, actor, tag)))
            return invalid("You cannot follow more than " + std::to_string(limits::followed_tags_max) +
                           " hashtags");
        TRY(repo::follow_tag(tx, actor, tag, context.ids.next()));
        return tag_for(tx, actor, name);
    });
}

Result<FollowedTag> unfollow_tag(Context& context, Id actor, std::string_view given) {
    const auto name = TRY(name_of_tag(given));
    return context.db.write([&](Tx& tx) -> Result<FollowedTag> {
        if (const auto tag = TRY(repo::find_tag(tx, text::fold(name))))
            TRY(repo::unfollow_tag(tx, actor, *tag));
        return tag_for(tx, actor, name);
    });
}

Result<Page<FollowedTag>> followed_tags(Context& context, Id actor, const PageRequest& request) {
    return context.db.read([&](Tx& tx) -> Result<Page<FollowedTag>> {
        const auto rows = TRY(repo::followed_tags_page(tx, actor, window_of(request)));
        Page<FollowedTag> page;
        if (!rows.empty()) set_cursors(page, rows.front().id, rows.back().id, rows.size(), request);
        for (const auto& row : rows) page.items.push_back(TRY(tag_for(tx, actor, row.display)));
        return page;
    });
}

}  // namespace kith::community
