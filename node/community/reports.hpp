#pragma once
#include "node/community/context.hpp"
#include "node/community/paging.hpp"
#include "node/community/posts.hpp"
#include "storage/model/actor.hpp"
#include "storage/model/announcement.hpp"
#include "storage/model/collection.hpp"
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
    std::vector<Id> collection_ids{};  // likewise
    std::string comment, category = "other";
    std::vector<Id> rule_ids;  // of the node's rules; with them it is a violation
    bool forward = false;  // to the host of the target, and to those of its posts' groups
    // Where given: only to these hosts, and then also to those that the posts answer.
    std::vector<std::string> forward_hosts;
};

// A report with the people in it.
struct ReportView {
    model::Report report;
    model::Actor reporter, target;
    std::optional<model::Actor> assigned, resolved_by;
    std::vector<model::Rule> rules;
    std::vector<model::Post> posts;  // all of them, also those the handler would not see
    std::vector<model::Collection> collections = {};
    std::vector<model::ReportedText> texts = {};  // as they were when they were reported
    std::optional<model::Actor> group = {};       // whose team sees it, too
};

// Code::not_found: the account, or a post or collection that is not its own or not visible; Code::unprocessable:
// a comment too long, an unknown category, too many posts.
Result<ReportView> submit_report(Context&, Id reporter_id, const NewReport&);

// Who looks into reports: a moderator here, or of the team of the group that it is in (GroupRight::see_reports),
// and never whom it is about; nothing = the operator at the command line. All give Code::forbidden to others.
using Handler = std::optional<Id>;

// Those of the groups whose reports somebody sees; all for a moderator of the node.
Result<Page<ReportView>> team_reports(Context&, Id who, repo::ReportFilter, const PageRequest&);
// How many of these are open, counted up to a limit; 0 for who sees none.
Result<std::int64_t> count_team_reports(Context&, Id who);
// All of them: for moderators of the node.
Result<Page<ReportView>> reports(Context&, Handler, const repo::ReportFilter&, const PageRequest&);
Result<ReportView> report(Context&, Handler, Id report_id);
Result<ReportView> assign_report(Context&, Handler, Id report_id, std::optional<Id> to);
// Code::unprocessable for a category that is none.
Result<ReportView> categorize_report(Context&, Handler, Id report_id, std::string_view category);
// In a group the hosts of its moderators, of the reporter and of the author hear of it.
Result<ReportView> resolve_report(Context&, Handler, Id report_id);
Result<ReportView> reopen_report(Context&, Handler, Id report_id);

Result<bool> handles_reports(sql::Tx&, Id actor_id);
Result<std::optional<ReportView>> load_report(sql::Tx&, Id report_id);

// Whether somebody sees a report: see Handler.
Result<bool> sees_report(sql::Tx&, Id actor_id, const model::Report&);
// Resolved by somebody elsewhere, or taken back; who handled it first stays named. False where it was so.
Result<bool> mark_resolved(sql::Tx&, model::Report, std::optional<Id> by, TimeMs at);
// The actors elsewhere that hear of a report in a group here: its moderators, and the author.
Result<std::vector<Id>> told_of_report(sql::Tx&, const model::Actor& group, Id target);

// Stores a report and tells the moderators of the node and of its group. Nothing where it is there already.
Result<> file_report(sql::Tx&, const Context&, const model::Report&, std::span<const Id> posts);

}  // namespace kith::community
