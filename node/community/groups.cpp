#include "node/community/groups.hpp"

#include "base/html/markdown.hpp"
#include "base/html/to_text.hpp"
#include "base/text/strings.hpp"
#include "base/text/utf8.hpp"
#include "config/limits/community.hpp"
#include "node/community/actor_steps.hpp"
#include "node/community/events.hpp"
#include "node/community/follow_steps.hpp"
#include "storage/repo/actors.hpp"
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

}  // namespace

Result<Actor> create_group(Context& context, Id owner_id, const NewGroup& wanted) {
    TRY(check_new_name(wanted.name));
    TRY(stock_key_pool(context, 1));
    return context.db.write([&context, owner_id, wanted](Tx& tx) -> Result<Actor> {
        auto owner = TRY(repo::find_actor(tx, owner_id));
        if (!owner || !owner->local || owner->deleted_at || owner->is_group())
            return fail(Code::unprocessable, "the owner is not a local person");
        auto group = new_local_actor(context, model::ActorKind::group, wanted.name);
        group.name = wanted.title.empty() ? wanted.name : wanted.title;
        group.source = wanted.description;
        group.summary = html::render_markdown(wanted.description);
        group.locked = wanted.approval;
        TRY(store_local_actor(tx, context, group));
        TRY(repo::insert_group(tx, {.group_id = group.id,
                                    .posting = wanted.posting,
                                    .owner_id = owner_id,
                                    .created_at = group.created_at}));
        TRY(join_at_once(tx, context, group, owner_id));
        TRY(repo::set_group_role(tx, group.id, owner_id, GroupRole::owner));
        return group;
    });
}

Result<> set_role(Context& context, Id group_id, Id actor_id, GroupRole role) {
    return context.db.write([&context, group_id, actor_id, role](Tx& tx) -> Result<> {
        auto group = TRY(repo::find_actor(tx, group_id));
        auto settings = TRY(repo::find_group(tx, group_id));
        auto actor = TRY(repo::find_actor(tx, actor_id));
        if (!group || !settings || !actor) return fail(Code::not_found, "Record not found");
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

Result<std::vector<Actor>> groups_here(Context& context, int limit) {
    return context.db.read([limit](Tx& tx) { return repo::local_groups(tx, limit); });
}

Result<bool> may_post(Tx& tx, Id group_id, Id actor_id) {
    auto settings = TRY(repo::find_group(tx, group_id));
    if (!settings) return true;  // a remote group decides for itself
    if (TRY(repo::find_block(tx, group_id, actor_id))) return false;
    if (settings->posting == PostingPolicy::everyone) return true;
    auto member = TRY(repo::find_membership(tx, group_id, actor_id));
    if (!member || member->left_at) return false;
    return settings->posting == PostingPolicy::members || member->role >= GroupRole::moderator;
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
