#include "node/community/annual_reports.hpp"

#include "base/json/writer.hpp"
#include "config/limits/collections.hpp"
#include "storage/repo/annual_reports.hpp"
#include "storage/repo/posts.hpp"

#include <chrono>

namespace kith::community {

using model::AnnualReport;
using repo::PostedCounts;
using repo::Span;
using sql::Tx;

namespace {

constexpr int months = 12;

TimeMs begin_of(int year, int month, int day = 1) {
    const auto date = std::chrono::year{year} / month / day;
    return std::chrono::sys_days{date}.time_since_epoch().count() * day_ms;
}

Span span_of(int year) { return {begin_of(year, 1), begin_of(year + 1, 1)}; }

Span span_of(int year, int month) {
    return {begin_of(year, month), month == months ? begin_of(year + 1, 1) : begin_of(year, month + 1)};
}

bool is_time(const Context& context, int year) {
    return year >= limits::report_first_year &&
           context.clock.now_ms() >= begin_of(year, limits::report_month, limits::report_day);
}

// Playful, and coarse: who posts little looks on; who mostly boosts, asks or answers is called so; the
// others have something to say.
std::string_view archetype_of(const PostedCounts& year) {
    if (year.all() < limits::report_lurker_below) return "lurker";
    if (year.boosts > 2 * year.beginnings) return "booster";
    if (10 * year.polls > year.beginnings) return "pollster";
    if (year.replies > 2 * year.beginnings) return "replier";
    return "oracle";
}

Result<std::string> count(Tx& tx, Id member, int year) {
    const auto whole = span_of(year);
    json::Writer w;
    w.object().member("archetype", archetype_of(TRY(repo::posted(tx, member, whole)))).key("time_series").array();
    for (int month = 1; month <= months; ++month) {
        const auto span = span_of(year, month);
        w.object().member("month", month).member("statuses", TRY(repo::posted(tx, member, span)).all());
        w.member("followers", TRY(repo::followers_won(tx, member, span))).end();
    }
    w.end().key("top_hashtags").array();
    for (const auto& tag : TRY(repo::used_tags(tx, member, whole, limits::report_tags)))
        w.object().member("name", tag.name).member("count", tag.count).end();
    w.end().key("top_statuses").object().key("by_reblogs");
    if (const auto post = TRY(repo::most_boosted(tx, member, whole)))
        w.value(std::to_string(*post));
    else
        w.null();
    w.null_member("by_replies").null_member("by_favourites").end().end();
    return w.take();
}

Result<AnnualReportState> state(Tx& tx, const Context& context, Id member, int year) {
    if (TRY(repo::find_annual_report(tx, member, year))) return AnnualReportState::available;
    if (!is_time(context, year) || TRY(repo::posted(tx, member, span_of(year))).all() == 0)
        return AnnualReportState::ineligible;
    return AnnualReportState::eligible;
}

Result<AnnualReportView> view(Tx& tx, AnnualReport report) {
    AnnualReportView out{std::move(report), {}};
    const auto data = TRY(json::Document::parse(out.report.data));
    const auto post = parse_id(data["top_statuses"]["by_reblogs"].string_or(""));
    if (post && TRY(repo::sees_post(tx, out.report.actor_id, *post))) out.top_post = post;
    return out;
}

}  // namespace

Result<AnnualReportState> annual_report_state(Context& context, Id member, int year) {
    return context.db.read([&](Tx& tx) { return state(tx, context, member, year); });
}

Result<AnnualReportState> make_annual_report(Context& context, Id member, int year) {
    // Counted by a reader, who keeps nobody waiting; what two count at once is the same.
    AnnualReport report{.actor_id = member, .year = year, .data = "", .created_at = context.clock.now_ms(), .viewed_at = {}};
    const auto found = TRY(context.db.read([&](Tx& tx) -> Result<AnnualReportState> {
        const auto now = TRY(state(tx, context, member, year));
        if (now == AnnualReportState::eligible) report.data = TRY(count(tx, member, year));
        return now;
    }));
    if (found != AnnualReportState::eligible) return found;
    TRY(context.db.write([&](Tx& tx) { return repo::add_annual_report(tx, report); }));
    return AnnualReportState::available;
}

Result<std::vector<AnnualReportView>> annual_reports(Context& context, Id member) {
    return context.db.read([&](Tx& tx) -> Result<std::vector<AnnualReportView>> {
        std::vector<AnnualReportView> out;
        for (auto& report : TRY(repo::annual_reports(tx, member))) out.push_back(TRY(view(tx, std::move(report))));
        return out;
    });
}

Result<AnnualReportView> annual_report(Context& context, Id member, int year) {
    return context.db.read([&](Tx& tx) -> Result<AnnualReportView> {
        auto report = TRY(repo::find_annual_report(tx, member, year));
        if (!report) return fail(Code::not_found, "Record not found");
        return view(tx, std::move(*report));
    });
}

Result<> read_annual_report(Context& context, Id member, int year) {
    return context.db.write([&](Tx& tx) -> Result<> {
        if (!TRY(repo::set_annual_report_viewed(tx, member, year, context.clock.now_ms())))
            return fail(Code::not_found, "Record not found");
        return {};
    });
}

}  // namespace kith::community
