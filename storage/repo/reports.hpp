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

// False where the same Flag about the same account is there already.
Result<bool> add_report(sql::Tx&, const model::Report&, std::span<const Id> posts);
// assigned, updated and resolved; nothing else of a report changes.
Result<> update_report(sql::Tx&, const model::Report&);
Result<std::optional<model::Report>> find_report(sql::Tx&, Id);

struct ReportFilter {
    bool resolved = false;  // else those that are open
    std::optional<Id> reporter_id, target_id;
};
Result<std::vector<model::Report>> reports_page(sql::Tx&, const ReportFilter&, const Window&);
Result<std::vector<Id>> reported_posts(sql::Tx&, Id report);  // oldest first
Result<std::int64_t> count_open_reports(sql::Tx&, std::string_view origin_host);
// Local people who handle reports: moderators and admins whose accounts are in use.
Result<std::vector<Id>> report_handlers(sql::Tx&);

}  // namespace kith::repo
