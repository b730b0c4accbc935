#pragma once
#include "base/json/writer.hpp"
#include "node/community/reports.hpp"

#include <string>

namespace kith::mastodon {

// Report (Mastodon: entities/Report): what its reporter, and a moderator's notification, get.
void write_report(json::Writer&, const community::Context&, const community::ReportView&);
// Admin::Report, for a moderator. Addresses of people are not in it: who handles a report does not
// need them. `posts`: those that the moderator may see.
void write_admin_report(json::Writer&, const community::Context&, Id moderator_id,
                        const community::ReportView&, std::span<const community::PostView> posts);

}  // namespace kith::mastodon
