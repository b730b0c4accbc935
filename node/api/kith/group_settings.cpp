// What a group says of itself, and joining it.
#include "base/core/clock.hpp"
#include "base/html/markdown.hpp"
#include "node/api/kith/groups.hpp"
#include "node/api/kith/handlers.hpp"
#include "node/api/kith/json_groups.hpp"
#include "node/community/accounts.hpp"
#include "node/community/group_settings.hpp"
#include "node/community/group_threads.hpp"
#include "node/http/exchange.hpp"
#include "storage/repo/group_profiles.hpp"

#include <algorithm>
#include <array>

namespace kith::own_api {

namespace {

using http::Exchange;
using json::Writer;

// Texts of a list, and whether it was given at all: an empty one takes all away.
std::optional<std::vector<std::string>> texts_asked(const http::Params& params, std::string_view key) {
    const auto given = params.list(key);
    if (given.empty() && !params.has(key)) return {};
    std::vector<std::string> out;
    for (const auto text : given)
        if (!text.empty()) out.emplace_back(text);
    return out;
}

void write_rule(Writer& w, const model::GroupRule& rule) {
    w.object().member("id", std::to_string(rule.id)).member("position", rule.position).member("text", rule.text);
    w.member("html", html::render_markdown(rule.text)).end();
}

void write_texts(Writer& w, std::string_view name, const std::vector<std::string>& texts) {
    w.key(name).array();
    for (const auto& text : texts) w.value(text);
    w.end();
}

constexpr std::array<std::string_view, 4> visibilities{"public", "unlisted", "local_only", "private"};
constexpr std::array<std::string_view, 3> postings{"everyone", "members", "moderators"};

template <std::size_t count>
Result<int> place_in(const std::array<std::string_view, count>& names, std::string_view name, const std::string& what) {
    const auto found = std::find(names.begin(), names.end(), name);
    if (found == names.end()) return fail(Code::unprocessable, "Validation failed: " + what + " is not included in the list");
    return int(found - names.begin());
}

// What moderators write for newcomers is for everybody to read; what somebody answered is not.
Result<> answer_settings(const ApiContext& api, Exchange& exchange, const community::GroupView& view) {
    const auto founders = TRY(api.community.db.read([&](sql::Tx& tx) { return repo::group_founders(tx, view.group.id); }));
    const auto& profile = view.profile;
    Writer w;
    w.object().member("id", std::to_string(view.group.id)).member("acct", community::acct_of(api.community, view.group));
    w.member("title", view.group.name).member("description", view.group.source).member("summary", profile.brief);
    w.member("visibility", visibilities[std::size_t(profile.visibility)]).member("approval", view.group.locked);
    w.member("posting", postings[std::size_t(view.posting)]).member("sensitive", profile.sensitive);
    write_texts(w, "languages", profile.languages);
    w.member("default_sort", profile.default_order).member("welcome", profile.welcome);
    write_texts(w, "questions", profile.questions);
    w.member("seeks_moderators", profile.seeks_moderators);
    w.member("slow_threads", profile.slow_threads_s).member("slow_comments", profile.slow_comments_s);
    w.key("archived_at");
    if (profile.archived_at)
        w.value(format_iso8601(*profile.archived_at));
    else
        w.null();
    w.member("icon", view.group.avatar_url.empty() ? "" : api.community.urls.file(view.group.avatar_url));
    w.member("banner", view.group.header_url.empty() ? "" : api.community.urls.file(view.group.header_url));
    w.key("rules").array();
    for (const auto& rule : TRY(community::rules_of(api.community, view.group.id))) write_rule(w, rule);
    w.end().key("founders").array();
    for (const auto& founder : founders) write_actor(w, api, founder);
    w.end().end();
    return exchange.json(200, w.take());
}

Result<> show_settings(const ApiContext& api, Exchange& exchange) {
    const auto viewer = TRY(viewer_of(api, exchange));
    return answer_settings(api, exchange, TRY(community::group_view(api.community, viewer, TRY(exchange.id_param()))));
}

// What is no number is told, and not passed over.
Result<std::optional<std::int64_t>> seconds_asked(const http::Params& params, std::string_view key) {
    const auto seconds = params.integer(key);
    if (!seconds && params.has(key)) return fail(Code::unprocessable, "Validation failed: " + std::string(key) + " is a number of seconds");
    return seconds;
}

Result<community::GroupChange> change_asked(const http::Params& params) {
    community::GroupChange change;
    change.title = params.text("title");
    change.description = params.text("description");
    change.brief = params.text("summary");
    change.approval = params.flag("approval");
    change.sensitive = params.flag("sensitive");
    change.archived = params.flag("archived");
    change.welcome = params.text("welcome");
    change.default_order = params.text("default_sort");
    change.slow_threads_s = TRY(seconds_asked(params, "slow_threads"));
    change.slow_comments_s = TRY(seconds_asked(params, "slow_comments"));
    change.seeks_moderators = params.flag("seeks_moderators");
    change.languages = texts_asked(params, "languages");
    change.questions = texts_asked(params, "questions");
    if (const auto name = params.get("visibility"))
        change.visibility = model::GroupVisibility(TRY(place_in(visibilities, *name, "Visibility")));
    if (const auto name = params.get("posting")) change.posting = model::PostingPolicy(TRY(place_in(postings, *name, "Posting")));
    if (const auto founders = texts_asked(params, "founders")) {
        change.founders.emplace();
        for (const auto& text : *founders) change.founders->push_back(parse_id(text).value_or(0));
    }
    return change;
}

Result<> change_settings(const ApiContext& api, Exchange& exchange) {
    const auto me = TRY(writer(api, exchange));
    const auto group = TRY(group_of(api, exchange));
    TRY(community::change_group(api.community, me, group.id, TRY(change_asked(*TRY(exchange.params())))));
    return answer_settings(api, exchange, TRY(community::group_view(api.community, community::Viewer::actor(me), group.id)));
}

Result<> put_rule(const ApiContext& api, Exchange& exchange, std::optional<Id> rule) {
    const auto me = TRY(writer(api, exchange));
    const auto group = TRY(group_of(api, exchange));
    const auto& params = *TRY(exchange.params());
    std::optional<int> position;
    if (const auto asked = params.integer("position")) position = int(std::clamp<std::int64_t>(*asked, 0, 1'000));
    const auto stored = TRY(community::put_rule(api.community, me, group.id, rule, params.text("text"), position));
    Writer w;
    write_rule(w, stored);
    return exchange.json(200, w.take());
}
Result<> add_rule(const ApiContext& api, Exchange& exchange) { return put_rule(api, exchange, {}); }
Result<> change_rule(const ApiContext& api, Exchange& exchange) { return put_rule(api, exchange, TRY(exchange.id_param("rule"))); }

Result<> remove_rule(const ApiContext& api, Exchange& exchange) {
    const auto me = TRY(writer(api, exchange));
    const auto group = TRY(group_of(api, exchange));
    TRY(community::remove_rule(api.community, me, group.id, TRY(exchange.id_param("rule"))));
    return exchange.json(200, "{}");
}

Result<> join(const ApiContext& api, Exchange& exchange) {
    const auto me = TRY(writer(api, exchange));
    const auto group = TRY(group_of(api, exchange));
    const auto answers = texts_asked(*TRY(exchange.params()), "answers").value_or(std::vector<std::string>{});
    TRY(community::ask_to_join(api.community, me, group.id, answers));
    const auto view = TRY(community::group_view(api.community, community::Viewer::actor(me), group.id));
    Writer w;
    w.object().member("state", view.mine.follows ? "member" : "asked").end();
    return exchange.json(200, w.take());
}

}  // namespace

void add_group_settings_routes(http::Router& router, const ApiContext& api) {
    add_endpoints(router, api,
                  {{"GET", "/api/kith/v1/groups/:id", show_settings},
                   {"PATCH", "/api/kith/v1/groups/:id", change_settings},
                   {"POST", "/api/kith/v1/groups/:id/rules", add_rule},
                   {"PUT", "/api/kith/v1/groups/:id/rules/:rule", change_rule},
                   {"DELETE", "/api/kith/v1/groups/:id/rules/:rule", remove_rule},
                   {"POST", "/api/kith/v1/groups/:id/join", join}});
}

}  // namespace kith::own_api
