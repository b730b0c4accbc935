// Move of a conversation between two groups of another host, and Remove of one from a group (FEP-f15d, DRAFT, as NodeBB
// sends them): by the group that it leaves, announced by it, or by one of its moderators. NodeBB names these to nobody: what
// others of the groups' host say counts where that host has the conversation in its new place, too. Groups here are
// moderated here.
#include "federation/vocab/reader.hpp"
#include "node/community/inbound/authors.hpp"
#include "node/community/inbound/handlers.hpp"
#include "node/community/inbound/stamps.hpp"
#include "node/community/group_moderation.hpp"
#include "node/community/thread_moves.hpp"
#include "base/html/to_text.hpp"
#include "base/text/utf8.hpp"
#include "config/limits/group_moves.hpp"
#include "config/limits/groups.hpp"
#include "storage/repo/actors.hpp"
#include "storage/repo/group_acts.hpp"
#include "storage/repo/group_moves.hpp"
#include "storage/repo/posts.hpp"

namespace kith::community {

using model::Actor;
using model::Post;
using sql::Tx;
using vocab::ActivityType;

namespace {

constexpr std::string_view context_suffix = "/context";

// By the conversation's id or its first post's.
Result<std::optional<Post>> thread_meant(Tx& tx, const std::string& id) {
    auto post = TRY(repo::find_thread_by_context(tx, id));
    if (!post) post = TRY(repo::find_post_by_ap_id(tx, id));
    if (!post && id.ends_with(context_suffix)) post = TRY(repo::find_post_by_ap_id(tx, id.substr(0, id.size() - context_suffix.size())));
    if (post && (post->deleted_at || post->is_reply())) post.reset();
    return post;
}

// NodeBB names the group as the target of a Remove, FEP-f15d as its origin.
const std::string& left_group(const Deed& deed) { return deed.origin.empty() ? deed.activity.target : deed.origin; }

// Its own word, or a moderator's.
Result<bool> has_say(Tx& tx, const Deed& deed, const Actor& group) {
    if (deed.group || deed.actor.id == group.id) return true;
    return is_group_moderator(tx, group, deed.actor.id);
}

// Whether the conversation, as its host serves it, is given to the group. Of the actor's own host's only.
Result<bool> is_given_to(const vocab::Activity& a, const std::string& group, inbox::Fetcher& fetcher) {
    if (!one_origin(a.object_id, a.actor)) return fail(Code::forbidden, "the conversation is of another host than its groups", a.object_id);
    const auto fetched = TRY(fetcher.fetch(a.object_id));
    const auto root = fetched.document.root();
    if (vocab::id_of(root) != a.object_id) return fail(Code::forbidden, "the conversation has another id", a.object_id);
    return vocab::id_of(root["audience"].at(0)) == group;
}

// Whether the host is to be asked that the thread leaves the group.
Result<bool> is_hearsay(Context& context, const Deed& deed, const std::string& origin) {
    return context.db.read([&](Tx& tx) -> Result<bool> {
        const auto group = TRY(repo::find_actor_by_ap_id(tx, origin));
        return group && group->is_group() && !TRY(has_say(tx, deed, *group));
    });
}

Result<> require_say(Tx& tx, const Deed& deed, const Actor& group, const DeedPlan& plan) {
    if (plan.host_agrees || TRY(has_say(tx, deed, group))) return {};
    return fail(Code::forbidden, "the actor does not moderate the group, and its host says otherwise", deed.actor.ap_id);
}

struct Meant {
    Post first;
    Actor from;
};

Result<Meant> meant_by(Tx& tx, const Context& context, const Deed& deed, const std::string& origin) {
    const auto& a = deed.activity;
    if (context.urls.is_ours(origin)) return fail(Code::forbidden, "groups here are moderated here", origin);
    if (!one_origin(a.actor, origin)) return fail(Code::forbidden, "the actor is of another host than the group", a.actor);
    const auto from = TRY(repo::find_actor_by_ap_id(tx, origin));
    if (!from || !from->is_group()) return fail(Code::not_found, "the group is not known here", origin);
    if (deed.group && deed.group->id != from->id) return fail(Code::forbidden, "a group speaks of its own threads only", deed.group->ap_id);
    auto first = TRY(thread_meant(tx, a.object_id));
    if (!first) return fail(Code::not_found, "the thread is not known here", a.object_id);
    if (first->group_id != from->id) return fail(Code::forbidden, "the thread is not in that group", a.object_id);
    return Meant{std::move(*first), std::move(*from)};
}

}  // namespace

std::string origin_in(json::View activity) { return vocab::id_of(activity["origin"].at(0)); }

bool moves_thread(const vocab::Activity& a, const std::string& origin) {
    return a.type == ActivityType::move && !origin.empty() && a.object_id != a.actor && !a.target.empty();
}

Result<> authorize_thread_move(Tx& tx, const Context& context, const Deed& deed) {
    const auto& a = deed.activity;
    if (!one_origin(deed.origin, a.target)) return fail(Code::forbidden, "a thread does not move to another host", a.target);
    const auto meant = TRY(meant_by(tx, context, deed, deed.origin));
    if (meant.first.visibility == model::Visibility::group)
        return fail(Code::forbidden, "what is for the members of one group is not shown to those of another", a.object_id);
    return {};
}

Result<> resolve_thread_move(Context& context, const Deed& deed, inbox::Fetcher& fetcher, DeedPlan& plan) {
    const auto& a = deed.activity;
    if (TRY(is_hearsay(context, deed, deed.origin))) plan.host_agrees = TRY(is_given_to(a, a.target, fetcher));
    if (TRY(fetch_author(context, a.target, fetcher, plan))) return {};
    return fail(Code::not_found, "the target cannot be found", a.target);
}

Result<> apply_thread_move(Tx& tx, const Context& context, const Deed& deed, const DeedPlan& plan) {
    TRY(authorize_thread_move(tx, context, deed));
    const auto& a = deed.activity;
    auto meant = TRY(meant_by(tx, context, deed, deed.origin));
    TRY(require_say(tx, deed, meant.from, plan));
    auto to = TRY(repo::find_actor_by_ap_id(tx, a.target));
    if (!to || !to->is_group() || to->deleted_at) return fail(Code::forbidden, "the target is no group", a.target);
    ThreadMove move{.first = std::move(meant.first),
                    .from = std::move(meant.from),
                    .to = std::move(*to),
                    .moderator_id = deed.actor.id,
                    .reason = std::string(utf8::truncate(html::to_text(a.summary), limits::moderation_reason_characters_max)),
                    .ap_id = a.id};
    TRY(apply_thread_move(tx, context, move));
    return {};
}

Result<bool> takes_thread_out(Tx& tx, const Deed& deed) {
    if (deed.activity.type != ActivityType::remove) return false;
    const auto group = TRY(repo::find_actor_by_ap_id(tx, left_group(deed)));
    return group && group->is_group();
}

Result<> authorize_thread_removal(Tx& tx, const Context& context, const Deed& deed) {
    TRY(meant_by(tx, context, deed, left_group(deed)));
    return {};
}

Result<> resolve_thread_removal(Context& context, const Deed& deed, inbox::Fetcher& fetcher, DeedPlan& plan) {
    const auto& group = left_group(deed);
    if (TRY(is_hearsay(context, deed, group))) plan.host_agrees = !TRY(is_given_to(deed.activity, group, fetcher));
    return {};
}

Result<> apply_thread_removal(Tx& tx, const Context& context, const Deed& deed, const DeedPlan& plan) {
    const auto& a = deed.activity;
    const auto meant = TRY(meant_by(tx, context, deed, left_group(deed)));
    TRY(require_say(tx, deed, meant.from, plan));
    for (const auto id : TRY(repo::posts_in_thread(tx, meant.first.id, 0, limits::removed_thread_posts_max))) TRY(repo::clear_place(tx, id));
    TRY(repo::remove_entry_of(tx, meant.from.id, meant.first.id));
    TRY(repo::unpin(tx, meant.from.id, meant.first.id));
    model::GroupAct act;
    act.id = context.ids.next();
    act.kind = model::GroupActKind::move_thread_away;
    act.group_id = meant.from.id;
    act.moderator_id = deed.actor.id;
    act.post_id = meant.first.id;
    act.target_id = meant.first.actor_id;
    act.reason = utf8::truncate(html::to_text(a.summary), limits::moderation_reason_characters_max);
    act.ap_id = a.id;
    act.at = context.clock.now_ms();
    TRY(repo::add_group_act(tx, act));
    return {};
}

}  // namespace kith::community
