#include "node/community/multi_communities.hpp"

#include "base/html/markdown.hpp"
#include "base/text/utf8.hpp"
#include "config/limits/community.hpp"
#include "config/limits/groups.hpp"
#include "node/community/actor_steps.hpp"
#include "node/community/events.hpp"
#include "node/community/group_settings.hpp"
#include "node/community/relations.hpp"
#include "storage/repo/actors.hpp"
#include "storage/repo/relations.hpp"

namespace kith::community {

using model::Actor;
using model::MultiCommunity;
using sql::Tx;

namespace {

Failure not_found() { return fail(Code::not_found, "Record not found"); }
Failure invalid(std::string what) { return fail(Code::unprocessable, "Validation failed: " + std::move(what)); }

Result<> fill(Actor& actor, MultiCommunity& multi, const MultiChange& change) {
    if (change.title) actor.name = *change.title;
    if (change.brief) multi.brief = *change.brief;
    if (change.sidebar) {
        actor.source = *change.sidebar;
        actor.summary = html::render_markdown(*change.sidebar);
    }
    if (utf8::length(actor.name) > limits::display_name_characters_max) return invalid("the title is too long");
    if (utf8::length(multi.brief) > limits::group_brief_characters_max || multi.brief.find('\n') != std::string::npos)
        return invalid("the summary is one line of at most " + std::to_string(limits::group_brief_characters_max) + " characters");
    if (actor.source.size() > limits::group_description_bytes_max) return invalid("the sidebar is too long");
    return {};
}

struct Kept {
    Actor actor;
    MultiCommunity multi;
};

Result<Kept> find(Tx& tx, Id id) {
    auto actor = TRY(repo::find_actor(tx, id));
    auto multi = TRY(repo::find_multi(tx, id));
    if (!actor || !multi || actor->deleted_at || actor->suspended_at) return not_found();
    return Kept{std::move(*actor), std::move(*multi)};
}

Result<Kept> kept_by(Tx& tx, Id creator, Id id) {
    auto kept = TRY(find(tx, id));
    if (!kept.actor.local || kept.multi.creator_id != creator) return fail(Code::forbidden, "The collection is somebody else's");
    return kept;
}

Result<> tell(Tx& tx, const Context& context, Kept& kept) {
    kept.actor.updated_at = context.clock.now_ms();
    TRY(repo::update_actor(tx, kept.actor));
    return emit(tx, context, {.kind = model::EventKind::actor_updated, .actor_id = kept.actor.id});
}

Result<MultiView> view_of(Tx& tx, const Viewer& viewer, Kept kept) {
    MultiView view{.actor = std::move(kept.actor), .multi = std::move(kept.multi), .keeper = {}, .numbers = {}};
    if (view.multi.creator_id) view.keeper = TRY(repo::find_actor(tx, *view.multi.creator_id));
    view.numbers = TRY(repo::multi_numbers(tx, view.actor.id));
    if (!viewer.actor_id) return view;
    if (const auto follow = TRY(repo::find_follow(tx, *viewer.actor_id, view.actor.id))) {
        view.follows = follow->state == model::FollowState::accepted;
        view.asked = !view.follows;
    }
    return view;
}

}  // namespace

Result<Actor> create_multi(Context& context, Id creator, const std::string& name, const MultiChange& wanted) {
    TRY(check_new_name(name));
    TRY(stock_key_pool(context, 1));
    auto actor = new_local_actor(context, model::ActorKind::service, name);
    // Not a person's URLs: those of a Feed, as Lemmy has them.
    actor.ap_id = actor.url = context.urls.base() + "/m/" + name;
    actor.inbox = actor.ap_id + "/inbox";
    actor.outbox = actor.ap_id + "/outbox";
    actor.followers_url = actor.ap_id + "/followers";
    actor.following_url = actor.ap_id + "/following";
    actor.featured_url.clear();
    actor.bot = true;
    actor.discoverable = actor.indexable = false;
    MultiCommunity multi{.actor_id = actor.id, .creator_id = creator, .brief = {}};
    TRY(fill(actor, multi, wanted));
    TRY(context.db.write([&](Tx& tx) -> Result<> {
        if (TRY(repo::count_multis_by(tx, creator)) >= limits::multis_per_member_max)
            return invalid("collections are at most " + std::to_string(limits::multis_per_member_max));
        TRY(store_local_actor(tx, context, actor));
        return repo::put_multi(tx, multi);
    }));
    TRY(follow(context, creator, actor.id, {}));
    return actor;
}

Result<> change_multi(Context& context, Id creator, Id id, const MultiChange& change) {
    return context.db.write([&](Tx& tx) -> Result<> {
        auto kept = TRY(kept_by(tx, creator, id));
        TRY(fill(kept.actor, kept.multi, change));
        TRY(repo::put_multi(tx, kept.multi));
        return tell(tx, context, kept);
    });
}

Result<> delete_multi(Context& context, Id creator, Id id) {
    return context.db.write([&](Tx& tx) -> Result<> {
        const auto kept = TRY(kept_by(tx, creator, id));
        TRY(repo::mark_actor_deleted(tx, id, context.clock.now_ms()));
        return emit(tx, context, {.kind = model::EventKind::actor_deleted, .actor_id = id, .object_ap_id = kept.actor.ap_id});
    });
}

Result<> add_to_multi(Context& context, Id creator, Id id, Id group_id) {
    return context.db.write([&](Tx& tx) -> Result<> {
        auto kept = TRY(kept_by(tx, creator, id));
        const auto group = TRY(repo::find_actor(tx, group_id));
        if (!group || !group->is_group() || group->deleted_at || group->suspended_at) return not_found();
        const auto there = TRY(repo::count_multi_entries(tx, id));
        if (there >= limits::multi_entries_max) return invalid("a collection has at most " + std::to_string(limits::multi_entries_max) + " groups");
        if (!TRY(repo::add_multi_entry(tx, id, group_id, context.ids.next()))) return fail(Code::conflict, "The group is in the collection");
        return tell(tx, context, kept);
    });
}

Result<> remove_from_multi(Context& context, Id creator, Id id, Id group) {
    return context.db.write([&](Tx& tx) -> Result<> {
        auto kept = TRY(kept_by(tx, creator, id));
        if (!TRY(repo::remove_multi_entry(tx, id, group))) return not_found();
        return tell(tx, context, kept);
    });
}

Result<MultiView> multi_view(Context& context, const Viewer& viewer, Id id) {
    return context.db.read([&](Tx& tx) -> Result<MultiView> { return view_of(tx, viewer, TRY(find(tx, id))); });
}

Result<std::vector<MultiView>> find_multis(Context& context, const Viewer& viewer, const repo::MultiQuery& query) {
    return context.db.read([&](Tx& tx) -> Result<std::vector<MultiView>> {
        std::vector<MultiView> out;
        for (const auto id : TRY(repo::multis_page(tx, query))) out.push_back(TRY(view_of(tx, viewer, TRY(find(tx, id)))));
        return out;
    });
}

Result<std::vector<Actor>> groups_of_multi(Context& context, const Viewer& viewer, Id id) {
    return context.db.read([&](Tx& tx) -> Result<std::vector<Actor>> {
        TRY(find(tx, id));
        std::vector<Actor> out;
        for (auto& group : TRY(repo::multi_groups(tx, id)))
            if (TRY(may_know_group(tx, viewer, group.id))) out.push_back(std::move(group));
        return out;
    });
}

}  // namespace kith::community
