#include "node/main/admin_reports.hpp"

#include "base/json/writer.hpp"
#include "config/limits/reports.hpp"
#include "node/community/accounts.hpp"
#include "node/community/reports.hpp"

namespace kith {

namespace {

using community::Context;
using community::ReportView;

// Of a report from elsewhere the host stands for whoever made it.
std::string reporter_of(const Context& context, const ReportView& view) {
    return view.report.origin_host.empty() ? community::acct_of(context, view.reporter)
                                           : view.report.origin_host;
}

std::string line_of(const Context& context, const ReportView& view) {
    const auto& r = view.report;
    return std::to_string(r.id) + "  " + format_iso8601(r.created_at) + "  " +
           community::acct_of(context, view.target) + "  by " + reporter_of(context, view) + "  " +
           r.category + "  " + std::to_string(view.posts.size()) + " posts" +
           (r.resolved_at ? "  resolved " + format_iso8601(*r.resolved_at) : "") + "\n";
}

void write(json::Writer& w, const Context& context, const ReportView& view) {
    const auto& r = view.report;
    w.object().member("id", std::to_string(r.id)).member("at", format_iso8601(r.created_at));
    w.member("account", community::acct_of(context, view.target));
    w.member("reporter", reporter_of(context, view)).member("category", r.category);
    w.member("comment", r.comment).member("forwarded", r.forwarded);
    w.key("posts").array();
    for (const auto& post : view.posts) w.value(post.ap_id);
    w.end();
    if (r.resolved_at)
        w.member("resolved_at", format_iso8601(*r.resolved_at));
    else
        w.null_member("resolved_at");
    w.end();
}

Result<Id> id_of(const AdminRequest& request) {
    auto id = parse_id(request.text("ID"));
    if (!id) return fail(Code::unprocessable, "ID is a number from `kith report list`");
    return *id;
}

}  // namespace

Result<std::string> report_list(Context& context, const AdminRequest& request) {
    const auto page = TRY(community::reports(context, {}, {.resolved = request.has("--resolved")},
                                             {.limit = limits::reports_page_max}));
    if (request.has("--json")) {
        json::Writer w;
        w.array();
        for (const auto& view : page.items) write(w, context, view);
        w.end();
        return w.take() + "\n";
    }
    std::string out;
    for (const auto& view : page.items) out += line_of(context, view);
    return out.empty() ? std::string("no reports\n") : out;
}

Result<std::string> report_show(Context& context, const AdminRequest& request) {
    const auto view = TRY(community::report(context, {}, TRY(id_of(request))));
    if (request.has("--json")) {
        json::Writer w;
        write(w, context, view);
        return w.take() + "\n";
    }
    auto out = line_of(context, view);
    if (!view.report.comment.empty()) out += "\n" + view.report.comment + "\n";
    if (!view.posts.empty()) out += "\n";
    for (const auto& post : view.posts) out += post.ap_id + "\n";
    return out;
}

Result<std::string> report_resolve(Context& context, const AdminRequest& request) {
    const auto id = TRY(id_of(request));
    TRY(request.has("--undo") ? community::reopen_report(context, {}, id)
                              : community::resolve_report(context, {}, id));
    return std::string(request.has("--undo") ? "open again\n" : "resolved\n");
}

}  // namespace kith
