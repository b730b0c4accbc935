#include "node/community/groups.hpp"

#include "base/html/markdown.hpp"
#include "base/html/to_text.hpp"
#include "base/json/writer.hpp"
#include "base/text/strings.hpp"
#include "base/text/utf8.hpp"
#include "config/limits/community.hpp"
#include "config/limits/groups.hpp"
#include "node/community/actor_steps.hpp"
#include "node/community/custom_emoji.hpp"
#include "node/community/events.hpp"
#include "node/community/follow_steps.hpp"
#include "node/community/group_moderation.hpp"
#include "node/community/group_move.hpp"
#include "node/community/group_settings.hpp"
#include "node/community/reports.hpp"
#include "node/community/site_settings.hpp"
#include "node/community/team.hpp"
#include "storage/repo/actors.hpp"
#include "storage/repo/group_acts.hpp"
#include "storage/repo/group_profiles.hpp"
#include "storage/repo/groups.hpp"
#include "storage/repo/relations.hpp"

namespace kith::community {

using model::Actor;
using model::GroupRole;
using model::Membership;
using model::PostingPolicy;
using sql::Tx;

namespace {

// A local person joins without asking, because somebody with the right to do so asks for them.
Result<> join_at_once(Tx& tx, const Context& context, const Actor& group, Id actor_id) {
    auto f = TRY(repo::find_follow(tx, actor_id, group.id));
    if (!f) {
        model::Follow fresh;
        fresh.id = context.ids.next();
        fresh.follower_id = actor_id;
        fresh.followed_id = group.id;
        fresh.ap_id = context.urls.activity(fresh.id);
        fresh.created_at = context.clock.now_ms();
        TRY(request_follow(tx, context, fresh, group));
        f = TRY(repo::find_follow(tx, actor_id, group.id));
    }
    return f && f->state == model::FollowState::pending ? grant_follow(tx, context, *f)
                                                        : Result<>{};
}

// What is changed, in words, is what it gives.
Result<std::vector<std::string>> fill(Actor& group, const GroupChange& change, TimeMs at) {
    if (change.title && (text::trim(*change.title).empty() || utf8::length(*change.title) > limits::display_name_characters_max))
        return fail(Code::unprocessable, "Validation failed: the title is empty or too long");
    if (change.description && change.description->size() > limits::group_description_bytes_max)
        return fail(Code::unprocessable, "Validation failed: the description is too long");
    std::vector<std::string> words;
    if (change.title && group.name != *change.title) {
        group.name = *change.title;
        words.push_back("title: " + group.name);
    }
    if (change.description && group.source != *change.description) {
        group.source = *change.description;
        group.summary = html::render_markdown(*change.description);
        words.emplace_back("description");
    }
    if (change.approval && group.locked != *change.approval) {
        group.locked = *change.approval;
        words.emplace_back(group.locked ? "somebody lets people in" : "joining is open");
    }
    group.updated_at = at;
    return words;
}

std::string_view posting_name(PostingPolicy posting) {
    return posting == PostingPolicy::everyone ? "everybody" : posting == PostingPolicy::members ? "members" : "moderators";
}

// To a group's host, which has the last word: it tells what the group is then.
Result<> send_group_change(Tx& tx, const Context& context, Actor group, Id moderator, const GroupChange& change) {
    TRY(fill(group, change, context.clock.now_ms()));
    if (change.visibility) group.locked = *change.visibility == model::GroupVisibility::private_;
    TRY(repo::update_actor(tx, group));
    json::Writer w;
    w.object().key("group").object();
    w.member("name", group.name).member("summary", group.summary).member("source", group.source);
    w.member("locked", group.locked).member("updated", group.updated_at);
    if (change.posting) w.member("posting_restricted_to_mods", *change.posting == PostingPolicy::moderators);
    if (change.brief) w.member("brief", *change.brief);
    if (change.sensitive) w.member("sensitive", *change.sensitive);
    if (change.visibility) w.member("discoverable", *change.visibility == model::GroupVisibility::public_);
    if (change.languages) {
        w.key("languages").array();
        for (const auto& code : *change.languages) w.value(code);
        w.end();
    }
    w.end().end();
    return emit(tx, context,
                {.kind = model::EventKind::group_moderated,
                 .actor_id = moderator,
                 .group_id = group.id,
                 .object_ap_id = context.urls.activity(context.ids.next()),
                 .payload = w.take()});
}

}  // namespace

Result<Actor> create_group(Context& context, Id owner_id, const NewGroup& wanted) {
    TRY(check_new_name(wanted.name));
    TRY(stock_key_pool(context, 1));
    return context.db.write([&context, owner_id, wanted](Tx& tx) -> Result<Actor> {
        auto owner = TRY(repo::find_actor(tx, owner_id));
        if (!owner || !owner->local || owner->deleted_at || owner->is_group())
            return fail(Code::unprocessable, "the owner is not a local person");
        if (!wanted.by_operator && TRY(site_settings(tx)).groups_by_team_only && !TRY(handles_reports(tx, owner_id)))
            return fail(Code::forbidden, "Only the node's team makes groups here");
        auto group = new_local_actor(context, model::ActorKind::group, wanted.name);
        group.name = wanted.title.empty() ? wanted.name : wanted.title;
        group.source = wanted.description;
        group.summary = html::render_markdown(wanted.description);
        group.locked = wanted.approval;
        TRY(note_own_emojis(tx, group));
        TRY(store_local_actor(tx, context, group));
        TRY(repo::insert_group(tx, {.group_id = group.id,
                                    .posting = wanted.posting,
                                    .owner_id = owner_id,
                                    .created_at = group.created_at}));
        TRY(join_at_once(tx, context, group, owner_id));
        TRY(repo::set_group_role(tx, group.id, owner_id, GroupRole::owner));
        TRY(fill_profile(tx, context, group, wanted.more));
        TRY(repo::update_actor(tx, group));
        return group;
    });
}

Result<> apply_group_change(Tx& tx, const Context& context, Actor group, Id moderator, const GroupChange& change, TimeMs at) {
    auto words = TRY(fill(group, change, at));
    for (auto& word : TRY(fill_profile(tx, context, group, change))) words.push_back(std::move(word));
    const auto settings = TRY(repo::find_group(tx, group.id));
    if (change.posting && settings && settings->posting != *change.posting) {
        TRY(repo::set_group_posting(tx, group.id, *change.posting));
        words.push_back("who posts: " + std::string(posting_name(*change.posting)));
    }
    TRY(note_own_emojis(tx, group));
    TRY(repo::update_actor(tx, group));
    if (!words.empty()) TRY(log_group_change(tx, context, group.id, moderator, text::join(words, "; ")));
    return emit(tx, context, {.kind = model::EventKind::actor_updated, .actor_id = group.id});
}

Result<> change_group(Context& context, Id moderator, Id group_id, const GroupChange& change) {
    return context.db.write([&](Tx& tx) -> Result<> {
        auto group = TRY(repo::find_actor(tx, group_id));
        if (!group || !group->is_group() || group->deleted_at) return fail(Code::not_found, "Record not found");
        // What a group here is, the node's admins change as well.
        const bool admin = group->local && require_role(tx, moderator, model::UserRole::admin);
        if (!admin && !TRY(is_group_moderator(tx, *group, moderator)))
            return fail(Code::forbidden, "Only moderators of the group may do that");
        TRY(refuse_leaving(tx, *group));
        if (group->local) return apply_group_change(tx, context, std::move(*group), moderator, change, context.clock.now_ms());
        return send_group_change(tx, context, std::move(*group), moderator, change);
    });
}

Result<> delete_group(Context& context, Id owner, Id group_id) {
    return context.db.write([&](Tx& tx) -> Result<> {
        const auto group = TRY(repo::find_actor(tx, group_id));
        const auto settings = TRY(repo::find_group(tx, group_id));
        if (!group || !settings || group->deleted_at) return fail(Code::not_found, "Record not found");
        if (settings->owner_id != owner) return fail(Code::forbidden, "Only its owner ends a group");
        TRY(repo::mark_actor_deleted(tx, group_id, context.clock.now_ms()));
        return emit(tx, context, {.kind = model::EventKind::actor_deleted, .actor_id = group_id, .object_ap_id = group->ap_id});
    });
}

Result<> set_role(Context& context, Id group_id, Id actor_id, GroupRole role) {
    return context.db.write([&context, group_id, actor_id, role](Tx& tx) -> Result<> {
        auto group = TRY(repo::find_actor(tx, group_id));
        auto settings = TRY(repo::find_group(tx, group_id));
        auto actor = TRY(repo::find_actor(tx, actor_id));
        if (!group || !settings || !actor) return fail(Code::not_found, "Record not found");
        if (actor->is_group()) return fail(Code::unprocessable, "a group is no member of a group");
        if (settings->owner_id == actor_id && role != GroupRole::owner)
            return fail(Code::conflict,
                        "the owner's role cannot be taken; make somebody else the owner first");
        auto member = TRY(repo::find_membership(tx, group_id, actor_id));
        if (!member || member->left_at) {
            if (!actor->local) return fail(Code::unprocessable, "only a member can get a role");
            TRY(join_at_once(tx, context, *group, actor_id));
        }
        TRY(repo::set_group_role(tx, group_id, actor_id, role));
        if (role == GroupRole::owner && settings->owner_id != actor_id) {
            TRY(repo::set_group_role(tx, group_id, settings->owner_id, GroupRole::moderator));
            TRY(repo::set_group_owner(tx, group_id, actor_id));
        }
        return emit(tx, context, {.kind = model::EventKind::actor_updated, .actor_id = group_id});
    });
}

Result<std::optional<Membership>> membership(Tx& tx, Id group_id, Id actor_id) {
    return repo::find_membership(tx, group_id, actor_id);
}

Result<std::vector<Actor>> moderators(Context& context, Id group_id) {
    return context.db.read([&](Tx& tx) { return repo::group_moderators(tx, group_id); });
}

Result<std::int64_t> count_threads(Context& context, Id group_id) {
    return context.db.read([group_id](Tx& tx) { return repo::count_group_entries(tx, group_id); });
}

Result<std::vector<Actor>> groups_here(Context& context, int limit) {
    return context.db.read([limit](Tx& tx) { return repo::local_groups(tx, limit); });
}

Result<bool> may_post(Tx& tx, const Context& context, Id group_id, Id actor_id) {
    if (TRY(repo::is_banned(tx, group_id, actor_id, context.clock.now_ms()))) return false;
    auto settings = TRY(repo::find_group(tx, group_id));
    if (!settings)  // of a group elsewhere, as far as its host has told; that has the last word
        return !TRY(repo::group_profile(tx, group_id)).restricted || TRY(repo::is_remote_moderator(tx, group_id, actor_id));
    if (TRY(repo::find_block(tx, group_id, actor_id))) return false;
    // Who does not read a group does not write in it, either: members would answer to them.
    const auto profile = TRY(repo::group_profile(tx, group_id));
    if (profile.visibility == model::GroupVisibility::local_only) {
        const auto actor = TRY(repo::find_actor(tx, actor_id));
        if (!actor || !actor->local) return false;
    }
    if (settings->posting == PostingPolicy::everyone && profile.visibility != model::GroupVisibility::private_) return true;
    auto member = TRY(repo::find_membership(tx, group_id, actor_id));
    if (!member || member->left_at) return false;
    return settings->posting != PostingPolicy::moderators || member->role >= GroupRole::moderator;
}

std::string title_from_content(std::string_view html, std::string_view group_name) {
    auto whole = html::to_text(html);
    for (auto line : text::split(whole, '\n')) {
        std::string kept;
        for (auto word : text::split(line, ' ')) {
            auto trimmed = text::trim(word);
            if (trimmed.empty()) continue;
            // The group's own mention says where the post goes, not what it is about.
            if (trimmed.front() == '@' && !group_name.empty() &&
                text::starts_with_i(trimmed.substr(1), group_name)) {
                auto rest = trimmed.substr(1 + group_name.size());
                if (rest.empty() || rest.front() == '@') continue;
            }
            if (!kept.empty()) kept += ' ';
            kept += trimmed;
        }
        if (!kept.empty())
            return std::string(utf8::truncate(kept, limits::post_title_characters_max));
    }
    return {};
}

}  // namespace kith::community
