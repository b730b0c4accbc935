#include "node/community/reports.hpp"

#include "base/json/writer.hpp"
#include "base/text/utf8.hpp"
#include "config/limits/collections.hpp"
#include "config/limits/groups.hpp"
#include "config/limits/reports.hpp"
#include "node/community/events.hpp"
#include "node/community/group_moderation.hpp"
#include "node/community/group_team.hpp"
#include "node/community/mail.hpp"
#include "node/community/page_window.hpp"
#include "node/community/site_settings.hpp"
#include "storage/repo/accounts.hpp"
#include "storage/repo/actors.hpp"
#include "storage/repo/announcements.hpp"
#include "storage/repo/collections.hpp"
#include "storage/repo/notifications.hpp"
#include "storage/repo/posts.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace kith::community {

using model::Actor;
using model::Post;
using model::Report;
using sql::Tx;

namespace {

constexpr std::array<std::string_view, 4> categories{"spam", "legal", "violation", "other"};

Result<> check(const NewReport& wanted) {
    if (utf8::length(wanted.comment) > limits::report_comment_characters_max)
        return fail(Code::unprocessable, "Validation failed: Comment is too long (maximum is " +
                                             std::to_string(limits::report_comment_characters_max) +
                                             " characters)");
    if (std::find(categories.begin(), categories.end(), wanted.category) == categories.end())
        return fail(Code::unprocessable, "Validation failed: Category is not included in the list");
    if (wanted.collection_ids.size() > limits::reported_collections_max)
        return fail(Code::unprocessable, "Validation failed: Too many collections");
    if (wanted.post_ids.size() > limits::report_posts_max)
        return fail(Code::unprocessable, "Validation failed: Too many statuses");
    return {};
}

// The target's posts of that report, as far as its reporter may see them.
Result<std::vector<Post>> posts_meant(Tx& tx, Id reporter, const NewReport& wanted) {
    std::vector<Post> out;
    for (auto id : wanted.post_ids) {
        auto post = TRY(repo::find_post(tx, id));
        if (!post || post->actor_id != wanted.target_id || !TRY(repo::sees_post(tx, reporter, id)))
            return fail(Code::not_found, "Record not found");
        out.push_back(std::move(*post));
    }
    return out;
}

Result<> add_remote(Tx& tx, std::vector<Actor>& out, std::optional<Id> id) {
    if (!id) return {};
    auto actor = TRY(repo::find_actor(tx, *id));
    if (actor && !actor->local && !actor->deleted_at) out.push_back(std::move(*actor));
    return {};
}

Result<> check_collections(Tx& tx, Id reporter_id, const NewReport& wanted) {
    for (const auto id : wanted.collection_ids) {
        const auto found = TRY(repo::find_collection(tx, reporter_id, id));
        if (!found || found->owner_id != wanted.target_id) return fail(Code::not_found, "Record not found");
    }
    return {};
}

// Whose team reads it; none where the posts are not all in one group: it would read what is not in its own.
std::optional<Id> group_of_all(const std::vector<Post>& posts) {
    if (posts.empty()) return {};
    const auto group = posts.front().group_id;
    const bool same = std::all_of(posts.begin(), posts.end(), [&](const Post& post) { return post.group_id == group; });
    return same ? group : std::optional<Id>{};
}

std::vector<Id> one_a_host(const std::vector<Actor>& actors) {
    std::vector<Id> out;
    std::vector<std::string> told;
    for (const auto& actor : actors) {
        if (std::find(told.begin(), told.end(), actor.host) != told.end() || out.size() >= limits::report_forwards_max) continue;
        told.push_back(actor.host);
        out.push_back(actor.id);
    }
    return out;
}

// One actor for each host that is told.
Result<std::vector<Id>> told_elsewhere(Tx& tx, const NewReport& wanted,
                                       const std::vector<Post>& posts) {
    std::vector<Id> out;
    std::vector<Actor> candidates;
    if (wanted.forward) TRY(add_remote(tx, candidates, wanted.target_id));
    // A group's moderators decide about what is in it, wherever they are.
    for (const auto& post : posts) TRY(add_remote(tx, candidates, post.group_id));
    const auto group = posts.empty() || !posts.front().group_id ? std::nullopt : TRY(repo::find_actor(tx, *posts.front().group_id));
    if (group && group->local)
        for (const auto id : TRY(told_of_report(tx, *group, wanted.target_id))) TRY(add_remote(tx, candidates, id));
    if (!wanted.forward) return one_a_host(candidates);
    const auto& hosts = wanted.forward_hosts;
    if (!hosts.empty())
        for (const auto& post : posts) TRY(add_remote(tx, candidates, post.in_reply_to_actor_id));
    std::vector<std::string> told;
    for (const auto& actor : candidates) {
        const auto among = [&](const auto& list) {
            return std::find(list.begin(), list.end(), actor.host) != list.end();
        };
        if (among(told) || (!hosts.empty() && !among(hosts)) ||
            out.size() >= limits::report_forwards_max)
            continue;
        told.push_back(actor.host);
        out.push_back(actor.id);
    }
    return out;
}

Result<> forward(Tx& tx, const Context& context, const Report& report,
                 const std::vector<Id>& told) {
    auto instance = TRY(repo::find_actor_by_ap_id(tx, context.urls.instance_actor()));
    if (!instance) return fail(Code::internal, "there is no instance actor");
    json::Writer w;
    w.object().member("report", report.id).key("to").array();
    for (auto id : told) w.value(id);
    w.end().end();
    return emit(tx, context,
                {.kind = model::EventKind::report_forwarded,
                 .actor_id = instance->id,
                 .target_id = report.target_id,
                 .payload = w.take()});
}

Result<Actor> reportable(Tx& tx, Id id) {
    auto actor = TRY(repo::find_actor(tx, id));
    if (!actor || actor->deleted_at || actor->suspended_at ||
        actor->kind == model::ActorKind::application)
        return fail(Code::not_found, "Record not found");
    return *actor;
}

// A violation is of rules that there are.
Result<> check_rules(Tx& tx, const Report& report) {
    if (report.category != "violation") return {};
    const auto rules = TRY(repo::rules(tx));
    const auto known = [&](Id id) { return std::any_of(rules.begin(), rules.end(), [id](const auto& rule) { return rule.id == id; }); };
    if (report.rule_ids.empty() || !std::all_of(report.rule_ids.begin(), report.rule_ids.end(), known))
        return fail(Code::unprocessable, "Validation failed: Rule ids do not reference valid rules");
    return {};
}

Result<> require_handler(Tx& tx, Handler who) {
    if (who && !TRY(handles_reports(tx, *who)))
        return fail(Code::forbidden, "This action is not allowed");
    return {};
}

// Of one report. Whoever sees none learns nothing of which there are.
Result<Report> require_report(Tx& tx, Handler who, Id id) {
    auto report = TRY(repo::find_report(tx, id));
    if (who && (!report || !TRY(sees_report(tx, *who, *report)))) {
        TRY(require_handler(tx, who));
        return fail(Code::not_found, "Record not found");
    }
    if (!report) return fail(Code::not_found, "Record not found");
    return std::move(*report);
}

Result<> tell_resolved(Tx& tx, const Context& context, const Report& report, Handler who) {
    const auto group = report.group_id ? TRY(repo::find_actor(tx, *report.group_id)) : std::nullopt;
    if (!group || report.ap_id.empty()) return {};
    if (!group->local && (!who || !TRY(is_group_moderator(tx, *group, *who)))) return {};
    json::Writer w;
    w.object().member("report", report.id).member("resolve", true).end();
    return emit(tx, context,
                {.kind = model::EventKind::report_forwarded,
                 .actor_id = who.value_or(group->id),
                 .target_id = report.target_id,
                 .group_id = group->id,
                 .object_ap_id = context.urls.activity(context.ids.next()),
                 .payload = w.take()});
}

Result<ReportView> found_report(Tx& tx, Id id) {
    auto view = TRY(load_report(tx, id));
    if (!view) return fail(Code::not_found, "Record not found");
    return std::move(*view);
}

// Changes one report and gives it as it is afterwards.
template <class Change>
Result<ReportView> changed(Context& context, Handler who, Id id, Change change) {
    return context.db.write([&context, who, id, change](Tx& tx) -> Result<ReportView> {
        auto report = TRY(require_report(tx, who, id));
        const bool was_open = !report.resolved_at;
        report.updated_at = context.clock.now_ms();
        change(report);
        TRY(repo::update_report(tx, report));
        if (was_open && report.resolved_at) TRY(tell_resolved(tx, context, report, who));
        return found_report(tx, id);
    });
}

}  // namespace

