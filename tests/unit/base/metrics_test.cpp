#include "base/metrics/registry.hpp"

#include <boost/test/unit_test.hpp>

#include <array>
#include <string>
#include <vector>

#include "base/core/thread.hpp"
#include "config/limits/base.hpp"

using namespace kith;
using namespace kith::metrics;

BOOST_AUTO_TEST_SUITE(metrics_registry)

BOOST_AUTO_TEST_CASE(every_kind_of_metric_is_exposed_in_the_text_format) {
    Registry registry;
    registry.counter("kith_posts_total", "Posts \"made\" here\\there").add(3);
    registry.gauge("kith_queue_depth", "Rows\nwaiting").set(-1.5);
    registry.counters("kith_http_total", "Requests", {"route", "status"})
        .with({"/a\"b\\c\nd", "200"})
        .add();
    constexpr std::array<double, 2> bounds = {0.1, 1};
    auto& histogram = registry.histogram("kith_wait_seconds", "Waits", bounds);
    for (double value : {0.05, 0.1, 0.5, 7.0}) histogram.observe(value);

    BOOST_TEST(registry.expose() ==
               "# HELP kith_http_total Requests\n"
               "# TYPE kith_http_total counter\n"
               "kith_http_total{route=\"/a\\\"b\\\\c\\nd\",status=\"200\"} 1\n"
               "# HELP kith_posts_total Posts \"made\" here\\\\there\n"
               "# TYPE kith_posts_total counter\n"
               "kith_posts_total 3\n"
               "# HELP kith_queue_depth Rows\\nwaiting\n"
               "# TYPE kith_queue_depth gauge\n"
               "kith_queue_depth -1.5\n"
               "# HELP kith_wait_seconds Waits\n"
               "# TYPE kith_wait_seconds histogram\n"
               "kith_wait_seconds_bucket{le=\"0.1\"} 2\n"
               "kith_wait_seconds_bucket{le=\"1\"} 3\n"
               "kith_wait_seconds_bucket{le=\"+Inf\"} 4\n"
               "kith_wait_seconds_sum 7.65\n"
               "kith_wait_seconds_count 4\n");
}

BOOST_AUTO_TEST_CASE(a_labelled_histogram_keeps_its_labels_before_the_bound) {
    Registry registry;
    constexpr std::array<double, 1> bounds = {1};
    registry.histograms("h", "", {"host"}, bounds).with({"a"}).observe(2);
    const auto text = registry.expose();
    BOOST_TEST(text.find("h_bucket{host=\"a\",le=\"1\"} 0\n") != text.npos);
    BOOST_TEST(text.find("h_sum{host=\"a\"} 2\n") != text.npos);
}

BOOST_AUTO_TEST_CASE(the_same_name_is_the_same_metric) {
    Registry registry;
    auto& first = registry.counter("c", "");
    BOOST_TEST(&first == &registry.counter("c", "again"));
    auto& hosts = registry.counters("d", "", {"host"});
    BOOST_TEST(&hosts.with({"a"}) == &hosts.with({"a"}));
    BOOST_TEST(&hosts.with({"a"}) != &hosts.with({"b"}));
}

BOOST_AUTO_TEST_CASE(a_wrong_name_is_not_shown_and_harms_nothing) {
    Registry registry;
    registry.counter("right", "").add();
    registry.gauge("right", "").set(5);
    registry.counter("wrong name", "").add();
    registry.counter("", "").add();
    registry.counter("1st", "").add();
    BOOST_TEST(registry.expose() == "# HELP right \n# TYPE right counter\nright 1\n");
}

BOOST_AUTO_TEST_CASE(more_label_values_than_allowed_are_counted_together) {
    Registry registry;
    auto& hosts = registry.counters("requests", "", {"host"});
    constexpr auto hosts_seen = limits::metric_series_max * 3;
    for (std::size_t i = 0; i < hosts_seen; ++i) hosts.with({"host" + std::to_string(i)}).add();
    std::size_t series = 0, sum = 0, other = 0;
    hosts.each([&](const std::vector<std::string>& values, const Counter& counter) {
        ++series;
        sum += counter.value();
        if (values[0] == "other") other = counter.value();
    });
    BOOST_TEST(series == limits::metric_series_max);
    BOOST_TEST(sum == hosts_seen);
    BOOST_TEST(other == hosts_seen - limits::metric_series_max + 1);
    hosts.with({"host0"}).add();
    BOOST_TEST(hosts.with({"host0"}).value() == 2u);
}

BOOST_AUTO_TEST_CASE(missing_and_surplus_label_values_are_no_danger) {
    Registry registry;
    auto& family = registry.counters("c", "", {"a", "b"});
    family.with({"x"}).add();
    family.with({"x", "", "z"}).add();
    BOOST_TEST(registry.expose().find("c{a=\"x\",b=\"\"} 2\n") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(counting_from_many_threads_loses_nothing) {
    Registry registry;
    auto& counter = registry.counter("c", "");
    auto& gauge = registry.gauge("g", "");
    auto& histogram = registry.histogram("h", "");
    {
        std::vector<Thread> threads;
        for (int i = 0; i < 4; ++i)
            threads.emplace_back("counter", [&] {
                for (int n = 0; n < 10'000; ++n) {
                    counter.add();
                    gauge.add(1);
                    histogram.observe(0.5);
                    if (n % 1'000 == 0) registry.expose();
                }
            });
    }
    BOOST_TEST(counter.value() == 40'000u);
    BOOST_TEST(gauge.value() == 40'000);
    BOOST_TEST(histogram.read().cumulative.back() == 40'000u);
    BOOST_TEST(histogram.read().sum == 20'000);
}

BOOST_AUTO_TEST_SUITE_END()
