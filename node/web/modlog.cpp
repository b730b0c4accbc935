// The open log of what a group's moderators do.
#include "config/limits/groups.hpp"
#include "node/community/accounts.hpp"
#include "node/community/group_moderation.hpp"
#include "node/community/group_roles.hpp"
#include "node/http/exchange.hpp"
#include "node/web/moved.hpp"
#include "node/web/render.hpp"
#include "node/web/routes.hpp"

#include <array>

namespace kith::web {

namespace {

constexpr std::array<std::string_view, 26> deeds{
    "took a post out, of", "put a post back, of", "locked a thread, of", "unlocked a thread, of", "shows a post first, of",
    "shows a post first no more, of", "banned", "lifted the ban of", "made a moderator:", "is a moderator no more:",
    "warned", "took a warning back, of", "asked for a change of a post, of", "has the change of a post, of",
    "holds a post until it was looked at, of", "let a post out, of", "gave a role to", "took a role from",
    "moved a thread to another group, of", "moved a thread here, of", "changed", "",
    "folded a comment, of", "unfolded a comment, of", "chose an answer, by", "took an answer back, by"};

// Under which role, and for whom a role is.
std::string role_of(model::TeamRole role) {
    return role == model::TeamRole::none ? std::string() : std::string(community::team_role_name(role));
}

std::string_view appeal_of(const community::GroupActView& view) {
    if (!view.appeal) return {};
    if (!view.appeal->decided_at) return "appealed against";
    return view.appeal->accepted ? "appealed against, with success" : "appealed against, without success";
}

Values row_of(const community::Context& context, const community::GroupActView& view) {
    Values row;
    row.set("at", format_iso8601(view.act.at));
    row.set("time", minute_of(view.act.at));
    row.set("moderator", "@" + community::acct_of(context, view.moderator));
    row.set("moderator_url", view.moderator.url);
    const bool time_out = is_time_out(view.act, limits::time_out_ms_max);
    const bool changes = view.act.kind == model::GroupActKind::change_group;
    row.set("what", changes ? "changed: " + view.act.reason : std::string(time_out ? "gave a time-out to" : deeds[std::size_t(view.act.kind)]));
    set_if_there(row, "role", role_of(view.act.role));
    set_if_there(row, "given_role", role_of(view.act.given_role));
    set_if_there(row, "rule", view.act.rule);
    set_if_there(row, "appeal", std::string(appeal_of(view)));
    row.set("reason", changes ? std::string() : view.act.reason);
    row.set("undone", Values(view.undone));
    set_if_there(row, "until", view.act.expires_at ? minute_of(*view.act.expires_at) : "");
    set_if_there(row, "target", view.target ? "@" + community::acct_of(context, *view.target) : "");
    if (view.target) row.set("target_url", view.target->url);
    return row;
}

}  // namespace

Result<> modlog_page(community::Context& context, http::Exchange& exchange) {
    const auto group = TRY(group_of_page(context, exchange));
    if (const auto there = new_place_of(context, group)) return exchange.redirect(*there, moved_for_good);
    community::PageRequest request{.max_id = TRY(exchange.params())->id("max_id"), .since_id = {}, .min_id = {}, .limit = limits::moderation_log_page};
    const auto log = TRY(community::moderation_log(
        context, {.group_id = group.id, .post_id = {}, .target_id = {}, .moderator_id = {}}, request));
    Values values, acts{Values::type::list};
    for (const auto& view : log.items) acts << row_of(context, view);
    values.set("group", name_html(context, group));
    values.set("group_url", group.url);
    values.set("has_acts", Values(!log.items.empty()));
    values.set("acts", acts);
    set_if_there(values, "older", log.next_max_id ? "?max_id=" + std::to_string(*log.next_max_id) : "");
    const Head head{.title = "Moderation of " + display_name(group), .noindex = true};
    return exchange.html(200, page(context, head, render("modlog", values)));
}

}  // namespace kith::web
