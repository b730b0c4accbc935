// What is the member's own.
#include "base/text/strings.hpp"
#include "node/api/lemmy/entities.hpp"
#include "node/api/lemmy/handlers.hpp"
#include "node/api/lemmy/local_user.hpp"
#include "node/api/lemmy/queries.hpp"
#include "node/api/lemmy/routes.hpp"
#include "node/community/accounts.hpp"
#include "node/community/notices.hpp"
#include "node/community/personal.hpp"
#include "node/community/preferences.hpp"
#include "node/community/relations.hpp"

#include <map>

namespace kith::lemmy {

namespace {

using http::Exchange;
using json::Writer;

Result<> my_user(const ApiContext& api, Exchange& exchange) {
    const auto caller = TRY(require_member(api, exchange));
    const auto viewer = community::Viewer::actor(caller.account_id);
    const auto user = TRY(community::user_by_id(api.community, caller.user_id));
    const auto actor = TRY(community::actor_by_id(api.community, caller.account_id));
    const auto follows = TRY(followed_by(api, actor.id));
    const auto blocked = TRY(community::blocks(api.community, actor.id, {.limit = 80}));
    Writer w;
    w.object().key("local_user_view").object().key("local_user");
    write_local_user(w, api, user);
    w.key("person");
    write_person(w, api, actor);
    w.member("banned", false).end();
    w.key("follows").array();
    for (const auto& group : follows) {
        w.object().key("community");
        write_community(w, api, group);
        w.key("follower");
        write_person(w, api, actor);
        w.end();
    }
    w.end().key("moderates").array();
    for (const auto& group : follows) {
        if (!group.mine.moderates) continue;
        w.object().key("community");
        write_community(w, api, group);
        w.key("moderator");
        write_person(w, api, actor);
        w.end();
    }
    w.end();
    w.key("multi_community_follows").array();
    repo::MultiQuery followed;
    followed.follower_id = actor.id;
    followed.limit = 50;
    for (const auto& multi : TRY(community::find_multis(api.community, viewer, followed))) write_multi_view(w, api, multi);
    w.end().key("community_blocks").array();
    for (const auto& muted : TRY(muted_groups(api, actor.id))) write_community(w, api, muted);
    w.end().key("instance_communities_blocks").array();
    for (const auto& host : TRY(community::hosts_without_groups(api.community, actor.id))) write_instance(w, host);
    w.end().key("instance_persons_blocks").array();
    for (const auto& host : TRY(community::blocked_hosts(api.community, actor.id, {.limit = 80})).items) write_instance(w, host);
    w.end();
    w.key("person_blocks").array();
    for (const auto& person : blocked.items) write_person(w, api, person);
    const auto set = TRY(community::preferences(api.community, actor.id));
    w.end().key("keyword_blocks").array();
    for (const auto& word : set.list("blocking_keywords")) w.value(word);
    w.end().key("discussion_languages").array();
    for (const auto& language : set.list("discussion_languages"))
        if (const auto id = parse_id(language)) w.value(*id);
    w.end().end();
    return exchange.json(200, w.take());
}

Result<> donation_shown(const ApiContext& api, Exchange& exchange) {
    const auto caller = TRY(require_member(api, exchange));
    TRY(community::set_preferences(api.community, caller.account_id, {{"donation_shown_at", {std::to_string(api.community.clock.now_ms())}}}));
    return exchange.json(200, success());
}

}  // namespace

Result<std::vector<community::GroupView>> followed_by(const ApiContext& api, Id member) {
    return community::find_groups(api.community, community::Viewer::actor(member),
                                  {.follower_id = member, .moderator_id = {}, .local = false, .words = {}, .limit = 500, .offset = 0});
}

Result<std::vector<community::GroupView>> muted_groups(const ApiContext& api, Id member) {
    std::vector<community::GroupView> out;
    for (const auto& muted : TRY(community::mutes(api.community, member, {.limit = 80})).items)
        if (muted.is_group()) out.push_back(TRY(community::group_view(api.community, community::Viewer::actor(member), muted.id)));
    return out;
}

// What stands in the profile; what the node refuses; and what is kept for clients.
Result<> save_settings(const ApiContext& api, Exchange& exchange) {
    const auto caller = TRY(require_member(api, exchange));
    const auto& params = *TRY(exchange.params());
    const auto user = TRY(community::user_by_id(api.community, caller.user_id));
    if (const auto email = params.get("email"); email && !email->empty() && text::to_lower_ascii(*email) != text::to_lower_ascii(std::string_view(user.email)))
        return fail(Code::unprocessable, "The address of an account is changed by the node's operator");
    std::map<std::string, std::vector<std::string>> wanted;
    for (const auto& rule : community::preference_rules()) {
        const bool list = rule.kind == community::PreferenceKind::words || rule.kind == community::PreferenceKind::numbers;
        const std::string name(rule.name);
        // Other versions have other words; what is on or off they call the same.
        if (rule.name == "donation_shown_at" || (api.shape && rule.kind != community::PreferenceKind::flag)) continue;
        if (list) {
            const auto given = params.list(name);
            if (given.empty() && !params.has(name)) continue;
            for (const auto each : given)
                if (!each.empty()) wanted[name].emplace_back(each);
            wanted.try_emplace(name);
        } else if (const auto given = params.get(name)) {
            wanted[name] = {std::string(*given)};
        }
    }
    TRY(community::set_preferences(api.community, caller.account_id, wanted));
    community::ProfileChange change;
    change.display_name = params.text("display_name");
    change.note = params.text("bio");
    change.bot = params.flag("bot_account");
    if (change.display_name || change.note || change.bot) TRY(community::update_profile(api.community, caller.account_id, change));
    return exchange.json(200, success());
}

void add_account_routes(http::Router& router, const ApiContext& api) {
    add_endpoints(router, api,
                  {{"GET", "/api/v4/account", my_user},
                   {"POST", "/api/v4/account/donation_dialog_shown", donation_shown},
                   {"PUT", "/api/v4/account/settings/save", save_settings}});
}

}  // namespace kith::lemmy
