#pragma once
#include "node/community/context.hpp"
#include "storage/repo/figures.hpp"

#include <cstdint>
#include <string>
#include <vector>

// What moderators and admins may ask about their node as a whole. Days and weeks are UTC, windows
// half-open. Active is who posts, boosts or reacts: people who only read are not watched.
namespace kith::community {

struct Series {
    std::int64_t total = 0, previous = 0;  // previous: of the same length just before
    std::vector<repo::DayFigure> days;     // each day of the window, also those without any
};
// [from, to), midnights. Code::unprocessable for more than limits::figure_days_max days.
Result<Series> series(Context&, repo::Figure, const repo::FigureWindow&);
Result<std::vector<repo::Ranked>> rank(Context&, repo::Ranking, const repo::FigureWindow&, int limit);

Result<repo::DatabaseFigures> about_database(Context&);

enum class Every { day, month };
struct CohortCell {
    TimeMs period = 0;
    std::int64_t active = 0;
    double rate = 0;
};
struct Cohort {
    TimeMs period = 0;
    std::vector<CohortCell> cells;
};
// Of those who signed up in each period, who was active in which later one: exactly then, so that what
// was said once stays. A period that is not over yet is not judged and left out.
Result<std::vector<Cohort>> cohorts(Context&, TimeMs from, TimeMs to, Every);

struct Week {
    TimeMs begin = 0;  // Monday
    std::int64_t posts = 0, active = 0, sign_ups = 0;
};
// This week and those before it, newest first.
Result<std::vector<Week>> weeks(Context&);

}  // namespace kith::community