Result<ReportView> submit_report(Context& context, Id reporter_id, const NewReport& wanted) {
    TRY(check(wanted));
    return context.db.write([&context, reporter_id, wanted](Tx& tx) -> Result<ReportView> {
        TRY(reportable(tx, wanted.target_id));
        const auto posts = TRY(posts_meant(tx, reporter_id, wanted));
        TRY(check_collections(tx, reporter_id, wanted));
        const auto told = TRY(told_elsewhere(tx, wanted, posts));
        Report report;
        report.id = context.ids.next();
        report.reporter_id = reporter_id;
        report.target_id = wanted.target_id;
        report.category = wanted.rule_ids.empty() ? wanted.category : "violation";
        report.rule_ids = wanted.rule_ids;
        TRY(check_rules(tx, report));
        report.comment = wanted.comment;
        report.forwarded = !told.empty();
        report.group_id = group_of_all(posts);
        if (report.group_id) {
            report.ap_id = context.urls.activity(report.id);
            report.flag_actor = context.urls.instance_actor();
        }
        report.created_at = report.updated_at = context.clock.now_ms();
        TRY(file_report(tx, context, report, wanted.post_ids));
        TRY(repo::add_reported_collections(tx, report.id, wanted.collection_ids));
        if (!told.empty()) TRY(forward(tx, context, report, told));
        return found_report(tx, report.id);
    });
}

