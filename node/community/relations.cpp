#include "node/community/relations.hpp"

#include "base/text/strings.hpp"
#include "config/limits/personal.hpp"
#include "node/community/follow_steps.hpp"
#include "node/community/group_move.hpp"
#include "node/community/moves.hpp"
#include "node/community/notifications.hpp"
#include "node/community/page_window.hpp"
#include "storage/repo/actors.hpp"
#include "storage/repo/collections.hpp"
#include "storage/repo/notifications.hpp"
#include "storage/repo/personal.hpp"
#include "storage/repo/timelines.hpp"

#include <algorithm>

namespace kith::community {

using model::EventKind;
using model::Follow;
using model::FollowState;
using sql::Tx;

namespace {

Result<Relationship> relationship(Tx& tx, const Context& context, Id me, Id other) {
    auto now = context.clock.now_ms();
    Relationship r{.actor_id = other};
    if (auto f = TRY(repo::find_follow(tx, me, other))) {
        r.following = f->state == FollowState::accepted;
        r.requested = f->state == FollowState::pending;
        r.showing_boosts = r.following && f->show_boosts;
        r.notifying = r.following && f->notify;
        if (r.following) r.languages = f->languages;
    }
    if (auto f = TRY(repo::find_follow(tx, other, me))) {
        r.followed_by = f->state == FollowState::accepted;
        r.requested_by = f->state == FollowState::pending;
    }
    r.blocking = TRY(repo::find_block(tx, me, other)).has_value();
    r.blocked_by = TRY(repo::find_block(tx, other, me)).has_value();
    if (auto m = TRY(repo::find_mute(tx, me, other, now))) {
        r.muting = true;
        r.muting_notifications = m->hide_notifications;
    }
    r.endorsed = TRY(repo::endorses(tx, me, other));
    r.note = TRY(repo::account_note(tx, me, other));
    const auto actor = TRY(repo::find_actor(tx, other));
    r.domain_blocking = actor && !actor->local && TRY(repo::blocks_domain(tx, me, actor->host));
    return r;
}

Result<model::Actor> living_actor(Tx& tx, Id id) {
    auto actor = TRY(repo::find_actor(tx, id));
    if (!actor || actor->deleted_at || actor->suspended_at ||
        actor->kind == model::ActorKind::application)
        return fail(Code::not_found, "Record not found");
    return *actor;
}

// As tags in small letters (BCP 47), each once.
Result<std::optional<std::vector<std::string>>> languages_of(const FollowOptions& options) {
    if (!options.languages) return std::optional<std::vector<std::string>>{};
    std::vector<std::string> out;
    for (const auto& each : *options.languages) {
        const auto language = text::to_lower_ascii(text::trim(each));
        if (language.empty()) continue;
        if (!text::is_language_tag(language))
            return fail(Code::unprocessable, "Validation failed: Languages is invalid: " + each);
        if (std::find(out.begin(), out.end(), language) == out.end()) out.push_back(language);
    }
    if (out.size() > limits::follow_languages_max)
        return fail(Code::unprocessable, "Validation failed: Languages are at most " + std::to_string(limits::follow_languages_max));
    return std::optional(std::move(out));
}

// Runs one change and answers with how the two stand afterwards, all in one transaction.
template <class Change>
Result<Relationship> changed(Context& context, Id me, Id other, Change change) {
    return context.db.write([&context, me, other, change](Tx& tx) -> Result<Relationship> {
        TRY(change(tx));
        return relationship(tx, context, me, other);
    });
}

// A request that still waits for an answer.
Result<Follow> asked_follow(Tx& tx, Id follower_id, Id followed_id) {
    auto f = TRY(repo::find_follow(tx, follower_id, followed_id));
    if (!f || f->state != FollowState::pending) return fail(Code::not_found, "Record not found");
    return *f;
}

}  // namespace

Result<std::vector<Relationship>> relationships(Context& context, Id actor_id,
                                                std::span<const Id> others, SuspendedOnes suspended) {
    return context.db.read([&](Tx& tx) -> Result<std::vector<Relationship>> {
        std::vector<Relationship> out;
        for (auto other : others) {
            const auto actor = TRY(repo::find_actor(tx, other));
            if (!actor || (actor->suspended_at && suspended == SuspendedOnes::left_out)) continue;
            out.push_back(TRY(relationship(tx, context, actor_id, other)));
        }
        return out;
    });
}

Result<Relationship> follow(Context& context, Id actor_id, Id target_id,
                            const FollowOptions& options) {
    if (actor_id == target_id)
        return fail(Code::unprocessable, "Validation failed: you cannot follow yourself");
    const auto languages = TRY(languages_of(options));
    return changed(
        context, actor_id, target_id, [&context, actor_id, target_id, options, languages](Tx& tx) -> Result<> {
            auto target = TRY(living_actor(tx, target_id));
            TRY(refuse_moved(TRY(living_actor(tx, actor_id))));
            if (TRY(repo::either_blocks(tx, actor_id, target_id)))
                return fail(Code::forbidden, "This action is not allowed");
            if (target.is_group()) TRY(refuse_leaving(tx, target));
            if (auto old = TRY(repo::find_follow(tx, actor_id, target_id))) {
                if (languages) TRY(repo::set_follow_languages(tx, old->id, *languages));
                return repo::set_follow_options(tx, old->id,
                                                options.show_boosts.value_or(old->show_boosts),
                                                options.notify.value_or(old->notify));
            }
            Follow f;
            if (languages) f.languages = *languages;
            f.id = context.ids.next();
            f.follower_id = actor_id;
            f.followed_id = target_id;
            f.ap_id = context.urls.activity(f.id);
            f.show_boosts = options.show_boosts.value_or(true);
            f.notify = options.notify.value_or(false);
            f.created_at = context.clock.now_ms();
            return request_follow(tx, context, f, target);
        });
}

Result<Relationship> unfollow(Context& context, Id actor_id, Id target_id) {
    return changed(context, actor_id, target_id,
                   [&context, actor_id, target_id](Tx& tx) -> Result<> {
                       auto f = TRY(repo::find_follow(tx, actor_id, target_id));
                       return f ? undo_follow(tx, context, *f) : Result<>{};
                   });
}

Result<Relationship> remove_follower(Context& context, Id actor_id, Id follower_id) {
    return changed(context, actor_id, follower_id,
                   [&context, actor_id, follower_id](Tx& tx) -> Result<> {
                       auto f = TRY(repo::find_follow(tx, follower_id, actor_id));
                       return f ? refuse_follow(tx, context, *f) : Result<>{};
                   });
}

Result<Relationship> authorize_follow(Context& context, Id actor_id, Id follower_id) {
    return changed(context, actor_id, follower_id,
                   [&context, actor_id, follower_id](Tx& tx) -> Result<> {
                       return grant_follow(tx, context,
                                           TRY(asked_follow(tx, follower_id, actor_id)));
                   });
}

Result<Relationship> reject_follow(Context& context, Id actor_id, Id follower_id) {
    return changed(context, actor_id, follower_id,
                   [&context, actor_id, follower_id](Tx& tx) -> Result<> {
                       return refuse_follow(tx, context,
                                            TRY(asked_follow(tx, follower_id, actor_id)));
                   });
}

Result<Relationship> block(Context& context, Id actor_id, Id target_id) {
    if (actor_id == target_id)
        return fail(Code::unprocessable, "Validation failed: you cannot block yourself");
    return changed(
        context, actor_id, target_id, [&context, actor_id, target_id](Tx& tx) -> Result<> {
            TRY(living_actor(tx, target_id));
            if (auto mine = TRY(repo::find_follow(tx, actor_id, target_id)))
                TRY(undo_follow(tx, context, *mine));
            if (auto theirs = TRY(repo::find_follow(tx, target_id, actor_id)))
                TRY(refuse_follow(tx, context, *theirs));
            TRY(repo::withdraw_notifications_between(tx, actor_id, target_id));
            TRY(repo::part_in_collections(tx, actor_id, target_id));
            auto id = context.ids.next();
            model::Block b{actor_id, target_id, context.urls.activity(id), context.clock.now_ms()};
            if (!TRY(repo::add_block(tx, b, id))) return {};
            return emit(tx, context,
                        {.kind = EventKind::block_added,
                         .actor_id = actor_id,
                         .target_id = target_id,
                         .object_ap_id = b.ap_id});
        });
}

Result<Relationship> unblock(Context& context, Id actor_id, Id target_id) {
    return changed(context, actor_id, target_id,
                   [&context, actor_id, target_id](Tx& tx) -> Result<> {
                       auto b = TRY(repo::find_block(tx, actor_id, target_id));
                       if (!b) return {};
                       TRY(repo::remove_block(tx, actor_id, target_id));
                       return emit(tx, context,
                                   {.kind = EventKind::block_removed,
                                    .actor_id = actor_id,
                                    .target_id = target_id,
                                    .object_ap_id = b->ap_id});
                   });
}

Result<Relationship> mute(Context& context, Id actor_id, Id target_id, bool with_notifications,
                          std::optional<TimeMs> duration_ms) {
    if (actor_id == target_id)
        return fail(Code::unprocessable, "Validation failed: you cannot mute yourself");
    return changed(
        context, actor_id, target_id,
        [&context, actor_id, target_id, with_notifications, duration_ms](Tx& tx) -> Result<> {
            TRY(living_actor(tx, target_id));
            model::Mute m{.actor_id = actor_id,
                          .target_id = target_id,
                          .hide_notifications = with_notifications,
                          .created_at = context.clock.now_ms(),
                          .expires_at = {}};
            if (duration_ms && *duration_ms > 0) m.expires_at = m.created_at + *duration_ms;
            return repo::put_mute(tx, m, context.ids.next());
        });
}

Result<Relationship> unmute(Context& context, Id actor_id, Id target_id) {
    return changed(context, actor_id, target_id, [actor_id, target_id](Tx& tx) -> Result<> {
        TRY(repo::remove_mute(tx, actor_id, target_id));
        return {};
    });
}

// ---- lists ----------------------------------------------------------------------------------

namespace {

template <class Read>
Result<Page<model::Actor>> actor_list(Context& context, const PageRequest& request, Read read) {
    auto rows = TRY(context.db.read([&](Tx& tx) { return read(tx, window_of(request)); }));
    return actor_page_from(std::move(rows), request);
}

}  // namespace

Result<Page<model::Actor>> followers(Context& context, const Viewer& viewer, Id actor_id,
                                     const PageRequest& request) {
    return actor_list(context, request, [&](Tx& tx, const repo::Window& w) -> Result<std::vector<repo::FollowRow>> {
        if (!TRY(repo::members_seen_by(tx, viewer.actor_id, actor_id))) return std::vector<repo::FollowRow>{};
        return repo::followers_page(tx, actor_id, FollowState::accepted, w);
    });
}

Result<Page<model::Actor>> following(Context& context, const Viewer& viewer, Id actor_id,
                                     const PageRequest& request) {
    return actor_list(context, request, [&](Tx& tx, const repo::Window& w) {
        return repo::followed_seen_by(tx, viewer.actor_id, actor_id, w);
    });
}

Result<Page<model::Actor>> follow_requests(Context& context, Id actor_id,
                                           const PageRequest& request) {
    return actor_list(context, request, [&](Tx& tx, const repo::Window& w) {
        return repo::followers_page(tx, actor_id, FollowState::pending, w);
    });
}

Result<Page<model::Actor>> blocks(Context& context, Id actor_id, const PageRequest& request) {
    return actor_list(context, request, [&](Tx& tx, const repo::Window& w) {
        return repo::blocks_page(tx, actor_id, w);
    });
}

Result<Page<model::Actor>> mutes(Context& context, Id actor_id, const PageRequest& request) {
    return actor_list(context, request, [&](Tx& tx, const repo::Window& w) {
        return repo::mutes_page(tx, actor_id, context.clock.now_ms(), w);
    });
}

Result<std::vector<std::optional<TimeMs>>> mute_ends(Context& context, Id actor_id, std::span<const model::Actor> muted) {
    return context.db.read([&](Tx& tx) -> Result<std::vector<std::optional<TimeMs>>> {
        std::vector<std::optional<TimeMs>> out;
        for (const auto& actor : muted) {
            const auto mute = TRY(repo::find_mute(tx, actor_id, actor.id, context.clock.now_ms()));
            out.push_back(mute ? mute->expires_at : std::nullopt);
        }
        return out;
    });
}

}  // namespace kith::community
