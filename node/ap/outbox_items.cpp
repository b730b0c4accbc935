#include "node/ap/outbox_items.hpp"

#include "config/limits/ap.hpp"
#include "federation/delivery/documents.hpp"
#include "storage/repo/actors.hpp"
#include "storage/repo/posts.hpp"
#include "storage/repo/relations.hpp"
#include "storage/repo/timelines.hpp"

#include <algorithm>

namespace kith::ap {

using model::Actor;
using model::Post;
using sql::Tx;
using vocab::Context;

namespace {

repo::Window window_below(std::optional<Id> below, int limit) {
    repo::Window window;
    if (below) window.below = *below;
    window.limit = limit;
    return window;
}

template <class Rows>
std::vector<Id> posts_of(const Rows& rows) {
    std::vector<Id> ids;
    for (const auto& row : rows) ids.push_back(row.post_id);
    return ids;
}

template <class Records>
auto find_by_id(const Records& records, Id id) {
    return std::find_if(records.begin(), records.end(), [id](const auto& record) { return record.id == id; });
}

std::optional<Id> rest_after(const std::vector<repo::TimelineRow>& rows, int limit) {
    if (rows.size() < std::size_t(limit)) return std::nullopt;
    return rows.back().id;
}

bool is_open(const Post& post) { return post.visibility == model::Visibility::public_ || post.visibility == model::Visibility::unlisted; }

// A group's Announce without its object: to everybody, or where the post is for its members to them.
vocab::ActivityToWrite announcement(const Actor& group, std::string id, const Post& post) {
    vocab::ActivityToWrite out{.id = std::move(id), .type = "Announce", .actor = group.ap_id, .published = post.received_at};
    if (is_open(post)) {
        out.to = {std::string(vocab::public_collection)};
        out.cc = {group.followers_url};
    } else {
        out.to = {group.followers_url};
    }
    return out;
}

}  // namespace

Result<std::string> create_activity(Tx& tx, const Urls& urls, const Post& post, Context context) {
    return create_of(urls, TRY(delivery::post_document(tx, urls, post)), post.id, context);
}

std::string boost_activity(const Actor& actor, const model::Boost& boost, const Post& post, Context context) {
    const std::string everyone(vocab::public_collection);
    const bool open = boost.visibility == model::Visibility::public_;
    return vocab::write_activity({.id = boost.ap_id,
                                  .type = "Announce",
                                  .actor = actor.ap_id,
                                  .object_id = post.ap_id,
                                  .to = {open ? everyone : actor.followers_url},
                                  .cc = {open ? actor.followers_url : everyone},
                                  .published = boost.created_at},
                                 context);
}

std::string entry_activity(const Actor& group, const repo::GroupEntry& entry, const Post& post, Context context) {
    auto announce = announcement(group, entry.ap_id, post);
    announce.object_id = post.ap_id;
    return vocab::write_activity(announce, context);
}

Result<std::string> announced_create(Tx& tx, const Urls& urls, const Actor& group, const repo::GroupEntry& entry, const Post& post,
                                     Context context) {
    // What another server's author wrote is to be asked for there: by its id only.
    if (!post.local) return entry_activity(group, entry, post, context);
    auto announce = announcement(group, urls.activity_part(entry.id, announce_part), post);
    announce.object_json = TRY(create_activity(tx, urls, post, Context::without));
    return vocab::write_activity(announce, context);
}

Result<OutboxItems> person_items(Tx& tx, const Urls& urls, const Actor& actor, const community::Viewer& viewer, std::optional<Id> below) {
    const auto rows = TRY(repo::account_page(tx, viewer.actor_id, actor.id, {}, window_below(below, limits::outbox_page)));
    const auto posts = TRY(repo::visible_posts(tx, viewer.actor_id, posts_of(rows)));
    std::vector<Id> boost_ids;
    for (const auto& row : rows)
        if (row.boost_id) boost_ids.push_back(*row.boost_id);
    const auto boosts = TRY(repo::boosts_by_ids(tx, boost_ids));
    OutboxItems out;
    for (const auto& row : rows) {
        const auto post = find_by_id(posts, row.post_id);
        if (post == posts.end()) continue;
        if (!row.boost_id) {
            out.items.push_back(TRY(create_activity(tx, urls, *post, Context::without)));
        } else if (const auto boost = find_by_id(boosts, *row.boost_id); boost != boosts.end()) {
            out.items.push_back(boost_activity(actor, *boost, *post, Context::without));
        }
    }
    out.older_than = rest_after(rows, limits::outbox_page);
    return out;
}

Result<std::string> announced_comment(Tx& tx, const Urls& urls, const Actor& group, const Post& comment, Context context) {
    auto announce = announcement(group, urls.activity_part(comment.id, announce_part), comment);
    if (comment.local) {
        announce.object_json = TRY(create_activity(tx, urls, comment, Context::without));
    } else {
        // What another server's author wrote is to be asked for there.
        const auto author = TRY(repo::find_actor(tx, comment.actor_id));
        announce.object_json = vocab::write_activity({.id = comment.ap_id + "#create",
                                                      .type = "Create",
                                                      .actor = author ? author->ap_id : std::string(),
                                                      .object_id = comment.ap_id},
                                                     Context::without);
    }
    return vocab::write_activity(announce, context);
}

Result<OutboxItems> group_items(Tx& tx, const Urls& urls, const Actor& group, const community::Viewer& viewer) {
    const auto rows = TRY(repo::group_page(tx, group.id, window_below({}, limits::group_outbox_page)));
    const auto posts = TRY(repo::visible_posts(tx, viewer.actor_id, posts_of(rows)));
    std::vector<Id> entry_ids;
    for (const auto& row : rows) entry_ids.push_back(row.id);
    const auto entries = TRY(repo::group_entries_by_ids(tx, entry_ids));
    OutboxItems out;
    for (const auto& row : rows) {
        const auto post = find_by_id(posts, row.post_id);
        const auto entry = find_by_id(entries, row.id);
        if (post != posts.end() && entry != entries.end())
            out.items.push_back(TRY(announced_create(tx, urls, group, *entry, *post, Context::without)));
    }
    return out;
}

Result<OutboxItems> group_history(Tx& tx, const Urls& urls, const Actor& group, const community::Viewer& viewer,
                                  std::optional<Id> below) {
    const auto rows = TRY(repo::group_posts_page(tx, group.id, window_below(below, limits::group_outbox_page)));
    const auto posts = TRY(repo::visible_posts(tx, viewer.actor_id, posts_of(rows)));
    OutboxItems out;
    for (const auto& row : rows) {
        const auto post = find_by_id(posts, row.post_id);
        if (post == posts.end()) continue;
        const auto entry = TRY(repo::find_group_entry_of(tx, group.id, post->id));
        if (entry)
            out.items.push_back(TRY(announced_create(tx, urls, group, *entry, *post, Context::without)));
        else if (post->is_reply())
            out.items.push_back(TRY(announced_comment(tx, urls, group, *post, Context::without)));
    }
    out.older_than = rest_after(rows, limits::group_outbox_page);
    return out;
}

}  // namespace kith::ap
