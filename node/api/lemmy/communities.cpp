#include "base/text/fold.hpp"
#include "node/api/lemmy/cursor.hpp"
#include "node/api/lemmy/entities.hpp"
#include "node/api/lemmy/handlers.hpp"
#include "node/api/lemmy/queries.hpp"
#include "node/api/lemmy/routes.hpp"
#include "node/community/accounts.hpp"
#include "node/community/groups.hpp"
#include "node/community/moves.hpp"
#include "node/community/relations.hpp"

namespace kith::lemmy {

namespace {

using community::Viewer;
using http::Exchange;
using http::Params;

// By number, or by "name" or "name@host", which is asked for at its node where it is not known.
Result<Id> group_asked(const ApiContext& api, const Params& params) {
    if (const auto id = params.id("id")) return *id;
    auto name = std::string(params.get_or("name", ""));
    if (name.starts_with('!')) name.erase(0, 1);
    if (name.empty()) return fail(Code::invalid, "Neither id nor name is given");
    if (const auto known = community::actor_by_acct(api.community, name)) {
        // The old name of a group that has moved leads to its new place.
        const auto there = community::moved_target(api.community, *known);
        return there && there->is_group() ? there->id : known->id;
    }
    if (name.find('@') == name.npos || !api.lookup) return fail(Code::not_found, "Record not found");
    return api.lookup->resolve_account(name);
}

// In v3 the sidebar is the description.
std::optional<std::string> description_of(const Params& params) {
    return params.has("sidebar") ? params.text("sidebar") : params.text("description");
}

// Lemmy's words; v3 has "Public" and "LocalOnly".
Result<model::GroupVisibility> visibility_of(std::string_view name) {
    if (name == "public" || name == "Public") return model::GroupVisibility::public_;
    if (name == "unlisted") return model::GroupVisibility::unlisted;
    if (name == "local_only_private" || name == "LocalOnly") return model::GroupVisibility::local_only;
    if (name == "private") return model::GroupVisibility::private_;
    return fail(Code::unprocessable, "The visibility is one of public, unlisted, local_only_private and private");
}

// What is the same where a community is made and where it is changed.
Result<community::GroupChange> change_of(const Params& params) {
    community::GroupChange change;
    if (const auto visibility = params.get("visibility")) change.visibility = TRY(visibility_of(*visibility));
    change.brief = params.text("summary");
    change.sensitive = params.flag("nsfw");
    const auto languages = params.list("discussion_languages");
    if (languages.empty() && !params.has("discussion_languages")) return change;
    change.languages.emplace();
    for (const auto text : languages)
        if (auto code = language_of(parse_id(text).value_or(0)); !code.empty()) change.languages->push_back(std::move(code));
    return change;
}

Result<> remove(const ApiContext& api, Exchange& exchange) {
    const auto caller = TRY(require_member(api, exchange));
    const auto& params = *TRY(exchange.params());
    if (!params.flag_or("deleted", true)) return fail(Code::unprocessable, "A community that was deleted does not come back here");
    auto view = TRY(community::group_view(api.community, Viewer::actor(caller.account_id), params.id("community_id").value_or(0)));
    TRY(community::delete_group(api.community, caller.account_id, view.group.id));
    view.group.deleted_at = api.community.clock.now_ms();
    return exchange.json(200, community_response(api, view));
}

Result<> answer(const ApiContext& api, Exchange& exchange, const Viewer& viewer, Id group) {
    return exchange.json(200, community_response(api, TRY(community::group_view(api.community, viewer, group))));
}

Result<> answer_with_moderators(const ApiContext& api, Exchange& exchange, const community::GroupView& view) {
    const auto moderators = TRY(api.community.db.read([&](sql::Tx& tx) { return community::group_moderators_of(tx, view.group); }));
    json::Writer w;
    w.object().key("community_view");
    write_community_view(w, api, view);
    write_moderators(w, api, "moderators", view, moderators);
    write_discussion_languages(w, view);
    w.end();
    return exchange.json(200, w.take());
}

// Those that are counted anew at each look are not put in order by it: they come by members.
repo::GroupListOrder order_of(std::string_view sort) {
    using enum repo::GroupListOrder;
    return sort == "new" ? newest : sort == "old" ? oldest : sort == "name_asc" ? name : sort == "name_desc" ? name_backwards : members;
}

Result<> list(const ApiContext& api, Exchange& exchange) {
    const auto viewer = TRY(viewer_of(api, exchange));
    const auto& params = *TRY(exchange.params());
    const auto type = params.get_or("type_", "all");
    community::GroupQuery query;
    query.local = type == "local";
    if (type == "subscribed") query.follower_id = viewer.actor_id.value_or(0);
    if (type == "moderator_view") query.moderator_id = viewer.actor_id.value_or(0);
    query.order = order_of(params.get_or("sort", ""));
    if (type != "subscribed" && type != "moderator_view") {
        const auto mine = viewer.actor_id ? TRY(community::preferences(api.community, *viewer.actor_id)) : community::Preferences();
        query.with_sensitive = show_sensitive(params, viewer, mine, false);
    }
    const auto words = text::fold(params.get_or("search_term", ""));
    query.words = words;
    query.multi_id = params.id("multi_community_id");
    const auto stretch = TRY(stretch_of(params, limit_of(params)));
    query.limit = stretch.limit + 1;
    query.offset = stretch.offset;
    auto groups = TRY(community::find_groups(api.community, viewer, query));
    const auto pages = beside(stretch, groups);
    return exchange.json(200, page_json([&](json::Writer& w) {
                             for (const auto& group : groups) write_community_view(w, api, group);
                         }, pages));
}

// The groups that the member moderates, and who waits to be let in.
Result<> pending(const ApiContext& api, Exchange& exchange) {
    const auto caller = TRY(require_member(api, exchange));
    const auto viewer = Viewer::actor(caller.account_id);
    const auto groups = TRY(community::find_groups(
        api.community, viewer, {.follower_id = {}, .moderator_id = caller.account_id, .local = true, .words = {}, .limit = 50, .offset = 0}));
    json::Writer w;
    w.object().key("items").array();
    for (const auto& view : groups)
        for (const auto& person : TRY(community::follow_requests(api.community, view.group.id, {.limit = 80})).items) {
            w.object().key("person");
            write_person(w, api, person);
            w.key("community");
            write_community(w, api, view);
            w.member("is_new_instance", false).member("follow_state", "approval_required").end();
        }
    w.end().end();
    return exchange.json(200, w.take());
}

Result<> approve(const ApiContext& api, Exchange& exchange) {
    const auto caller = TRY(require_member(api, exchange));
    const auto& params = *TRY(exchange.params());
    const auto view = TRY(community::group_view(api.community, Viewer::actor(caller.account_id), params.id("community_id").value_or(0)));
    if (!view.group.local || !view.mine.moderates) return fail(Code::forbidden, "Only moderators of the group may do that");
    const auto change = params.flag_or("approve", true) ? community::authorize_follow : community::reject_follow;
    TRY(change(api.community, view.group.id, params.id("follower_id").value_or(0)));
    return exchange.json(200, success());
}

Result<> random(const ApiContext& api, Exchange& exchange) {
    const auto viewer = TRY(viewer_of(api, exchange));
    const auto groups = TRY(community::groups_here(api.community, 100));
    if (groups.empty()) return fail(Code::not_found, "Record not found");
    return answer(api, exchange, viewer, groups[api.community.random.below(groups.size())].id);
}

}  // namespace

Result<> show_community(const ApiContext& api, Exchange& exchange) {
    const auto viewer = TRY(viewer_of(api, exchange));
    const auto view = TRY(community::group_view(api.community, viewer, TRY(group_asked(api, *TRY(exchange.params())))));
    if (!view.group.local && api.lookup) api.lookup->profile_opened(view.group.id);
    return answer_with_moderators(api, exchange, view);
}

Result<> create_community(const ApiContext& api, Exchange& exchange) {
    const auto caller = TRY(require_member(api, exchange));
    const auto& params = *TRY(exchange.params());
    community::NewGroup wanted;
    wanted.name = std::string(params.get_or("name", ""));
    wanted.title = std::string(params.get_or("title", ""));
    wanted.description = description_of(params).value_or("");
    wanted.more = TRY(change_of(params));
    wanted.approval = wanted.more.visibility == model::GroupVisibility::private_;
    if (params.flag_or("posting_restricted_to_mods", false)) wanted.posting = model::PostingPolicy::moderators;
    const auto group = TRY(community::create_group(api.community, caller.account_id, wanted));
    return answer(api, exchange, Viewer::actor(caller.account_id), group.id);
}

Result<> edit_community(const ApiContext& api, Exchange& exchange) {
    const auto caller = TRY(require_member(api, exchange));
    const auto& params = *TRY(exchange.params());
    auto change = TRY(change_of(params));
    change.title = params.text("title");
    change.description = description_of(params);
    const auto id = params.id("community_id").value_or(0);
    // Lemmy knows two policies: that members post stays so where only moderators are told apart. What a group elsewhere
    // is at this moment is known to its host.
    if (const auto only = params.flag("posting_restricted_to_mods")) {
        const auto now = TRY(community::group_view(api.community, Viewer::actor(caller.account_id), id));
        if (!now.group.local || (now.posting == model::PostingPolicy::moderators) != *only)
            change.posting = *only ? model::PostingPolicy::moderators : model::PostingPolicy::everyone;
    }
    TRY(community::change_group(api.community, caller.account_id, id, change));
    return answer(api, exchange, Viewer::actor(caller.account_id), id);
}

Result<> follow_community(const ApiContext& api, Exchange& exchange) {
    const auto caller = TRY(require_member(api, exchange));
    const auto& params = *TRY(exchange.params());
    const auto id = params.id("community_id").value_or(0);
    TRY(community::group_view(api.community, Viewer::actor(caller.account_id), id));
    if (params.flag_or("follow", true))
        TRY(community::follow(api.community, caller.account_id, id, {}));
    else
        TRY(community::unfollow(api.community, caller.account_id, id));
    return answer(api, exchange, Viewer::actor(caller.account_id), id);
}

// A group that somebody does not want to hear of is muted.
Result<> block_community(const ApiContext& api, Exchange& exchange) {
    const auto caller = TRY(require_member(api, exchange));
    const auto& params = *TRY(exchange.params());
    const auto view = TRY(community::group_view(api.community, Viewer::actor(caller.account_id), params.id("community_id").value_or(0)));
    const bool blocks = params.flag_or("block", true);
    if (blocks)
        TRY(community::mute(api.community, caller.account_id, view.group.id, true, {}));
    else
        TRY(community::unmute(api.community, caller.account_id, view.group.id));
    json::Writer w;
    w.object().key("community_view");
    write_community_view(w, api, TRY(community::group_view(api.community, Viewer::actor(caller.account_id), view.group.id)));
    write_discussion_languages(w, view);
    w.member("blocked", blocks).end();  // the latter as v3 has it
    return exchange.json(200, w.take());
}

Result<> transfer_community(const ApiContext& api, Exchange& exchange) {
    const auto caller = TRY(require_member(api, exchange));
    const auto& params = *TRY(exchange.params());
    const auto viewer = Viewer::actor(caller.account_id);
    const auto view = TRY(community::group_view(api.community, viewer, params.id("community_id").value_or(0)));
    const auto person = params.id("person_id").value_or(0);
    const auto role_of = [&](Id who) {
        return api.community.db.read([&](sql::Tx& tx) { return community::membership(tx, view.group.id, who); });
    };
    const auto mine = TRY(role_of(caller.account_id)), theirs = TRY(role_of(person));
    if (!mine || mine->role != model::GroupRole::owner) return fail(Code::forbidden, "Only its owner hands a group on");
    // Other hosts hear of a moderator by this act, and the log tells it.
    if (!theirs || theirs->left_at || theirs->role < model::GroupRole::moderator)
        TRY(community::moderate(api.community, caller.account_id, {.kind = model::GroupActKind::add_moderator,
                                                                   .group_id = view.group.id,
                                                                   .post_id = {},
                                                                   .target_id = person,
                                                                   .reason = "the group is handed on",
                                                                   .expires_at = {}}));
    TRY(community::set_role(api.community, view.group.id, person, model::GroupRole::owner));
    return answer_with_moderators(api, exchange, view);
}

void add_community_routes(http::Router& router, const ApiContext& api) {
    add_endpoints(router, api,
                  {{"GET", "/api/v4/community", show_community},
                   {"POST", "/api/v4/community", create_community},
                   {"PUT", "/api/v4/community", edit_community},
                   {"DELETE", "/api/v4/community", remove},
                   {"GET", "/api/v4/community/list", list},
                   {"GET", "/api/v4/community/random", random},
                   {"POST", "/api/v4/community/transfer", transfer_community},
                   {"GET", "/api/v4/community/pending_follows/list", pending},
                   {"POST", "/api/v4/community/pending_follows/approve", approve},
                   {"POST", "/api/v4/account/block/community", block_community},
                   {"POST", "/api/v4/community/follow", follow_community}});
}

}  // namespace kith::lemmy