namespace {

Result<Page<ReportView>> page_of(Tx& tx, const repo::ReportFilter& filter, const PageRequest& request) {
    Page<ReportView> page;
    auto rows = TRY(repo::reports_page(tx, filter, window_of(request)));
    if (!rows.empty()) set_cursors(page, rows.front().id, rows.back().id, rows.size(), request);
    for (const auto& row : rows) page.items.push_back(TRY(found_report(tx, row.id)));
    return page;
}

}  // namespace

Result<Page<ReportView>> team_reports(Context& context, Id who, repo::ReportFilter filter, const PageRequest& request) {
    return context.db.read([&](Tx& tx) -> Result<Page<ReportView>> {
        const bool own = filter.reporter_id == who;  // what one said oneself
        if (!own && !TRY(handles_reports(tx, who))) {
            if (!TRY(repo::is_in_a_team(tx, who))) return fail(Code::forbidden, "This action is not allowed");
            filter.team_of = who;
        }
        return page_of(tx, filter, request);
    });
}

Result<std::int64_t> count_team_reports(Context& context, Id who) {
    return context.db.read([&](Tx& tx) -> Result<std::int64_t> {
        const auto team_of = TRY(handles_reports(tx, who)) ? std::nullopt : std::optional(who);
        return repo::count_team_reports(tx, team_of, limits::team_reports_counted_max);
    });
}

Result<bool> sees_report(Tx& tx, Id actor_id, const Report& report) {
    if (report.group_id && report.target_id == actor_id) return false;
    if (TRY(handles_reports(tx, actor_id))) return true;
    const auto group = report.group_id ? TRY(repo::find_actor(tx, *report.group_id)) : std::nullopt;
    return group && may(TRY(team_role(tx, *group, actor_id)), GroupRight::see_reports);
}

Result<bool> mark_resolved(Tx& tx, Report report, std::optional<Id> by, TimeMs at) {
    if (report.resolved_at) return false;
    report.resolved_at = report.updated_at = at;
    report.resolved_by_id = by;
    TRY(repo::update_report(tx, report));
    return true;
}

Result<std::vector<Id>> told_of_report(Tx& tx, const Actor& group, Id target) {
    std::vector<Actor> out;
    for (const auto& moderator : TRY(group_moderators_of(tx, group))) TRY(add_remote(tx, out, moderator.id));
    TRY(add_remote(tx, out, target));
    return one_a_host(out);
}

Result<Page<ReportView>> reports(Context& context, Handler who, const repo::ReportFilter& filter,
                                 const PageRequest& request) {
    return context.db.read([&](Tx& tx) -> Result<Page<ReportView>> {
        TRY(require_handler(tx, who));
        return page_of(tx, filter, request);
    });
}

