// What an opened profile's host is asked for.
#include "config/limits/catch_up.hpp"
#include "config/limits/community.hpp"
#include "config/limits/groups.hpp"
#include "federation/discovery/collection_walk.hpp"
#include "federation/keys/actor_store.hpp"
#include "federation/vocab/reader.hpp"
#include "node/community/catch_up_host.hpp"
#include "node/community/featured_tags.hpp"
#include "node/community/inbound/remote_posts.hpp"
#include "node/community/outbox_entry.hpp"
#include "node/community/post_steps.hpp"
#include "node/community/text_scan.hpp"
#include "storage/repo/actors.hpp"
#include "storage/repo/group_acts.hpp"
#include "storage/repo/groups.hpp"
#include "storage/repo/multi_communities.hpp"
#include "storage/repo/posts.hpp"
#include "storage/repo/threads.hpp"

#include <algorithm>
#include <ranges>

namespace kith::community {

using discovery::Item;
using repo::CatchUpSubject;
using sql::Tx;

// The document is read anew: it tells where the collections are.
Result<> HostCatchUp::ask_profile(const CatchUpSubject& subject) {
    auto& db = parts_.context.db;
    const auto actor =
        TRY(db.read([&](Tx& tx) { return repo::find_actor(tx, subject.subject_id); }));
    if (!actor || actor->suspended_at || actor->deleted_at) return {};
    const auto fetched = TRY(get(actor->ap_id));
    const auto document = TRY(vocab::read_actor(fetched.document.root()));
    if (document.id != actor->ap_id)
        return fail(Code::forbidden, "the document is another actor's", actor->ap_id);
    if (actor->is_group() && of_host(document.moderators, host_.host)) TRY(take_moderators(*actor, document.moderators));
    if (document.type == vocab::ActorType::feed && of_host(document.following, host_.host))
        TRY(take_groups(*actor, document.following));
    if (of_host(document.featured, host_.host)) TRY(take_featured(*actor, document.featured));
    if (of_host(document.featured_tags, host_.host))
        TRY(take_featured_tags(*actor, document.featured_tags));
    TRY(take_counts(*actor, document.followers, document.following));
    if (actor->is_group() && of_host(document.outbox, host_.host)) TRY(take_outbox(*actor, document.outbox));
    return {};
}

// Who follows whom elsewhere is not known here; how many, their host says, where it likes to.
Result<> HostCatchUp::take_counts(const model::Actor& actor, const std::string& followers, const std::string& following) {
    const repo::OriginCounts counts{total_of(followers), total_of(following)};
    return parts_.context.db.write([&](Tx& tx) { return repo::put_origin_counts(tx, actor.id, counts); });
}

std::optional<std::int64_t> HostCatchUp::total_of(const std::string& collection) {
    if (!of_host(collection, host_.host)) return {};
    const auto fetched = get(collection);
    if (!fetched) return {};
    const auto read = vocab::read_collection(fetched->document.root());
    if (!read || !read->total_items) return {};
    return std::clamp(*read->total_items, std::int64_t(0), limits::origin_count_max);
}

// The latest threads of a group, which nobody sends to whom came later: each from its own origin, or as the group's host has
// its own. Oldest first, so that they are shown in that order.
Result<> HostCatchUp::take_outbox(const model::Actor& group, const std::string& collection) {
    std::vector<std::string> items;
    const auto visit = [&](json::View item) -> Result<Item> {
        items.push_back(item.text());
        return Item::fresh;
    };
    const auto page = [this](const std::string& id) { return get(id); };
    TRY(discovery::walk_collection(collection, page, visit, {limits::catch_up_pages_max, limits::group_outbox_taken_max}));
    host_.found += std::int64_t(items.size());
    for (const auto& text : items | std::views::reverse) {
        const auto item = TRY(json::Document::parse(text));
        if (auto shown = show_entry(group, item.root()); !shown && shown.error().code == Code::rate_limited) return shown;
    }
    return {};
}

Result<> HostCatchUp::show_entry(const model::Actor& group, json::View item) {
    auto& context = parts_.context;
    const auto entry = vocab::has_type(item, "Announce") ? vocab::id_of(item) : std::string();
    if (!of_host(entry, group.host)) return fail(Code::unprocessable, "not what a group announces", entry);
    const auto id = TRY(post_of_item(item));
    if (context.urls.is_ours(id)) return {};
    hold(item);
    if (!TRY(context.db.read([&](Tx& tx) { return post_is_known(tx, id); }))) TRY(take_post(id));
    const bool given = TRY(was_given(group, id));
    return context.db.write([&](Tx& tx) -> Result<> {
        const auto post = TRY(repo::find_post_by_ap_id(tx, id));
        if (!post || post->deleted_at || post->visibility > model::Visibility::unlisted || TRY(repo::find_group_entry_of(tx, group.id, post->id)))
            return {};
        if (given) TRY(repo::add_audience(tx, post->id, group.id));
        TRY(show_in_group(tx, context, *post, group, entry));
        return {};
    });
}

// Whom a post names that came before the group was known here, its origin says.
Result<bool> HostCatchUp::was_given(const model::Actor& group, const std::string& id) {
    const bool asks = TRY(parts_.context.db.read([&](Tx& tx) -> Result<bool> {
        const auto post = TRY(repo::find_post_by_ap_id(tx, id));
        return post && !post->local && !post->group_id && !post->deleted_at && !TRY(is_given_to(tx, *post, group));
    }));
    if (!asks) return false;
    const auto fetched = fetch(id);
    if (!fetched && may_pass(fetched.error())) return tl::unexpected(fetched.error());
    const auto post = fetched ? vocab::read_post(fetched->document.root()) : Result<vocab::Post>(tl::unexpected(fetched.error()));
    return post && post->id == id && names_group(*post, group);
}

// In place of what was shown first before, unless an Add or Remove came while the list was read: it is newer. What is not their
// own post is left out.
Result<> HostCatchUp::take_featured(const model::Actor& actor, const std::string& collection) {
    auto& db = parts_.context.db;
    const auto before = TRY(db.read([&](Tx& tx) { return repo::pinned_by(tx, actor.id); }));
    std::vector<std::string> ids;
    const auto visit = [&](json::View item) -> Result<Item> {
        // A group shows what its members wrote, wherever they are.
        if (auto id = vocab::id_of(item); of_host(id, actor.host) || (actor.is_group() && !id.empty())) ids.push_back(std::move(id));
        return Item::fresh;
    };
    const auto page = [this](const std::string& id) { return get(id); };
    TRY(discovery::walk_collection(collection, page, visit, {1, limits::remote_pins_max}));
    for (const auto& id : ids) {
        if (TRY(db.read([&](Tx& tx) { return repo::find_post_by_ap_id(tx, id); })) || !of_host(id, actor.host)) continue;
        if (auto taken = take_post(id); !taken && taken.error().code == Code::rate_limited) return taken;
    }
    return db.write([&](Tx& tx) -> Result<> {
        if (TRY(repo::pinned_by(tx, actor.id)) != before) return {};
        for (const auto pinned : before) TRY(repo::unpin(tx, actor.id, pinned));
        auto at = parts_.context.clock.now_ms();
        for (const auto& id : ids) {
            const auto post = TRY(repo::find_post_by_ap_id(tx, id));
            const bool own = post && (actor.is_group() ? post->group_id == actor.id : post->actor_id == actor.id);
            if (!own || post->deleted_at) continue;
            TRY(repo::pin(tx, actor.id, post->id, at--));  // the first one is shown first
            if (actor.is_group()) TRY(repo::add_thread(tx, *post, actor.id));
        }
        return {};
    });
}

// By seniority: those of the group's own host, and who is known here of others.
Result<> HostCatchUp::take_moderators(const model::Actor& group, const std::string& collection) {
    std::vector<std::string> ids;
    const auto visit = [&](json::View item) -> Result<Item> {
        if (auto id = vocab::id_of(item); !id.empty()) ids.push_back(std::move(id));
        return Item::fresh;
    };
    const auto page = [this](const std::string& id) { return get(id); };
    TRY(discovery::walk_collection(collection, page, visit, {1, int(limits::remote_moderators_max)}));
    std::vector<vocab::Actor> fresh;
    for (const auto& id : ids) {
        if (!of_host(id, group.host) || TRY(parts_.context.db.read([&](Tx& tx) { return repo::find_actor_by_ap_id(tx, id); }))) continue;
        const auto fetched = get(id);
        if (!fetched) continue;
        if (auto actor = vocab::read_actor(fetched->document.root()); actor && actor->id == id) fresh.push_back(std::move(*actor));
    }
    return parts_.context.db.write([&](Tx& tx) -> Result<> {
        for (const auto& actor : fresh) TRY(keys::store_actor(tx, parts_.context.ids, parts_.context.clock.now_ms(), actor));
        std::vector<Id> known;
        for (const auto& id : ids)
            if (const auto moderator = TRY(repo::find_actor_by_ap_id(tx, id))) known.push_back(moderator->id);
        return repo::put_remote_moderators(tx, group.id, known);
    });
}

// The groups of a collection (Feed), in its order: those that are known here, and others from their own hosts.
Result<> HostCatchUp::take_groups(const model::Actor& feed, const std::string& collection) {
    auto& context = parts_.context;
    std::vector<std::string> ids;
    const auto visit = [&](json::View item) -> Result<Item> {
        if (auto id = vocab::id_of(item); !id.empty()) ids.push_back(std::move(id));
        return Item::fresh;
    };
    const auto page = [this](const std::string& id) { return get(id); };
    TRY(discovery::walk_collection(collection, page, visit, {1, int(limits::multi_entries_max)}));
    std::vector<vocab::Actor> fresh;
    for (const auto& id : ids) {
        if (TRY(context.db.read([&](Tx& tx) { return repo::find_actor_by_ap_id(tx, id); })) || context.urls.is_ours(id)) continue;
        const auto fetched = get(id);
        if (!fetched) continue;
        if (auto group = vocab::read_actor(fetched->document.root()); group && group->id == id) fresh.push_back(std::move(*group));
    }
    return context.db.write([&](Tx& tx) -> Result<> {
        for (const auto& group : fresh) TRY(keys::store_actor(tx, context.ids, context.clock.now_ms(), group));
        for (const auto& gone : TRY(repo::multi_groups(tx, feed.id)))
            if (std::ranges::find(ids, gone.ap_id) == ids.end()) TRY(repo::remove_multi_entry(tx, feed.id, gone.id));
        for (std::size_t at = 0; at < ids.size(); ++at)
            if (const auto group = TRY(repo::find_actor_by_ap_id(tx, ids[at])); group && group->is_group())
                TRY(repo::add_multi_entry(tx, feed.id, group->id, std::int64_t(at)));
        return {};
    });
}

Result<> HostCatchUp::take_featured_tags(const model::Actor& actor, const std::string& collection) {
    std::vector<std::string> names;
    const auto visit = [&](json::View item) -> Result<Item> {
        auto name = item["name"].string_or("");
        if (name.starts_with('#')) name.remove_prefix(1);
        if (is_hashtag(name)) names.emplace_back(name);
        return Item::fresh;
    };
    const auto page = [this](const std::string& id) { return get(id); };
    TRY(discovery::walk_collection(collection, page, visit, {1, int(limits::featured_tags_max)}));
    return parts_.context.db.write([&](Tx& tx) {
        return replace_featured_tags(tx, parts_.context, actor.id, names);
    });
}

}  // namespace kith::community
