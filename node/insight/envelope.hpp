#pragma once
#include "node/insight/snapshot.hpp"
#include "node/insight/statistics.hpp"
#include "node/insight/suppression.hpp"

#include <string_view>

// The form in which every single number leaves this place: with what it counts, whom it leaves out,
// how sure it is, and how much of it can be judged yet.
namespace kith::insight {

// What is seen of the members: `mixed` as soon as one is remote.
enum class Visibility { local, mixed };

struct Metric {
    std::string_view id;  // "M09.24h": catalogue number and variant
    std::string_view title;
    std::string_view unit;  // people, posts, pairs, share, hours
    int definition_version = 1;
    Window window;
    TimeMs as_of = 0;
    bool suppressed = false;        // then value, n, k and ci95 are empty
    std::optional<double> value;    // empty: there is nothing to compute it from
    std::int64_t n = 0;             // the denominator; of a count: the people looked at
    std::optional<std::int64_t> k;  // the numerator of a share
    std::optional<Interval> ci95;
    Coverage coverage;
    Visibility visibility = Visibility::local;
    std::optional<double> matured_share;  // of what belongs to n, how much was old enough to count
};

// Makes metrics about one snapshot for one view, suppressing what that view may not see.
class Envelopes {
public:
    Envelopes(const Snapshot& snapshot, View view) : snapshot_(snapshot), view_(view) {}

    // A number of people.
    Metric people(std::string_view id, std::string_view title, Window, std::int64_t count) const;

    // k of n; `all` = n and those that are too young to be judged.
    Metric share(std::string_view id, std::string_view title, Window, std::int64_t k,
                 std::int64_t n, std::int64_t all) const;

    // Any other number, of n things that `of_people` people made.
    Metric number(std::string_view id, std::string_view title, std::string_view unit, Window,
                  std::optional<double> value, std::int64_t n, std::int64_t of_people) const;

private:
    Metric begin(std::string_view id, std::string_view title, std::string_view unit, Window) const;
    Metric suppress_unless(bool may_show, Metric) const;

    const Snapshot& snapshot_;
    View view_;
};

}  // namespace kith::insight
