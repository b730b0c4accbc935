#include "node/community/reports.hpp"

#include "base/json/writer.hpp"
#include "base/text/utf8.hpp"
#include "config/limits/reports.hpp"
#include "node/community/events.hpp"
#include "node/community/page_window.hpp"
#include "storage/repo/accounts.hpp"
#include "storage/repo/actors.hpp"
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

// One actor for each host that is told.
Result<std::vector<Id>> told_elsewhere(Tx& tx, const NewReport& wanted,
                                       const std::vector<Post>& posts) {
    std::vector<Id> out;
    if (!wanted.forward) return out;
    std::vector<Actor> candidates;
    TRY(add_remote(tx, candidates, wanted.target_id));
    for (const auto& post : posts) TRY(add_remote(tx, candidates, post.group_id));
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

Result<> require_handler(Tx& tx, Handler who) {
    if (who && !TRY(handles_reports(tx, *who)))
        return fail(Code::forbidden, "This action is not allowed");
    return {};
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
        TRY(require_handler(tx, who));
        auto report = TRY(repo::find_report(tx, id));
        if (!report) return fail(Code::not_found, "Record not found");
        report->updated_at = context.clock.now_ms();
        change(*report);
        TRY(repo::update_report(tx, *report));
        return found_report(tx, id);
    });
}

}  // namespace

Result<ReportView> submit_report(Context& context, Id reporter_id, const NewReport& wanted) {
    TRY(check(wanted));
    return context.db.write([&context, reporter_id, wanted](Tx& tx) -> Result<ReportView> {
        TRY(reportable(tx, wanted.target_id));
        const auto posts = TRY(posts_meant(tx, reporter_id, wanted));
        const auto told = TRY(told_elsewhere(tx, wanted, posts));
        Report report;
        report.id = context.ids.next();
        report.reporter_id = reporter_id;
        report.target_id = wanted.target_id;
        report.category = wanted.category;
        report.comment = wanted.comment;
        report.forwarded = !told.empty();
        report.created_at = report.updated_at = context.clock.now_ms();
        TRY(file_report(tx, context, report, wanted.post_ids));
        if (!told.empty()) TRY(forward(tx, context, report, told));
        return found_report(tx, report.id);
    });
}

Result<Page<ReportView>> reports(Context& context, Handler who, const repo::ReportFilter& filter,
                                 const PageRequest& request) {
    return context.db.read([&](Tx& tx) -> Result<Page<ReportView>> {
        TRY(require_handler(tx, who));
        Page<ReportView> page;
        auto rows = TRY(repo::reports_page(tx, filter, window_of(request)));
        if (!rows.empty()) set_cursors(page, rows.front().id, rows.back().id, rows.size(), request);
        for (const auto& row : rows) page.items.push_back(TRY(found_report(tx, row.id)));
        return page;
    });
}

Result<ReportView> report(Context& context, Handler who, Id report_id) {
    return context.db.read([&](Tx& tx) -> Result<ReportView> {
        TRY(require_handler(tx, who));
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
    ReportView view{*report, std::move(*reporter), std::move(*target), {}, {}, {}};
    if (report->assigned_id) view.assigned = TRY(repo::find_actor(tx, *report->assigned_id));
    if (report->resolved_by_id)
        view.resolved_by = TRY(repo::find_actor(tx, *report->resolved_by_id));
    for (auto id : TRY(repo::reported_posts(tx, report_id)))
        if (auto post = TRY(repo::find_post(tx, id))) view.posts.push_back(std::move(*post));
    return std::optional<ReportView>(std::move(view));
}

Result<> file_report(Tx& tx, const Context& context, const Report& report,
                     std::span<const Id> posts) {
    if (!TRY(repo::add_report(tx, report, posts))) return {};
    for (auto moderator : TRY(repo::report_handlers(tx))) {
        if (moderator == report.reporter_id) continue;
        TRY(repo::add_notification(tx, {.id = context.ids.next(),
                                        .owner_id = moderator,
                                        .kind = model::NotificationKind::admin_report,
                                        .from_id = report.reporter_id,
                                        .created_at = report.created_at,
                                        .report_id = report.id}));
    }
    return {};
}

}  // namespace kith::community
