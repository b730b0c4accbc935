#include "node/api/lemmy/entities.hpp"
#include "node/api/lemmy/handlers.hpp"
#include "node/api/lemmy/queries.hpp"
#include "node/api/lemmy/routes.hpp"
#include "node/api/lemmy/shape.hpp"
#include "node/community/accounts.hpp"
#include "node/community/group_team.hpp"
#include "node/community/groups.hpp"
#include "storage/repo/actors.hpp"
#include "storage/repo/group_acts.hpp"
#include "storage/repo/posts.hpp"

namespace kith::lemmy {

namespace {

using community::Viewer;
using http::Exchange;
using http::Params;
using model::GroupActKind;

std::string reason_of(const ApiContext& api, const Params& params) {
    const auto said = params.get_or("reason", "");
    return std::string(said.empty() && api.shape ? api.shape->reason_unsaid() : said);
}

Result<Viewer> author_of(const ApiContext& api, Id post) {
    const auto found = TRY(api.community.db.read([post](sql::Tx& tx) { return repo::find_post(tx, post); }));
    return found ? Viewer::actor(found->actor_id) : Viewer::nobody();
}

// A post or comment in a group is moderated there. The reason is asked for by us, too.
Result<Id> act_on_post(const ApiContext& api, Exchange& exchange, std::string_view key, GroupActKind kind) {
    const auto caller = TRY(require_member(api, exchange));
    const auto& params = *TRY(exchange.params());
    const auto id = params.id(key).value_or(0);
    const auto post = TRY(api.community.db.read([id](sql::Tx& tx) { return repo::find_post(tx, id); }));
    if (!post || !post->group_id) return fail(Code::not_found, "Record not found");
    TRY(community::moderate(api.community, caller.account_id, {.kind = kind,
                                                               .group_id = *post->group_id,
                                                               .post_id = id,
                                                               .target_id = {},
                                                               .reason = reason_of(api, params),
                                                               .expires_at = {}}));
    return id;
}

// A moderator is shown what they took out, which nobody else sees: as its author sees it, without what that
// person keeps, reads and votes.
void forget_reader(community::ThreadItem& item, const community::GroupView& as_seen) {
    item.view.bookmarked = item.view.favourited = item.view.muted = false;
    item.view.reaction.reset();
    item.read_at.reset();
    item.hidden_at.reset();
    item.group = as_seen;
}

Result<community::ThreadItem> thread_for(const ApiContext& api, const Viewer& moderator, Id id) {
    if (auto seen = community::group_thread(api.community, moderator, id)) return std::move(*seen);
    auto item = TRY(community::group_thread(api.community, TRY(author_of(api, id)), id));
    forget_reader(item, TRY(community::group_view(api.community, moderator, item.group.group.id)));
    return item;
}

Result<> answer_post(const ApiContext& api, Exchange& exchange, Id id) {
    const auto moderator = TRY(viewer_of(api, exchange));
    return exchange.json(200, post_response(api, TRY(thread_for(api, moderator, id))));
}

Result<std::string> comment_for(const ApiContext& api, const Viewer& moderator, Id id) {
    if (auto seen = comment_response(api, moderator, id)) return seen;
    auto item = TRY(community::group_comment(api.community, TRY(author_of(api, id)), id));
    forget_reader(item.comment, TRY(community::group_view(api.community, moderator, item.comment.group.group.id)));
    return comment_response(api, item, TRY(thread_for(api, moderator, item.comment.view.post.thread_id)));
}

Result<> answer_comment(const ApiContext& api, Exchange& exchange, Id id) {
    return exchange.json(200, TRY(comment_for(api, TRY(viewer_of(api, exchange)), id)));
}

// Whether it was taken out, and the viewer may put it back.
Result<bool> may_put_back(const ApiContext& api, const Viewer& viewer, Id id) {
    return api.community.db.read([&](sql::Tx& tx) -> Result<bool> {
        const auto post = viewer.actor_id ? TRY(repo::find_post(tx, id)) : std::nullopt;
        if (!post || !post->group_id || post->deleted_at || !TRY(repo::post_state(tx, id)).removed) return false;
        const auto group = TRY(repo::find_actor(tx, *post->group_id));
        return group && may(TRY(community::team_role(tx, *group, *viewer.actor_id)), community::right_for(GroupActKind::restore_post));
    });
}

GroupActKind chosen(const Params& params, std::string_view key, GroupActKind yes) {
    return params.flag_or(key, true) ? yes : GroupActKind(int(yes) + 1);
}

Result<> lock_comment(const ApiContext& api, Exchange& exchange) {
    const auto kind = chosen(*TRY(exchange.params()), "locked", GroupActKind::lock_post);
    return answer_comment(api, exchange, TRY(act_on_post(api, exchange, "comment_id", kind)));
}

// A moderator's own comment is said as one, or no more.
Result<> distinguish(const ApiContext& api, Exchange& exchange) {
    const auto caller = TRY(require_member(api, exchange));
    const auto& params = *TRY(exchange.params());
    const auto id = params.id("comment_id").value_or(0);
    TRY(community::distinguish_comment(api.community, caller.account_id, id, params.flag_or("distinguished", true)));
    return exchange.json(200, TRY(comment_response(api, Viewer::actor(caller.account_id), id)));
}

Result<std::string> moderators_json(const ApiContext& api, const Viewer& viewer, Id group) {
    const auto view = TRY(community::group_view(api.community, viewer, group));
    const auto moderators = TRY(api.community.db.read([&](sql::Tx& tx) { return community::group_moderators_of(tx, view.group); }));
    json::Writer w;
    w.object();
    write_moderators(w, api, "moderators", view, moderators);
    w.end();
    return w.take();
}

Result<> warn_post(const ApiContext& api, Exchange& exchange) {
    return answer_post(api, exchange, TRY(act_on_post(api, exchange, "post_id", GroupActKind::warn)));
}
Result<> warn_comment(const ApiContext& api, Exchange& exchange) {
    return answer_comment(api, exchange, TRY(act_on_post(api, exchange, "comment_id", GroupActKind::warn)));
}

}  // namespace

Result<community::ThreadItem> thread_seen(const ApiContext& api, const Viewer& viewer, Id id) {
    auto seen = community::group_thread(api.community, viewer, id);
    return seen || !TRY(may_put_back(api, viewer, id)) ? seen : thread_for(api, viewer, id);
}

Result<std::string> comment_seen(const ApiContext& api, const Viewer& viewer, Id id) {
    auto seen = comment_response(api, viewer, id);
    return seen || !TRY(may_put_back(api, viewer, id)) ? seen : comment_for(api, viewer, id);
}

Result<> remove_post(const ApiContext& api, Exchange& exchange) {
    const auto kind = chosen(*TRY(exchange.params()), "removed", GroupActKind::remove_post);
    return answer_post(api, exchange, TRY(act_on_post(api, exchange, "post_id", kind)));
}

Result<> lock_post(const ApiContext& api, Exchange& exchange) {
    const auto kind = chosen(*TRY(exchange.params()), "locked", GroupActKind::lock_post);
    return answer_post(api, exchange, TRY(act_on_post(api, exchange, "post_id", kind)));
}

Result<> feature_post(const ApiContext& api, Exchange& exchange) {
    const auto& params = *TRY(exchange.params());
    if (const auto where = params.get_or("feature_type", "community"); where != "community" && where != "Community")
        return fail(Code::unprocessable, "This node shows no posts first, only groups do");
    return answer_post(api, exchange, TRY(act_on_post(api, exchange, "post_id", chosen(params, "featured", GroupActKind::feature_post))));
}

Result<> remove_comment(const ApiContext& api, Exchange& exchange) {
    const auto kind = chosen(*TRY(exchange.params()), "removed", GroupActKind::remove_post);
    return answer_comment(api, exchange, TRY(act_on_post(api, exchange, "comment_id", kind)));
}

Result<> ban_from_community(const ApiContext& api, Exchange& exchange) {
    const auto caller = TRY(require_member(api, exchange));
    const auto& params = *TRY(exchange.params());
    community::NewGroupAct wanted;
    const bool bans = params.flag_or("ban", true);
    wanted.kind = bans ? GroupActKind::ban : GroupActKind::unban;
    wanted.group_id = params.id("community_id").value_or(0);
    wanted.target_id = params.id("person_id");
    wanted.reason = reason_of(api, params);
    // In v3: remove_data.
    wanted.with_posts = params.flag_or("remove_or_restore_data", params.flag_or("remove_data", false));
    wanted.expires_at = expiry_of(params);
    TRY(community::moderate(api.community, caller.account_id, wanted));
    return answer_person(api, exchange, TRY(community::actor_by_id(api.community, wanted.target_id.value_or(0))), "banned", bans);
}

Result<> change_moderators(const ApiContext& api, Exchange& exchange) {
    const auto caller = TRY(require_member(api, exchange));
    const auto& params = *TRY(exchange.params());
    const bool adds = params.flag_or("added", true);
    const auto group = params.id("community_id").value_or(0);
    TRY(community::moderate(api.community, caller.account_id,
                            {.kind = adds ? GroupActKind::add_moderator : GroupActKind::remove_moderator,
                             .group_id = group,
                             .post_id = {},
                             .target_id = params.id("person_id"),
                             // Lemmy's clients have no field for it.
                             .reason = std::string(params.get_or("reason", "asked for by a moderator")),
                             .expires_at = {}}));
    return exchange.json(200, TRY(moderators_json(api, Viewer::actor(caller.account_id), group)));
}

void add_moderation_routes(http::Router& router, const ApiContext& api) {
    add_endpoints(router, api,
                  {{"POST", "/api/v4/post/remove", remove_post},
                   {"POST", "/api/v4/post/lock", lock_post},
                   {"POST", "/api/v4/post/feature", feature_post},
                   {"POST", "/api/v4/comment/remove", remove_comment},
                   {"POST", "/api/v4/comment/lock", lock_comment},
                   {"POST", "/api/v4/post/warn", warn_post},
                   {"POST", "/api/v4/comment/warn", warn_comment},
                   {"POST", "/api/v4/community/ban_user", ban_from_community},
                   {"POST", "/api/v4/community/mod", change_moderators},
                   {"POST", "/api/v4/comment/distinguish", distinguish}});
}

}  // namespace kith::lemmy
