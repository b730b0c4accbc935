#include "node/api/mastodon/report.hpp"

#include "node/api/mastodon/account.hpp"
#include "node/api/mastodon/collection.hpp"
#include "node/api/mastodon/status.hpp"

namespace kith::mastodon {

using community::Context;
using community::ReportView;
using json::Writer;

namespace {

void write_time(Writer& w, std::string_view name, const std::optional<TimeMs>& at) {
    if (at)
        w.member(name, format_iso8601(*at));
    else
        w.null_member(name);
}

// What both forms begin with. Without the closing brace.
void begin_report(Writer& w, const model::Report& r) {
    w.object().member("id", std::to_string(r.id));
    w.member("action_taken", r.resolved_at.has_value());
    write_time(w, "action_taken_at", r.resolved_at);
    w.member("category", r.category).member("comment", r.comment);
    w.member("forwarded", r.forwarded).member("created_at", format_iso8601(r.created_at));
}

void write_admin_account(Writer& w, const Context& context, const model::Actor& actor) {
    w.object().member("id", std::to_string(actor.id)).member("username", actor.username);
    if (actor.local)
        w.null_member("domain");
    else
        w.member("domain", actor.host);
    w.member("created_at", format_iso8601(actor.created_at)).member("email", "");
    w.null_member("ip").key("ips").array().end();
    w.member("locale", "").null_member("invite_request").null_member("role");
    w.member("confirmed", true).member("approved", true).member("disabled", false);
    w.member("silenced", actor.silenced).member("sensitized", actor.sensitized);
    w.member("suspended", actor.suspended_at.has_value());
    w.key("account");
    write_account(w, context, actor);
    w.end();
}

void write_maybe_account(Writer& w, const Context& context, std::string_view name,
                         const std::optional<model::Actor>& actor) {
    if (!actor) {
        w.null_member(name);
        return;
    }
    w.key(name);
    write_admin_account(w, context, *actor);
}

void write_collection_ids(Writer& w, const ReportView& view) {
    w.key("collection_ids").array();
    for (const auto& each : view.collections) w.value(std::to_string(each.id));
    w.end();
}

}  // namespace

void write_report(Writer& w, const Context& context, const ReportView& view) {
    begin_report(w, view.report);
    w.key("status_ids").array();
    for (const auto& post : view.posts) w.value(std::to_string(post.id));
    w.end();
    w.key("rule_ids").array();
    for (const auto id : view.report.rule_ids) w.value(std::to_string(id));
    w.end();
    write_collection_ids(w, view);
    w.key("target_account");
    write_account(w, context, view.target);
    w.end();
}

void write_admin_report(Writer& w, const Context& context, Id moderator_id, const ReportView& view,
                        std::span<const community::PostView> posts) {
    begin_report(w, view.report);
    w.member("updated_at", format_iso8601(view.report.updated_at));
    w.key("account");
    write_admin_account(w, context, view.reporter);
    w.key("target_account");
    write_admin_account(w, context, view.target);
    write_maybe_account(w, context, "assigned_account", view.assigned);
    write_maybe_account(w, context, "action_taken_by_account", view.resolved_by);
    w.key("statuses").array();
    for (const auto& post : posts)
        write_status(w, context, community::Viewer::actor(moderator_id), post);
    w.end();
    w.key("rules").array();
    for (const auto& rule : view.rules)
        w.object().member("id", std::to_string(rule.id)).member("text", rule.text).member("hint", rule.hint).end();
    w.end();
    w.key("collections").array();
    for (const auto& each : view.collections) write_collection(w, context, {each, {}});
    w.end();
    w.end();
}

}  // namespace kith::mastodon