Result<ReportView> report(Context& context, Handler who, Id report_id) {
    return context.db.read([&](Tx& tx) -> Result<ReportView> {
        TRY(require_report(tx, who, report_id));
        return found_report(tx, report_id);
    });
}

Result<ReportView> assign_report(Context& context, Handler who, Id report_id,
                                 std::optional<Id> to) {
    return changed(context, who, report_id, [to](Report& r) { r.assigned_id = to; });
}

Result<ReportView> categorize_report(Context& context, Handler who, Id report_id, std::string_view category) {
    if (std::find(categories.begin(), categories.end(), category) == categories.end())
        return fail(Code::unprocessable, "Validation failed: Category is not included in the list");
    return changed(context, who, report_id, [category](Report& report) { report.category = category; });
}

Result<ReportView> resolve_report(Context& context, Handler who, Id report_id) {
    return changed(context, who, report_id, [who](Report& r) {
        if (r.resolved_at) return;  // who handled it first stays named
        r.resolved_at = r.updated_at;
        r.resolved_by_id = who;
    });
}

Result<ReportView> reopen_report(Context& context, Handler who, Id report_id) {
    return changed(context, who, report_id, [](Report& r) {
        r.resolved_at.reset();
        r.resolved_by_id.reset();
    });
}

Result<bool> handles_reports(Tx& tx, Id actor_id) {
    auto user = TRY(repo::find_user_by_actor(tx, actor_id));
    return user && !user->disabled_at && user->role >= model::UserRole::moderator;
}

Result<std::optional<ReportView>> load_report(Tx& tx, Id report_id) {
    auto report = TRY(repo::find_report(tx, report_id));
    if (!report) return std::optional<ReportView>{};
    auto reporter = TRY(repo::find_actor(tx, report->reporter_id));
    auto target = TRY(repo::find_actor(tx, report->target_id));
    if (!reporter || !target) return std::optional<ReportView>{};
    ReportView view{*report, std::move(*reporter), std::move(*target), {}, {}, {}, {}, {}};
    if (!report->rule_ids.empty())
        for (auto& rule : TRY(repo::rules(tx)))
            if (std::find(report->rule_ids.begin(), report->rule_ids.end(), rule.id) != report->rule_ids.end())
                view.rules.push_back(std::move(rule));
    if (report->assigned_id) view.assigned = TRY(repo::find_actor(tx, *report->assigned_id));
    if (report->resolved_by_id)
        view.resolved_by = TRY(repo::find_actor(tx, *report->resolved_by_id));
    for (auto id : TRY(repo::reported_posts(tx, report_id)))
        if (auto post = TRY(repo::find_post(tx, id))) view.posts.push_back(std::move(*post));
    view.collections = TRY(repo::reported_collections(tx, report_id));
    view.texts = TRY(repo::reported_texts(tx, report_id));
    if (report->group_id) view.group = TRY(repo::find_actor(tx, *report->group_id));
    return std::optional<ReportView>(std::move(view));
}

Result<> file_report(Tx& tx, const Context& context, const Report& report,
                     std::span<const Id> posts) {
    if (!TRY(repo::add_report(tx, report, posts))) return {};
    auto handlers = TRY(repo::report_handlers(tx));
    if (report.group_id)
        for (const auto id : TRY(repo::group_report_handlers(tx, *report.group_id)))
            if (std::find(handlers.begin(), handlers.end(), id) == handlers.end()) handlers.push_back(id);
    for (auto moderator : handlers) {
        if (moderator == report.reporter_id || (report.group_id && moderator == report.target_id)) continue;
        TRY(repo::add_notification(tx, {.id = context.ids.next(),
                                        .owner_id = moderator,
                                        .kind = model::NotificationKind::admin_report,
                                        .from_id = report.reporter_id,
                                        .created_at = report.created_at,
                                        .report_id = report.id}));
    }
    if (!TRY(site_settings(tx)).mail_reports) return {};
    return mail_team(tx, context, {.to = {},
                                   .subject = "A report on " + context.config.server.title,
                                   .text = "A report waits for a moderator:\n\n" + report.comment + "\n"});
}

}  // namespace kith::community
