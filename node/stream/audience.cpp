#include "node/stream/audience.hpp"

#include "base/text/fold.hpp"
#include "node/community/filter_views.hpp"
#include "storage/repo/lists.hpp"
#include "storage/repo/posts.hpp"
#include "storage/repo/streams.hpp"
#include "storage/repo/timelines.hpp"

#include <algorithm>

namespace kith::stream {

using community::Entry;
using community::PostView;
using community::Viewer;
using model::Post;

namespace {

constexpr Channel homes{.kind = ChannelKind::user, .tag = {}};

bool is_public_timeline(ChannelKind kind) {
    return kind >= ChannelKind::public_ && kind <= ChannelKind::public_remote_media;
}

bool is_hashtag(ChannelKind kind) { return kind == ChannelKind::hashtag || kind == ChannelKind::hashtag_local; }

model::FilterContext place_of(ChannelKind kind) {
    return is_public_timeline(kind) || is_hashtag(kind) ? model::filter_public : model::filter_home;
}

void take_out(std::vector<Id>& accounts, std::vector<Id> others) {
    std::sort(others.begin(), others.end());
    std::erase_if(accounts, [&](Id id) { return std::binary_search(others.begin(), others.end(), id); });
}

// What one account is shown of the entry; nothing where they do not see it.
Result<std::optional<PostView>> seen_by(const Showing& s, Id account, const Entry& entry, ChannelKind kind) {
    auto views = TRY(community::load_views(s.tx, Viewer::actor(account), std::span(&entry, 1)));
    if (views.empty() || community::hidden_by_filter(views.front(), place_of(kind), s.context.clock.now_ms()))
        return std::optional<PostView>{};
    return std::optional<PostView>(std::move(views.front()));
}

void send(const Showing& s, const Channel& channel, std::string_view event, const PostView& view, Id as,
          const std::set<Id>& accounts) {
    s.outlet.send(s.listeners.sessions(channel, accounts),
                  make_message(channel, event, s.voice.status(Viewer::actor(as), view)));
}

// Exactly this row, where a timeline has it.
repo::Window only(Id id) { return {.below = id + 1, .above = id - 1, .ascending = false, .limit = 1}; }

}  // namespace

Result<> show(const Showing& s, const Channel& channel, std::string_view event, const Entry& entry,
              const Post& post, std::vector<Id> accounts) {
    if (accounts.empty()) return {};
    const auto now = s.context.clock.now_ms();
    std::vector<Id> actors{post.actor_id};
    if (entry.boost_id || entry.group_id) {
        // A boost is hidden by who boosted, too.
        const auto view = TRY(seen_by(s, accounts.front(), entry, channel.kind));
        if (view && view->boost) actors.push_back(view->boost->actor.id);
    }
    for (const auto actor : actors) {
        take_out(accounts, TRY(repo::hiding(s.tx, actor, accounts, now)));
        if (channel.kind == ChannelKind::user) take_out(accounts, TRY(repo::exclusively_listing(s.tx, actor, accounts)));
        if (accounts.empty()) return {};
    }
    // Authors see more of their posts, and filters are each member's own: these are written one by one.
    auto alone = TRY(repo::with_filters(s.tx, accounts));
    if (std::find(accounts.begin(), accounts.end(), post.actor_id) != accounts.end()) alone.push_back(post.actor_id);
    for (const auto account : std::set<Id>(alone.begin(), alone.end()))
        if (const auto view = TRY(seen_by(s, account, entry, channel.kind)))
            send(s, channel, event, *view, account, {account});
    take_out(accounts, alone);
    if (accounts.empty()) return {};
    if (const auto view = TRY(seen_by(s, accounts.front(), entry, channel.kind)))
        send(s, channel, event, *view, accounts.front(), {accounts.begin(), accounts.end()});
    return {};
}

Result<> show_in_homes(const Showing& s, std::string_view event, const Entry& entry, const Post& post) {
    const auto listening = s.listeners.accounts(homes);
    if (listening.empty()) return {};
    auto owners = entry.group_id ? TRY(repo::followers_among(s.tx, *entry.group_id, listening))
                                 : TRY(repo::home_owners(s.tx, entry.id, entry.post_id, listening));
    if (!entry.boost_id && !entry.group_id && post.visibility == model::Visibility::public_) {
        // A home shows followed hashtags, too; not a post that it has for another reason.
        for (const auto owner : TRY(repo::tag_followers_of(s.tx, post.id, listening)))
            if (std::find(owners.begin(), owners.end(), owner) == owners.end()) owners.push_back(owner);
    }
    return show(s, homes, event, entry, post, std::move(owners));
}

Result<> show_everywhere(const Showing& s, std::string_view event, const Post& post) {
    const Entry entry{.id = post.id, .post_id = post.id, .boost_id = {}, .group_id = {}};
    TRY(show_in_homes(s, event, entry, post));
    const auto channels = s.listeners.channels();
    if (std::all_of(channels.begin(), channels.end(), [](const Channel& c) { return c.kind < ChannelKind::public_; }))
        return {};
    const bool has_media = !TRY(repo::attachments_of(s.tx, std::span(&post.id, 1))).empty();
    const bool in_public =
        !TRY(repo::public_page(s.tx, {}, repo::Origin::any, false, only(post.id))).empty();
    std::vector<std::string> tags;
    if (post.visibility == model::Visibility::public_)
        for (const auto& row : TRY(repo::tags_of(s.tx, std::span(&post.id, 1)))) tags.push_back(text::fold(row.display));
    for (const auto& channel : channels) {
        if (!takes(channel, post.local, has_media)) continue;
        if (is_public_timeline(channel.kind)) {
            if (!in_public) continue;
        } else if (is_hashtag(channel.kind)) {
            if (std::find(tags.begin(), tags.end(), channel.tag) == tags.end()) continue;
            const auto tag = TRY(repo::find_tag(s.tx, channel.tag));
            if (!tag || TRY(repo::tag_page(s.tx, {}, *tag, repo::Origin::any, false, only(post.id))).empty()) continue;
        } else if (channel.kind == ChannelKind::list) {
            for (const auto account : s.listeners.accounts(channel)) {
                const auto list = TRY(repo::find_list(s.tx, account, channel.list));
                if (list && !TRY(repo::list_page(s.tx, *list, only(post.id))).empty())
                    TRY(show(s, channel, event, entry, post, {account}));
            }
            continue;
        } else {
            continue;
        }
        TRY(show(s, channel, event, entry, post, s.listeners.accounts(channel)));
    }
    return {};
}

}  // namespace kith::stream
