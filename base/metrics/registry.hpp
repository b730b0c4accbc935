#pragma once
#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <vector>

// Measurements of the running node in Prometheus' text exposition format 0.0.4.
// Counting is lock-free; finding a labelled series takes a lock, so callers keep the reference,
// which stays valid as long as the registry.
namespace kith::metrics {

// Only grows.
class Counter {
public:
    void add(std::uint64_t by = 1) { value_.fetch_add(by, std::memory_order_relaxed); }
    std::uint64_t value() const { return value_.load(std::memory_order_relaxed); }

private:
    std::atomic<std::uint64_t> value_{0};
};

// Goes up and down.
class Gauge {
public:
    void set(double to) { value_.store(to, std::memory_order_relaxed); }
    void add(double by) { value_.fetch_add(by, std::memory_order_relaxed); }
    double value() const { return value_.load(std::memory_order_relaxed); }

private:
    std::atomic<double> value_{0};
};

// Counts observations in buckets. A reading taken while others observe may miss the newest ones,
// but its buckets always add up.
class Histogram {
public:
    explicit Histogram(std::span<const double> upper_bounds);
    void observe(double value);

    struct Reading {
        std::vector<std::uint64_t> cumulative;  // one for each bound, then +Inf
        double sum = 0;
    };
    Reading read() const;
    const std::vector<double>& bounds() const { return bounds_; }

private:
    const std::vector<double> bounds_;  // ascending
    std::vector<std::atomic<std::uint64_t>> counts_;
    std::atomic<double> sum_{0};
};

// Seconds, for requests and deliveries.
inline constexpr std::array<double, 11> duration_bounds_s = {0.001, 0.005, 0.01, 0.025, 0.05, 0.1,
                                                             0.25,  0.5,   1,    5,     10};

// All series of one metric, apart by the values of its labels. Values come from outside (hosts,
// routes), so there are at most limits::metric_series_max series: later ones share a series in
// which every label is "other".
template <class Metric>
class Family {
public:
    Family(std::vector<std::string> label_names, std::function<std::unique_ptr<Metric>()> make)
        : label_names_(std::move(label_names)), make_(std::move(make)) {}

    // As many values as the family has names; missing ones are empty, further ones ignored.
    Metric& with(std::vector<std::string> label_values);

    // Calls visit(label values, metric) for each series, sorted by its values.
    template <class Visit>
    void each(Visit visit) const {
        std::lock_guard lock(mutex_);
        for (const auto& [values, metric] : series_) visit(values, *metric);
    }

    const std::vector<std::string>& label_names() const { return label_names_; }

private:
    const std::vector<std::string> label_names_;
    const std::function<std::unique_ptr<Metric>()> make_;
    mutable std::mutex mutex_;
    std::map<std::vector<std::string>, std::unique_ptr<Metric>> series_;
};

// The metrics of a process. Thread-safe. A name asked for again gives the same metric; one that is
// no metric name, or that another kind of metric has, gives a metric that is not shown.
class Registry {
public:
    Counter& counter(std::string_view name, std::string_view help);
    Gauge& gauge(std::string_view name, std::string_view help);
    Histogram& histogram(std::string_view name, std::string_view help,
                         std::span<const double> upper_bounds = duration_bounds_s);

    Family<Counter>& counters(std::string_view name, std::string_view help,
                              std::vector<std::string> label_names);
    Family<Gauge>& gauges(std::string_view name, std::string_view help,
                          std::vector<std::string> label_names);
    Family<Histogram>& histograms(std::string_view name, std::string_view help,
                                  std::vector<std::string> label_names,
                                  std::span<const double> upper_bounds = duration_bounds_s);

    // The exposition, metrics sorted by name. Content type: exposition_type.
    std::string expose() const;

private:
    struct Entry {
        std::string help;
        std::unique_ptr<Family<Counter>> counters;
        std::unique_ptr<Family<Gauge>> gauges;
        std::unique_ptr<Family<Histogram>> histograms;
    };

    template <class Metric>
    Family<Metric>& family(std::unique_ptr<Family<Metric>> Entry::*kind, std::string_view name,
                           std::string_view help, std::vector<std::string> label_names,
                           std::function<std::unique_ptr<Metric>()> make);

    mutable std::mutex mutex_;
    std::map<std::string, Entry, std::less<>> entries_;
    Entry hidden_;  // for all callers who got a name wrong
};

inline constexpr std::string_view exposition_type = "text/plain; version=0.0.4; charset=utf-8";

}  // namespace kith::metrics
