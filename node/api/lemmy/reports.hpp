#pragma once
#include "base/json/writer.hpp"
#include "node/api/lemmy/api_context.hpp"
#include "node/community/reports.hpp"

namespace kith::lemmy {

// PostReportView, CommentReportView, PrivateMessageReportView or CommunityReportView; false, and nothing, where what it
// is about is not to be shown (any more) or is none of these.
bool write_report_view(json::Writer&, const ApiContext&, const community::ReportView&, bool typed);

}  // namespace kith::lemmy
