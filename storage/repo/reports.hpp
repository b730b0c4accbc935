#pragma once
#include "base/core/result.hpp"
#include "storage/model/actor.hpp"
#include "storage/model/report.hpp"
#include "storage/repo/relations.hpp"
#include "storage/sql/db.hpp"

#include <optional>
#include <span>
#include <string_view>
#include <vector>

// Reports to the moderators.
namespace kith::repo {

// With the posts as they are now. False where the same Flag about the same account is there already.
Result<bool> add_report(sql::Tx&, const model::Report&, std::span<const Id> posts);
// assigned, updated and resolved; nothing else of a report changes.
Result<> update_report(sql::Tx&, const model::Report&);
Result<std::optional<model::Report>> find_report(sql::Tx&, Id);

struct ReportFilter {
    std::optional<bool> resolved = false;  // false: those that are open; nothing: both
    std::optional<Id> reporter_id, target_id;
    std::optional<Id> group_id = {};
    std::optional<Id> team_of = {};  // only of groups whose reports this one sees, and not about them
};
Result<std::vector<model::Report>> reports_page(sql::Tx&, const ReportFilter&, const Window&);
Result<std::vector<Id>> reported_posts(sql::Tx&, Id report);  // oldest first
// The same posts as they were when they were reported.
Result<std::vector<model::ReportedText>> reported_texts(sql::Tx&, Id report);
// Reports in groups that came or went by a Flag: of that id, or of that actor about that post (Lemmy's Resolve
// names a Flag by a new id).
Result<std::vector<model::Report>> reports_of_flag(sql::Tx&, std::string_view flag_id, std::string_view flag_actor,
                                                   std::string_view object);
// Whether somebody sees the reports of any group.
Result<bool> is_in_a_team(sql::Tx&, Id actor);
// Local people who see the reports of a group.
Result<std::vector<Id>> group_report_handlers(sql::Tx&, Id group);
// Open ones that somebody of teams sees; nobody = all. Counted up to `limit`.
Result<std::int64_t> count_team_reports(sql::Tx&, std::optional<Id> team_of, int limit);
// Of each of these posts that was reported, without reports about `reader`: of reports in groups, or of all.
struct PostReports {
    Id post_id = 0;
    std::int64_t all = 0, open = 0;
};
Result<std::vector<PostReports>> post_reports(sql::Tx&, std::span<const Id> posts, Id reader, bool outside_groups);
Result<std::int64_t> count_open_reports(sql::Tx&, std::string_view origin_host);
// Local people who handle reports: moderators and admins whose accounts are in use.
Result<std::vector<Id>> report_handlers(sql::Tx&);

}  // namespace kith::repo
