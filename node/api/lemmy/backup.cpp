// A member's settings, to be taken along to another node, and back in. What this node does not know of them is asked
// for by a job.
#include "base/html/to_text.hpp"
#include "config/limits/lemmy_api.hpp"
#include "node/api/lemmy/entities.hpp"
#include "node/api/lemmy/local_user.hpp"
#include "node/api/lemmy/routes.hpp"
#include "node/community/accounts.hpp"
#include "node/community/notices.hpp"
#include "node/community/personal.hpp"
#include "node/community/preferences.hpp"
#include "node/community/relations.hpp"
#include "node/community/settings_import.hpp"

#include <array>
#include <map>

namespace kith::lemmy {

namespace {

using community::ImportKind;
using http::Exchange;
using http::Params;
using json::Writer;

constexpr community::PageRequest everything{.limit = limits::backup_entries_max};

template <class Items, class Text>
void write_texts(Writer& w, std::string_view name, const Items& items, Text text) {
    w.key(name).array();
    for (const auto& item : items) {
        const std::string each = text(item);
        if (!each.empty()) w.value(each);
    }
    w.end();
}

Result<> write_saved(Writer& w, const ApiContext& api, Id me) {
    const auto saved = TRY(community::bookmarks(api.community, me, everything)).items;
    for (const bool comments : {false, true})
        write_texts(w, comments ? "saved_comments" : "saved_posts", saved, [comments](const community::PostView& view) {
            return view.group && view.post.is_reply() == comments ? view.post.ap_id : std::string();
        });
    return {};
}

Result<> write_blocks(Writer& w, const ApiContext& api, Id me) {
    const auto as_is = [](const std::string& host) { return host; };
    const auto ap_id = [](const model::Actor& actor) { return actor.ap_id; };
    write_texts(w, "blocked_communities", TRY(community::mutes(api.community, me, everything)).items,
                [](const model::Actor& actor) { return actor.is_group() ? actor.ap_id : std::string(); });
    write_texts(w, "blocked_users", TRY(community::blocks(api.community, me, everything)).items, ap_id);
    write_texts(w, "blocked_instances_communities", TRY(community::hosts_without_groups(api.community, me)), as_is);
    write_texts(w, "blocked_instances_persons", TRY(community::blocked_hosts(api.community, me, everything)).items, as_is);
    return {};
}

Result<> export_settings(const ApiContext& api, Exchange& exchange) {
    const auto caller = TRY(require_member(api, exchange));
    const auto me = caller.account_id;
    const auto actor = TRY(community::actor_by_id(api.community, me));
    const auto set = TRY(community::preferences(api.community, me));
    Writer w;
    w.object().member_unless_empty("display_name", actor.name);
    w.member_unless_empty("bio", !actor.source.empty() ? actor.source : html::to_text(actor.summary)).member("bot_account", actor.bot);
    if (!actor.avatar_url.empty()) w.member("avatar", api.community.urls.file(actor.avatar_url));
    if (!actor.header_url.empty()) w.member("banner", api.community.urls.file(actor.header_url));
    w.member_unless_empty("matrix_id", set.text("matrix_user_id")).key("settings");
    write_local_user(w, api, TRY(community::user_by_id(api.community, caller.user_id)));
    const auto follows = TRY(community::find_groups(api.community, community::Viewer::actor(me),
                                                    {.follower_id = me, .moderator_id = {}, .local = false, .words = {}, .limit = limits::backup_entries_max, .offset = 0}));
    write_texts(w, "followed_communities", follows, [](const community::GroupView& view) { return view.group.ap_id; });
    TRY(write_saved(w, api, me));
    TRY(write_blocks(w, api, me));
    write_texts(w, "blocking_keywords", set.list("blocking_keywords"), [](const std::string& word) { return word; });
    write_texts(w, "discussion_languages", set.list("discussion_languages"),
                [](const std::string& id) { return language_of(parse_id(id).value_or(0)); });
    w.end();
    return exchange.json(200, w.take());
}

// "settings" as far as it is ours to keep.
Result<> import_preferences(const ApiContext& api, Id me, const Params& params) {
    std::map<std::string, std::vector<std::string>> wanted;
    const auto settings = params.nested("settings");
    for (const auto& rule : community::preference_rules()) {
        if (rule.kind == community::PreferenceKind::words || rule.kind == community::PreferenceKind::numbers) continue;
        // Another node's mails and dialogs are not this one's.
        if (rule.name == "send_notifications_to_email" || rule.name == "donation_shown_at") continue;
        if (const auto value = settings.get(rule.name)) wanted[std::string(rule.name)] = {std::string(*value)};
    }
    if (const auto matrix = params.text("matrix_id")) wanted["matrix_user_id"] = {*matrix};
    for (const auto word : params.list("blocking_keywords")) wanted["blocking_keywords"].emplace_back(word);
    for (const auto tag : params.list("discussion_languages")) wanted["discussion_languages"].push_back(std::to_string(language_id(tag)));
    return community::set_preferences(api.community, me, wanted);
}

Result<> import_settings(const ApiContext& api, Exchange& exchange) {
    const auto caller = TRY(require_member(api, exchange));
    const auto& params = *TRY(exchange.params());
    static constexpr std::array<std::pair<std::string_view, ImportKind>, 7> kinds{{{"followed_communities", ImportKind::follow},
                                                                                  {"saved_posts", ImportKind::save},
                                                                                  {"saved_comments", ImportKind::save},
                                                                                  {"blocked_communities", ImportKind::mute_group},
                                                                                  {"blocked_users", ImportKind::block},
                                                                                  {"blocked_instances_communities", ImportKind::block_groups_of},
                                                                                  {"blocked_instances_persons", ImportKind::block_host}}};
    std::vector<community::ImportEntry> entries;
    for (const auto& [name, kind] : kinds) {
        const auto given = params.list(name);
        if (given.size() > std::size_t(limits::backup_entries_max)) return fail(Code::unprocessable, std::string(name) + " has too many entries");
        for (const auto each : given) entries.push_back({kind, std::string(each)});
    }
    TRY(import_preferences(api, caller.account_id, params));
    community::ProfileChange change;
    change.display_name = params.text("display_name");
    change.note = params.text("bio");
    change.bot = params.flag("bot_account");
    if (change.display_name || change.note || change.bot) TRY(community::update_profile(api.community, caller.account_id, change));
    TRY(community::queue_import(api.community, caller.account_id, entries));
    return exchange.json(200, success());
}

}  // namespace

void add_backup_routes(http::Router& router, const ApiContext& api) {
    add_endpoints(router, api,
                  {{"GET", "/api/v4/account/settings/export", export_settings}, {"POST", "/api/v4/account/settings/import", import_settings}});
}

}  // namespace kith::lemmy
