#include "node/insight/envelope.hpp"

#include <utility>

namespace kith::insight {

Metric Envelopes::begin(std::string_view id, std::string_view title, std::string_view unit,
                        Window window) const {
    Metric metric;
    metric.id = id;
    metric.title = title;
    metric.unit = unit;
    metric.window = window;
    metric.as_of = snapshot_.as_of();
    metric.coverage = snapshot_.coverage(window);
    metric.visibility = metric.coverage.remote > 0 ? Visibility::mixed : Visibility::local;
    return metric;
}

Metric Envelopes::suppress_unless(bool may_show, Metric metric) const {
    if (view_ == View::operators || may_show) return metric;
    metric.suppressed = true;
    metric.value.reset();
    metric.n = 0;
    metric.k.reset();
    metric.ci95.reset();
    metric.matured_share.reset();
    return metric;
}

Metric Envelopes::people(std::string_view id, std::string_view title, Window window,
                         std::int64_t count) const {
    Metric metric = begin(id, title, "people", window);
    metric.value = double(count);
    metric.n = metric.coverage.included;
    return suppress_unless(may_show_count(count), std::move(metric));
}

Metric Envelopes::share(std::string_view id, std::string_view title, Window window, std::int64_t k,
                        std::int64_t n, std::int64_t all) const {
    Metric metric = begin(id, title, "share", window);
    if (n > 0) metric.value = double(k) / double(n);
    metric.n = n;
    metric.k = k;
    metric.ci95 = wilson95(k, n);
    if (all > 0) metric.matured_share = double(n) / double(all);
    return suppress_unless(may_show_share(k, n), std::move(metric));
}

Metric Envelopes::number(std::string_view id, std::string_view title, std::string_view unit,
                         Window window, std::optional<double> value, std::int64_t n,
                         std::int64_t of_people) const {
    Metric metric = begin(id, title, unit, window);
    metric.value = value;
    metric.n = n;
    return suppress_unless(may_show_count(of_people), std::move(metric));
}

}  // namespace kith::insight
