#pragma once
#include "base/core/result.hpp"
#include "storage/model/annual_report.hpp"
#include "storage/sql/db.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

// A member's years: what is counted for a report, and the reports that were made.
namespace kith::repo {

// From the first moment to before the last one.
struct Span {
    TimeMs from = 0, to = 0;
};

// What somebody posted, by its form. A boost is none of the others.
struct PostedCounts {
    std::int64_t beginnings = 0, replies = 0, polls = 0, boosts = 0;  // polls are among the first two
    std::int64_t all() const { return beginnings + replies + boosts; }
};
Result<PostedCounts> posted(sql::Tx&, Id actor, Span);
// Follows of that time that still stand.
Result<std::int64_t> followers_won(sql::Tx&, Id actor, Span);

struct UsedTag {
    std::string name;
    std::int64_t count = 0;
};
// Those in posts that are open to all, most used first.
Result<std::vector<UsedTag>> used_tags(sql::Tx&, Id actor, Span, int limit);
// Of the posts that are open to all, the one that was boosted most; nothing where none was.
Result<std::optional<Id>> most_boosted(sql::Tx&, Id actor, Span);

Result<bool> add_annual_report(sql::Tx&, const model::AnnualReport&);  // false where the year has one
Result<std::optional<model::AnnualReport>> find_annual_report(sql::Tx&, Id actor, int year);
Result<std::vector<model::AnnualReport>> annual_reports(sql::Tx&, Id actor);  // by year
Result<bool> set_annual_report_viewed(sql::Tx&, Id actor, int year, TimeMs);  // false where there is none

}  // namespace kith::repo
