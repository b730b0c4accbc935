// What moderators do in groups (groups.md 1.3): a group of ours announces it, to another host's group it
// is sent.
#include "federation/delivery/activity_parts.hpp"
#include "base/json/view.hpp"
#include "federation/delivery/proofs.hpp"
#include "storage/repo/actors.hpp"
#include "storage/repo/group_acts.hpp"
#include "storage/repo/group_profiles.hpp"
#include "storage/repo/posts.hpp"

namespace kith::delivery {

using model::Actor;
using model::Event;
using model::GroupAct;
using model::GroupActKind;
using sql::Tx;
using vocab::ActivityToWrite;

namespace {

// The things that an act names.
struct Parts {
    GroupAct act;
    Actor group, moderator;
    std::optional<Actor> target;
    std::optional<model::Post> post;
    bool closed = false;  // what is done in it is for its members

    std::string object() const { return post ? post->ap_id : target ? target->ap_id : std::string(); }
};

std::string type_of(GroupActKind kind) {
    switch (kind) {
        case GroupActKind::remove_post:
            return "Delete";
        case GroupActKind::lock_post:
            return "Lock";
        case GroupActKind::ban:
            return "Block";
        case GroupActKind::feature_post:
        case GroupActKind::add_moderator:
            return "Add";
        case GroupActKind::unfeature_post:
        case GroupActKind::remove_moderator:
            return "Remove";
        case GroupActKind::warn:
        case GroupActKind::ask_edit:  // other servers show it as a warning
            return "Warn";
        case GroupActKind::fold_post:
            return "Fold";
        case GroupActKind::restore_post:
        case GroupActKind::unlock_post:
        case GroupActKind::unban:
        case GroupActKind::move_thread_away:  // told by another event
        case GroupActKind::move_thread_here:
        case GroupActKind::withdraw_warning:
        case GroupActKind::close_edit_request:
        case GroupActKind::hold_post:
        case GroupActKind::approve_post:
        case GroupActKind::give_role:
        case GroupActKind::take_role:
        case GroupActKind::change_group:
        case GroupActKind::unfold_post:
        case GroupActKind::choose_answer:
        case GroupActKind::unchoose_answer:
            break;
    }
    return "Undo";
}

std::string target_of(const Parts& p) {
    switch (p.act.kind) {
        case GroupActKind::ban:
            return p.group.ap_id;
        case GroupActKind::feature_post:
        case GroupActKind::unfeature_post:
            return p.group.featured_url;
        case GroupActKind::add_moderator:
        case GroupActKind::remove_moderator:
            return p.group.moderators_url;
        default:
            return {};
    }
}

ActivityToWrite bare(const Parts& p) {
    ActivityToWrite activity{.id = p.act.ap_id, .type = type_of(p.act.kind), .actor = p.moderator.ap_id};
    activity.object_id = p.object();
    activity.target = target_of(p);
    activity.to = {p.closed ? p.group.followers_url : std::string(vocab::public_collection)};
    activity.cc = {p.group.ap_id};
    // Lemmy's Warn is to one person, and names no community but in its audience.
    if (activity.type == "Warn" && p.target) {
        activity.cc = p.act.quiet ? std::vector<std::string>{} : activity.to;
        activity.to = {p.target->ap_id};
    } else if (p.act.quiet && p.target) {
        activity.to = {p.target->ap_id};
    }
    activity.audience = p.group.ap_id;
    activity.summary = p.act.kind == GroupActKind::ask_edit ? "Please change this post: " + p.act.reason : p.act.reason;
    activity.end_time = p.act.expires_at;
    activity.remove_data = p.act.with_posts && p.act.kind == GroupActKind::ban;
    activity.restore_data = p.act.with_posts && p.act.kind == GroupActKind::unban;
    const bool folding = p.act.kind == GroupActKind::fold_post || p.act.kind == GroupActKind::unfold_post;
    activity.terms = folding ? vocab::Terms::threads : vocab::Terms::moderation;
    return activity;
}

// An Undo embeds what it takes back; its actor is the one who takes it back, because servers want
// both to be the same.
Result<ActivityToWrite> activity_of(Tx& tx, const Context& context, const Parts& p) {
    auto activity = bare(p);
    if (activity.type != "Undo") return activity;
    Parts before = p;
    const auto known = p.act.undoes_id ? TRY(repo::find_group_act(tx, *p.act.undoes_id)) : std::nullopt;
    before.act.kind = counterpart(p.act.kind);
    before.act.ap_id = known ? known->ap_id : context.urls.activity_part(p.act.id, "before");
    before.act.reason = known ? known->reason : std::string();
    before.act.expires_at = known ? known->expires_at : std::nullopt;
    before.act.with_posts = known && known->with_posts;
    activity.object_id.clear();
    activity.object_json = vocab::write_activity(bare(before), vocab::Context::without);
    return activity;
}

Result<std::optional<Parts>> parts_of(Tx& tx, const Context& context, const json::Document& payload) {
    const auto act = TRY(repo::find_group_act(tx, payload["act"].maybe_integer().value_or(0)));
    if (!act) return std::optional<Parts>{};
    const auto group = TRY(repo::find_actor(tx, act->group_id));
    auto moderator = TRY(speaker(tx, act->moderator_id));
    if (!group || group->deleted_at) return std::optional<Parts>{};
    Parts parts{*act, *group, {}, {}, {}};
    // Of what a moderator elsewhere did not ask for in these words the group speaks.
    if (!moderator && group->local) {
        moderator = TRY(speaker(tx, group->id));
        parts.act.ap_id = context.urls.activity(act->id);
    }
    if (!moderator) return std::optional<Parts>{};
    parts.moderator = std::move(*moderator);
    if (act->target_id) parts.target = TRY(repo::find_actor(tx, *act->target_id));
    if (act->post_id) parts.post = TRY(repo::find_post(tx, *act->post_id));
    parts.closed = parts.post ? parts.post->visibility == model::Visibility::group
                              : TRY(repo::group_profile(tx, group->id)).visibility == model::GroupVisibility::private_;
    return std::optional(std::move(parts));
}

// Update of a group elsewhere, to its host, which judges it and tells the others.
Activities group_changed(Tx& tx, const Context& context, const Event& event, json::View change) {
    const auto group = event.group_id ? TRY(repo::find_actor(tx, *event.group_id)) : std::nullopt;
    const auto moderator = TRY(speaker(tx, event.actor_id));
    if (!group || group->local || group->deleted_at || !moderator) return std::vector<Outgoing>{};
    ActivityToWrite activity{.id = event.object_ap_id, .type = "Update", .actor = moderator->ap_id};
    auto document = TRY(actor_document(tx, context.urls, context.config, *group));
    document.name = change["name"].string_or("");
    document.summary = change["summary"].string_or("");
    document.summary_source = change["source"].string_or("");
    document.locked = change["locked"].maybe_boolean().value_or(false);
    document.updated = change["updated"].maybe_integer();
    document.posting_restricted_to_mods = change["posting_restricted_to_mods"].maybe_boolean();  // else it stays
    document.brief = change["brief"].string_or("");
    document.sensitive = change["sensitive"].maybe_boolean();
    document.discoverable = change["discoverable"].maybe_boolean();
    for (auto code : change["languages"]) document.languages.emplace_back(code.string_or(""));
    activity.object_json = vocab::write_actor(document);
    activity.to = {std::string(vocab::public_collection)};
    activity.cc = {group->ap_id};
    activity.audience = group->ap_id;
    return std::vector{outgoing(*moderator, activity,
                                {.inboxes = {{group->host, group->delivery_inbox()}}, .ordering = ordering_of_actor(group->id)})};
}

}  // namespace

Activities group_moderated(Tx& tx, const Context& context, const Event& event) {
    std::vector<Outgoing> out;
    const auto payload = TRY(json::Document::parse(event.payload));
    if (payload["group"].is_object()) return group_changed(tx, context, event, payload["group"]);
    const auto parts = TRY(parts_of(tx, context, payload));
    if (!parts || parts->object().empty() || !model::federates(parts->act.kind)) return out;
    const auto& group = parts->group;
    Audience audience;
    audience.ordering = parts->post ? ordering_of_post(parts->post->id) : ordering_of_pair(group.id, *parts->act.target_id);
    if (parts->post) audience.post_id = parts->post->id;
    auto activity = outgoing(parts->moderator, TRY(activity_of(tx, context, *parts)), audience);
    if (!group.local) {
        activity.audience.inboxes = {{group.host, group.delivery_inbox()}};
        out.push_back(std::move(activity));
        return out;
    }
    TRY(prove(tx, context, activity));
    const bool privately = parts->act.quiet || payload["privately"].maybe_boolean().value_or(false);
    if (privately && (!parts->target || parts->target->local)) return out;
    if (!privately) audience.followers_of = {group.id};
    // Of a private group only that a post is to go, to whoever has it: the rest is for those who are in it now.
    const bool for_whoever_has_it = !parts->closed || parts->act.kind == model::GroupActKind::remove_post;
    if (parts->post && !privately && for_whoever_has_it) audience.reach_of = parts->post->id;
    // Whom it is about hears it, also where nobody follows the group.
    if (parts->target && !parts->target->local) audience.inboxes.push_back({parts->target->host, parts->target->delivery_inbox()});
    model::Post about;
    if (parts->closed) about.visibility = model::Visibility::group;
    out.push_back(announce_activity(group, context.urls.activity_part(parts->act.id, announce_part), {.json = activity.body},
                                    about, std::move(audience)));
    return out;
}

}  // namespace kith::delivery
