#pragma once
#include "node/community/context.hpp"
#include "node/community/paging.hpp"
#include "node/community/posts.hpp"
#include "storage/model/actor.hpp"
#include "storage/model/report.hpp"
#include "storage/repo/reports.hpp"

#include <optional>
#include <span>
#include <string>
#include <vector>

// What members and other hosts report, and what moderators do about it.
namespace kith::community {

struct NewReport {
    Id target_id = 0;
    std::vector<Id> post_ids;  // of the target, and visible to who reports
    std::string comment, category = "other";
    bool forward = false;  // to the host of the target, and to those of its posts' groups
    // Where given: only to these hosts, and then also to those that the posts answer.
    std::vector<std::string> forward_hosts;
};

// A report with the people in it.
struct ReportView {
    model::Report report;
    model::Actor reporter, target;
    std::optional<model::Actor> assigned, resolved_by;
    std::vector<model::Post> posts;  // all of them, also those the handler would not see
};

// Code::not_found: the account, or a post that is not its own or not visible; Code::unprocessable:
// a comment too long, an unknown category, too many posts.
Result<ReportView> submit_report(Context&, Id reporter_id, const NewReport&);

// Who looks into reports: a moderator here; nothing = the operator at the command line. All give
// Code::forbidden to others.
using Handler = std::optional<Id>;

Result<Page<ReportView>> reports(Context&, Handler, const repo::ReportFilter&, const PageRequest&);
Result<ReportView> report(Context&, Handler, Id report_id);
Result<ReportView> assign_report(Context&, Handler, Id report_id, std::optional<Id> to);
// Code::unprocessable for a category that is none.
Result<ReportView> categorize_report(Context&, Handler, Id report_id, std::string_view category);
Result<ReportView> resolve_report(Context&, Handler, Id report_id);
Result<ReportView> reopen_report(Context&, Handler, Id report_id);

Result<bool> handles_reports(sql::Tx&, Id actor_id);
Result<std::optional<ReportView>> load_report(sql::Tx&, Id report_id);

// Stores a report and tells the moderators. Nothing where it is there already.
Result<> file_report(sql::Tx&, const Context&, const model::Report&, std::span<const Id> posts);

}  // namespace kith::community
