#include "node/insight/statistics.hpp"

#include <algorithm>
#include <cmath>

namespace kith::insight {

std::optional<Interval> wilson95(std::int64_t k, std::int64_t n) {
    if (n <= 0) return std::nullopt;
    constexpr double z = 1.959963984540054;
    const double count = double(n);
    const double p = double(k) / count;
    const double scale = 1 + z * z / count;
    const double centre = (p + z * z / (2 * count)) / scale;
    const double half = z / scale * std::sqrt(p * (1 - p) / count + z * z / (4 * count * count));
    // At the ends the bound is exact; rounding must not leave it a hair outside or inside.
    return Interval{k == 0 ? 0 : centre - half, k == n ? 1 : centre + half};
}

std::vector<SurvivalStep> kaplan_meier(std::vector<Wait> waits) {
    std::sort(waits.begin(), waits.end(),
              [](const Wait& a, const Wait& b) { return a.time_ms < b.time_ms; });
    std::vector<SurvivalStep> steps;
    double survival = 1;
    for (std::size_t i = 0; i < waits.size();) {
        std::size_t next = i;
        std::int64_t happened = 0;
        for (; next < waits.size() && waits[next].time_ms == waits[i].time_ms; ++next)
            happened += waits[next].happened;
        if (happened > 0) {
            const auto at_risk = std::int64_t(waits.size() - i);
            survival *= double(at_risk - happened) / double(at_risk);
            steps.push_back({waits[i].time_ms, at_risk, happened, survival});
        }
        i = next;
    }
    return steps;
}

double survival_at(const std::vector<SurvivalStep>& steps, TimeMs time_ms) {
    double survival = 1;
    for (const SurvivalStep& step : steps) {
        if (step.time_ms > time_ms) break;
        survival = step.survival;
    }
    return survival;
}

std::optional<TimeMs> median_wait(const std::vector<SurvivalStep>& steps) {
    // The products are of exact fractions: one that is a half may come out a rounding error above
    // it.
    constexpr double half = 0.5 + 1e-12;
    for (const SurvivalStep& step : steps)
        if (step.survival <= half) return step.time_ms;
    return std::nullopt;
}

std::optional<double> median(std::vector<double> values) {
    if (values.empty()) return std::nullopt;
    std::sort(values.begin(), values.end());
    const std::size_t middle = values.size() / 2;
    if (values.size() % 2 == 1) return values[middle];
    return (values[middle - 1] + values[middle]) / 2;
}

}  // namespace kith::insight
