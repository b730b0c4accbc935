#include "base/metrics/registry.hpp"

#include <algorithm>

#include "base/metrics/exposition.hpp"
#include "config/limits/base.hpp"

namespace kith::metrics {
namespace {

bool is_metric_name(std::string_view name) {
    const auto is_start = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == ':';
    };
    return !name.empty() && is_start(name.front()) &&
           std::all_of(name.begin(), name.end(),
                       [&](char c) { return is_start(c) || (c >= '0' && c <= '9'); });
}

}  // namespace

Histogram::Histogram(std::span<const double> upper_bounds)
    : bounds_(upper_bounds.begin(), upper_bounds.end()), counts_(bounds_.size() + 1) {}

void Histogram::observe(double value) {
    const auto bucket = std::lower_bound(bounds_.begin(), bounds_.end(), value) - bounds_.begin();
    counts_[static_cast<std::size_t>(bucket)].fetch_add(1, std::memory_order_relaxed);
    sum_.fetch_add(value, std::memory_order_relaxed);
}

Histogram::Reading Histogram::read() const {
    Reading reading;
    std::uint64_t total = 0;
    for (const auto& count : counts_)
        reading.cumulative.push_back(total += count.load(std::memory_order_relaxed));
    reading.sum = sum_.load(std::memory_order_relaxed);
    return reading;
}

template <class Metric>
Metric& Family<Metric>::with(std::vector<std::string> values) {
    values.resize(label_names_.size());
    std::lock_guard lock(mutex_);
    auto found = series_.find(values);
    if (found != series_.end()) return *found->second;
    if (series_.size() + 1 >= limits::metric_series_max)
        values.assign(label_names_.size(), "other");
    auto& metric = series_[std::move(values)];
    if (!metric) metric = make_();
    return *metric;
}

template class Family<Counter>;
template class Family<Gauge>;
template class Family<Histogram>;

template <class Metric>
Family<Metric>& Registry::family(std::unique_ptr<Family<Metric>> Entry::*kind,
                                 std::string_view name, std::string_view help,
                                 std::vector<std::string> label_names,
                                 std::function<std::unique_ptr<Metric>()> make) {
    std::lock_guard lock(mutex_);
    const auto usable = [&](const Entry& known) {
        return known.*kind || !(known.counters || known.gauges || known.histograms);
    };
    auto* entry = &hidden_;
    if (is_metric_name(name)) {
        auto& named = entries_[std::string(name)];
        if (usable(named)) entry = &named;
    }
    if (!(entry->*kind)) {
        entry->help = help;
        entry->*kind = std::make_unique<Family<Metric>>(std::move(label_names), std::move(make));
    }
    return *(entry->*kind);
}

Family<Counter>& Registry::counters(std::string_view name, std::string_view help,
                                    std::vector<std::string> label_names) {
    return family<Counter>(&Entry::counters, name, help, std::move(label_names),
                           std::make_unique<Counter>);
}

Family<Gauge>& Registry::gauges(std::string_view name, std::string_view help,
                                std::vector<std::string> label_names) {
    return family<Gauge>(&Entry::gauges, name, help, std::move(label_names),
                         std::make_unique<Gauge>);
}

Family<Histogram>& Registry::histograms(std::string_view name, std::string_view help,
                                        std::vector<std::string> label_names,
                                        std::span<const double> upper_bounds) {
    std::vector<double> bounds(upper_bounds.begin(), upper_bounds.end());
    return family<Histogram>(
        &Entry::histograms, name, help, std::move(label_names),
        [bounds = std::move(bounds)] { return std::make_unique<Histogram>(bounds); });
}

Counter& Registry::counter(std::string_view name, std::string_view help) {
    return counters(name, help, {}).with({});
}

Gauge& Registry::gauge(std::string_view name, std::string_view help) {
    return gauges(name, help, {}).with({});
}

Histogram& Registry::histogram(std::string_view name, std::string_view help,
                               std::span<const double> upper_bounds) {
    return histograms(name, help, {}, upper_bounds).with({});
}

std::string Registry::expose() const {
    std::string out;
    std::lock_guard lock(mutex_);
    for (const auto& [name, entry] : entries_) {
        if (entry.counters) expose_family(out, name, entry.help, *entry.counters);
        if (entry.gauges) expose_family(out, name, entry.help, *entry.gauges);
        if (entry.histograms) expose_family(out, name, entry.help, *entry.histograms);
    }
    return out;
}

}  // namespace kith::metrics
