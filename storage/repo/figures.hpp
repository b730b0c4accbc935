#pragma once
#include "base/core/clock.hpp"
#include "base/core/result.hpp"
#include "storage/sql/db.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

// Counts for those who run a node, from what is stored anyway: nothing is collected for them. Whoever
// posts, boosts or reacts is active; reading is nobody's business.
namespace kith::repo {

// Times in ms, [from, to). `key` is a hashtag's id, or a host, where the figure is about one.
struct FigureWindow {
    TimeMs from = 0, to = 0;
    std::string key;
};

enum class Figure {
    active_users, new_users, interactions, opened_reports, resolved_reports, tag_accounts, tag_uses, tag_servers,
    instance_accounts, instance_reports, instance_statuses, instance_follows, instance_followers, local_posts,
};

struct DayFigure {
    TimeMs day = 0;  // its beginning
    std::int64_t value = 0;
};
Result<std::vector<DayFigure>> figure_by_day(sql::Tx&, Figure, const FigureWindow&);  // days that have any
// Of people and hosts each once, however many days they were there.
Result<std::int64_t> figure_total(sql::Tx&, Figure, const FigureWindow&);

enum class Ranking { languages, sources, servers, tag_servers, tag_languages, instance_accounts, instance_languages };
struct Ranked {
    std::string key;  // "" = not said
    std::int64_t value = 0;
};
Result<std::vector<Ranked>> ranking(sql::Tx&, Ranking, const FigureWindow&, int limit);

// Who signed up when, and on which later days they were active.
struct SignUpDay {
    std::int64_t user = 0;
    TimeMs day = 0;
};
Result<std::vector<SignUpDay>> sign_up_days(sql::Tx&, const FigureWindow&, int limit);
Result<std::vector<SignUpDay>> active_days(sql::Tx&, const FigureWindow&, int limit);

struct DatabaseFigures {
    std::int64_t bytes = 0;
    std::string name, version;
};
Result<DatabaseFigures> database_figures(sql::Tx&);

}  // namespace kith::repo
