#include "node/community/figures.hpp"

#include "config/limits/figures.hpp"

#include <algorithm>
#include <chrono>
#include <map>
#include <set>

namespace kith::community {

using repo::DayFigure;
using repo::Figure;
using repo::FigureWindow;
using sql::Tx;

namespace {

constexpr TimeMs week_ms = 7 * day_ms;
constexpr TimeMs first_monday = 4 * day_ms;  // 1970-01-05

std::chrono::year_month month_of(TimeMs at) {
    const std::chrono::sys_days day{std::chrono::days{at / day_ms}};
    const std::chrono::year_month_day date{day};
    return date.year() / date.month();
}

TimeMs begin_of(std::chrono::year_month month) {
    return std::chrono::sys_days{month / std::chrono::day{1}}.time_since_epoch().count() * day_ms;
}

TimeMs period_of(TimeMs at, Every every) { return every == Every::day ? at / day_ms * day_ms : begin_of(month_of(at)); }
TimeMs after(TimeMs period, Every every) {
    return every == Every::day ? period + day_ms : begin_of(month_of(period) + std::chrono::months{1});
}

Result<> check(TimeMs from, TimeMs to) {
    if (from < 0 || to < from || to - from > limits::figure_days_max * day_ms)
        return fail(Code::unprocessable, "Validation failed: a period has at most " +
                                             std::to_string(limits::figure_days_max) + " days");
    return {};
}

}  // namespace

Result<Series> series(Context& context, Figure figure, const FigureWindow& window) {
    TRY(check(window.from, window.to));
    return context.db.read([&](Tx& tx) -> Result<Series> {
        Series out;
        out.total = TRY(repo::figure_total(tx, figure, window));
        out.previous = TRY(repo::figure_total(
            tx, figure, {.from = window.from - (window.to - window.from), .to = window.from, .key = window.key}));
        const auto found = TRY(repo::figure_by_day(tx, figure, window));
        auto next = found.begin();
        for (auto day = window.from; day < window.to; day += day_ms) {
            const bool any = next != found.end() && next->day == day;
            out.days.push_back({day, any ? next->value : 0});
            if (any) ++next;
        }
        return out;
    });
}

Result<std::vector<repo::Ranked>> rank(Context& context, repo::Ranking what, const FigureWindow& window, int limit) {
    TRY(check(window.from, window.to));
    return context.db.read([&](Tx& tx) { return repo::ranking(tx, what, window, limit); });
}

Result<repo::DatabaseFigures> about_database(Context& context) {
    return context.db.read([](Tx& tx) { return repo::database_figures(tx); });
}

Result<std::vector<Cohort>> cohorts(Context& context, TimeMs from, TimeMs to, Every every) {
    TRY(check(from, to));
    const auto now = context.clock.now_ms();
    std::vector<TimeMs> periods;
    for (auto period = period_of(from, every); period < to; period = after(period, every)) periods.push_back(period);
    if (periods.size() > std::size_t(limits::cohort_periods_max))
        return fail(Code::unprocessable, "Validation failed: at most " + std::to_string(limits::cohort_periods_max) + " periods");
    return context.db.read([&](Tx& tx) -> Result<std::vector<Cohort>> {
        std::vector<Cohort> out;
        if (periods.empty()) return out;
        const FigureWindow window{.from = periods.front(), .to = after(periods.back(), every), .key = {}};
        std::map<TimeMs, std::set<Id>> members, active;
        for (const auto& s : TRY(repo::sign_up_days(tx, window, limits::cohort_rows_max)))
            members[period_of(s.day, every)].insert(s.user);
        for (const auto& a : TRY(repo::active_days(tx, window, limits::cohort_rows_max)))
            active[period_of(a.day, every)].insert(a.user);
        for (const auto period : periods) {
            const auto& cohort = members[period];
            Cohort row{.period = period, .cells = {}};
            for (const auto later : periods) {
                if (later < period || after(later, every) > now) continue;
                const auto& there = active[later];
                const auto count = std::count_if(cohort.begin(), cohort.end(), [&](Id id) { return there.contains(id); });
                row.cells.push_back({later, count, cohort.empty() ? 0 : double(count) / double(cohort.size())});
            }
            out.push_back(std::move(row));
        }
        return out;
    });
}

Result<std::vector<Week>> weeks(Context& context) {
    const auto now = context.clock.now_ms();
    return context.db.read([&](Tx& tx) -> Result<std::vector<Week>> {
        std::vector<Week> out;
        auto begin = (now - first_monday) / week_ms * week_ms + first_monday;
        for (int n = 0; n < limits::activity_weeks; ++n, begin -= week_ms) {
            const FigureWindow window{.from = begin, .to = begin + week_ms, .key = {}};
            out.push_back({.begin = begin,
                           .posts = TRY(repo::figure_total(tx, Figure::local_posts, window)),
                           .active = TRY(repo::figure_total(tx, Figure::active_users, window)),
                           .sign_ups = TRY(repo::figure_total(tx, Figure::new_users, window))});
        }
        return out;
    });
}

}  // namespace kith::community
