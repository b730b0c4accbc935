#pragma once
#include "base/core/clock.hpp"

#include <cstdint>
#include <optional>
#include <vector>

// The few pieces of statistics that the metrics need, exact and without state.
namespace kith::insight {

struct Interval {
    double low = 0;
    double high = 0;
};

// Wilson's score interval at 95 % for k of n. Nothing when n is 0.
std::optional<Interval> wilson95(std::int64_t k, std::int64_t n);

// A time until something happened, or, where it has not happened, for how long it was looked for.
struct Wait {
    TimeMs time_ms = 0;
    bool happened = false;
};

// After time_ms the share `survival` is still waiting. `at_risk`: those who had waited that long.
struct SurvivalStep {
    TimeMs time_ms = 0;
    std::int64_t at_risk = 0;
    std::int64_t happened = 0;
    double survival = 1;
};

// The Kaplan-Meier estimate: one step for each time at which something happened, in order. What is
// censored at such a time was still at risk then (event before censoring).
std::vector<SurvivalStep> kaplan_meier(std::vector<Wait>);

// The share still waiting after `time_ms`.
double survival_at(const std::vector<SurvivalStep>&, TimeMs time_ms);

// The first time after which at most half still wait; nothing while more than half do.
std::optional<TimeMs> median_wait(const std::vector<SurvivalStep>&);

// The middle value, of an even number the mean of the two; nothing of nothing.
std::optional<double> median(std::vector<double>);

}  // namespace kith::insight
