#pragma once
#include "node/community/context.hpp"
#include "storage/model/annual_report.hpp"

#include <optional>
#include <string_view>
#include <vector>

// What a member's year was (Mastodon: methods/annual_reports, the data's schema version 2). Years are those
// of UTC. A report is counted when its member asks for it, from what is here then, and stays as it is.
namespace kith::community {

inline constexpr int annual_report_schema = 2;

// Of a year that is over, or nearly (from 10 December on), in which the member posted or boosted.
enum class AnnualReportState { available, eligible, ineligible };
Result<AnnualReportState> annual_report_state(Context&, Id member, int year);

// Makes the report where it is eligible and not made yet; otherwise does nothing.
Result<AnnualReportState> make_annual_report(Context&, Id member, int year);

struct AnnualReportView {
    model::AnnualReport report;
    std::optional<Id> top_post;  // what it names and the member still sees
};
Result<std::vector<AnnualReportView>> annual_reports(Context&, Id member);  // by year
// Code::not_found where it was not made.
Result<AnnualReportView> annual_report(Context&, Id member, int year);
Result<> read_annual_report(Context&, Id member, int year);

}  // namespace kith::community
